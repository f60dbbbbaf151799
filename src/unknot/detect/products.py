"""Matrix products in pieces that stay on one thread.

Above a certain size the linear algebra library under numpy starts threads for a product of a few microseconds. On a
machine that has other work these wait for one another: a posterior took thirty times as long. Smaller pieces never do.
"""

from __future__ import annotations

from math import gcd

import numpy as np

from unknot.detect.problem import Floats

_LARGEST = 1 << 18  # multiplications of one piece
_AT_ONCE = 64  # pieces whose results are held before they are added up


def product(left: Floats, right: Floats) -> Floats:
    """``left`` (n, k) times ``right`` (k, m)."""
    rows = _rows(len(left), right.shape[0] * right.shape[1])
    out: Floats = left.reshape(-1, rows, left.shape[1]) @ right
    return out.reshape(len(left), right.shape[1])


def cross(left: Floats, right: Floats) -> Floats:
    """The transpose of ``left`` (n, k) times ``right`` (n, m)."""
    rows = _rows(len(left), left.shape[1] * right.shape[1])
    one, other = left.reshape(-1, rows, left.shape[1]), right.reshape(-1, rows, right.shape[1])
    out = np.zeros((left.shape[1], right.shape[1]))
    for first in range(0, len(one), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        out += (one[some].transpose(0, 2, 1) @ other[some]).sum(axis=0)
    return out


def _rows(count: int, each: int) -> int:
    """How many rows make a piece: a power of two that divides the number of rows."""
    most = max(_LARGEST // max(each, 1), 1)
    return gcd(count, 1 << (most.bit_length() - 1)) if count else 1
