"""A private PostgreSQL server for tests: a cluster in a temporary folder that listens on a Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "unknot"


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl: as named by the environment, on the path, or where Debian puts it."""
    named = os.environ.get("UNKNOT_POSTGRES_BIN")
    if named:
        return Path(named)
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return debian[-1] if debian else None


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give the URL of its database; stop it and remove its folder at the end."""
    tools = binaries()
    if tools is None:
        raise RuntimeError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="unknot-pg-"))
    data, log = folder / "data", folder / "log"
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=on"
    try:
        if os.getuid() == 0:
            owner = _ordinary_user()
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _run(tools / "initdb", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--no-sync", f"--pgdata={data}")
        _run(tools / "pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={log}", "-o", options)
        try:
            yield f"postgresql://{USER}@/postgres?host={quote(str(folder), safe='')}"
        finally:
            _run(tools / "pg_ctl", "stop", "--wait", "--mode=immediate", f"--pgdata={data}")
    finally:
        shutil.rmtree(folder)


def _run(*words: object) -> None:
    """Run a tool as an ordinary user: the server refuses to run as root."""
    user = _ordinary_user().pw_name if os.getuid() == 0 else None
    done = subprocess.run(
        [str(word) for word in words],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stderr.strip()}")


def _ordinary_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("there is no ordinary user to run PostgreSQL as")
