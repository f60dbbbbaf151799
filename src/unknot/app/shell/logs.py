"""Logs without health values: where something failed and with which kind of error, never what the error said."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class Quiet(logging.Formatter):
    """Formats an exception as its type and the places in the code; its message may quote what a person wrote."""

    def formatException(  # noqa: N802 (the name is logging's)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _, trace = ei
        lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*lines, kind.__name__ if kind else ""])
