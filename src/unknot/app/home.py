"""The folder where a person's data lies: database, secret key, copies."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def data_home() -> Path:
    """``UNKNOT_HOME``, or the platform's place for a program's data. Made if missing, readable by its owner only."""
    chosen = os.environ.get("UNKNOT_HOME")
    home = Path(chosen).expanduser() if chosen else _platform_home()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home


def _platform_home() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Unknot"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Unknot"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "unknot"


def secret_key(home: Path) -> str:
    """The key that signs cookies: made once, kept in the data folder, readable by its owner only."""
    path = home / "secret_key"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    fresh = home / f"secret_key.{secrets.token_hex(8)}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # two starting programs: the first one's key wins, whole or not at all
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii")
