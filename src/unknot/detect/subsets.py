"""Arithmetic on tables over sets of findings. A set is a number; bit 0 is the rightmost finding of the table.

A vector over sets, h, says with which probability exactly these findings are explained by something. Two independent
somethings together explain the union, so their vectors combine by the union product: out(S) = sum of f(A) h(B) over
A | B = S. Everything here adds and multiplies numbers >= 0; nothing is subtracted.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from unknot.detect.problem import Floats, Integers
from unknot.detect.products import product

_BITS = 4  # of one matrix of ``one_site``


def spread(table: Floats, weights: Floats) -> Floats:
    """The tables (pairs, sets) after something that explains finding b with chance ``weights[:, b]`` (pairs, bits)."""
    out = table.copy()
    for bit in np.flatnonzero(weights.any(axis=0)).tolist():
        halves = out.reshape(len(out), -1, 2, 1 << bit)
        weight = weights[:, bit, None, None]
        halves[:, :, 1] += weight * halves[:, :, 0]
        halves[:, :, 0] *= 1.0 - weight
    return out


def gather(message: Floats, weights: Floats) -> Floats:
    """The transpose of ``spread``, for the way back."""
    out = message.copy()
    for bit in np.flatnonzero(weights.any(axis=0)).tolist():
        halves = out.reshape(len(out), -1, 2, 1 << bit)
        weight = weights[:, bit, None, None]
        halves[:, :, 0] *= 1.0 - weight
        halves[:, :, 0] += weight * halves[:, :, 1]
    return out


def one_site(weights: Floats) -> list[Floats]:
    """``spread`` by one site that reaches all ``weights`` (bits,), as one matrix for each few bits, rightmost first.
    Strided passes over a large table are slower than these matrix products."""
    matrices = []
    for first in range(0, len(weights), _BITS):
        out = np.ones((1, 1))
        for weight in weights[first : first + _BITS].tolist():  # the first weight is of the rightmost bit
            grown = np.zeros((2, len(out), 2, len(out)))
            grown[0, :, 0] = (1.0 - weight) * out
            grown[0, :, 1] = weight * out
            grown[1, :, 1] = out
            out = grown.reshape(2 * len(out), -1)
        matrices.append(out)
    return matrices


def apply(table: Floats, matrices: list[Floats]) -> Floats:
    """The table (rows, sets), whose rightmost bits are the site's, after ``one_site``."""
    out = product(table.reshape(-1, len(matrices[0])), matrices[0])
    below = len(matrices[0])
    for matrix in matrices[1:]:
        out = matrix.T @ out.reshape(-1, len(matrix), below)
        below *= len(matrix)
    return out.reshape(table.shape)


def union_matrix(explained: Floats, before: int) -> Floats:
    """The union product with ``explained`` (rows, sets) as matrices (rows, sets of the ``before`` leftmost findings,
    sets): the other findings were not open before, so nothing explained them yet."""
    rows, size = explained.shape
    out = explained.reshape(rows, 1, 1, size)
    for _ in range(before):
        _, into, onto, left = out.shape
        halves = out.reshape(rows, into, onto, 2, left // 2)
        grown = np.zeros((rows, into, 2, onto, 2, left // 2))
        grown[:, :, 0] = halves
        grown[:, :, 1, :, 1] = halves[:, :, :, 0] + halves[:, :, :, 1]
        out = grown.reshape(rows, 2 * into, 2 * onto, left // 2)
    return out.reshape(rows, 1 << before, size)


@cache
def unions(before: int, bits: int) -> Integers:
    """(sets of the ``before`` leftmost findings, sets of all ``bits``): the number of their union."""
    left = np.arange(1 << before)[:, None] << (bits - before)
    return left | np.arange(1 << bits)[None, :]
