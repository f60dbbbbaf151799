"""Random numbers that belong to a person and a purpose, so that the order of questions changes nothing."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, person: int, *purpose: str) -> np.random.Generator:
    """The random numbers of one person for one purpose."""
    return np.random.default_rng([seed, person, crc32("/".join(purpose).encode())])


def around(rng: np.random.Generator, middle: float, jitter: float) -> float:
    """A probability drawn around ``middle`` on the logit scale."""
    logit = np.log(middle / (1.0 - middle)) + rng.normal(0.0, jitter)
    return float(1.0 / (1.0 + np.exp(-logit)))
