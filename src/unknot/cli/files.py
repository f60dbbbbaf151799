"""Reading what a person hands to a command, with one clear sentence when it cannot be read."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from unknot.case import Case, CaseError, read_case


class InputError(Exception):
    """The input is wrong: one sentence per fault, each with the path of the field."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def case_from(name: str) -> Case:
    """Read a case file (``-`` = standard input). Raises InputError."""
    try:
        return read_case(read_json(name))
    except CaseError as error:
        raise InputError(*(f"{name}: {fault.path}: {fault.message}" for fault in error.faults)) from error


def read_json(name: str) -> Any:
    """Read a JSON file (``-`` = standard input). Raises InputError."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not UTF-8 text (byte {error.start})") from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise InputError(f"{name}: is nested too deeply") from error


def write_json(name: str, document: Any) -> None:
    """One JSON document in a file that only its owner can read. Raises InputError."""
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    except OSError as error:
        raise InputError(f"{name}: cannot be written ({error.strerror})") from error


def print_json(document: Any) -> None:
    """One JSON document on standard output, UTF-8, nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
