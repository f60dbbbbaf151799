"""What ``python3 dev`` does, one module a verb. Standard library only: it runs before anything is installed."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
STATE = ROOT / ".dev"
PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    """One line for the person at the terminal."""
    print(f"dev: {text}", flush=True)
