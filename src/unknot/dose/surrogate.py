"""What a rigid ball or dome does to layered tissue, in microseconds: a fit to runs of the reference solver.

Dimensionless logarithms of the inputs go through a few small smooth networks whose mean is the answer. They were fitted
under the laws of physics (a heavier load never lowers a pressure, thicker fat never raises the stress in the muscle).
Coefficients, domain, errors and the hash of the training table lie in ``data/surrogate.json``, which
``tools/dose/fit.py`` writes. Nothing is clamped: outside its domain the answer extrapolates, and ``inside`` says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SKIN_MM = 2.0
INPUTS = ("radius_mm", "muscle_mm", "fat_mm", "muscle_kpa", "fat_kpa", "skin_kpa", "hardening", "force_n")
FITTED = (
    "depth_mm",
    "contact_radius_mm",
    "peak_pressure_kpa",
    "muscle_surface_kpa",
    "mid_muscle_kpa",
    "muscle_strain",
    "fat_strain",
)
"""What the networks answer; the mean pressure follows from force and contact radius."""

_KPA_MM2_PER_N = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One fit: two layers of tanh and a straight part, from scaled features to scaled logarithms of the outputs."""

    inner: Array
    inner_bias: Array
    outer: Array
    outer_bias: Array
    last: Array
    straight: Array
    bias: Array

    def __call__(self, features: Array) -> Array:
        """Shape (n, features) to (n, outputs)."""
        first = np.tanh(features @ self.inner + self.inner_bias)
        second = np.tanh(first @ self.outer + self.outer_bias)
        return np.asarray(second @ self.last + features @ self.straight + self.bias)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surrogate:
    """The fit and what it may be used for. ``domain``: lowest and highest of each input, as the runs were drawn.

    ``crushed`` is the share of the tissue's height beyond which, ``engulfed`` the share of the tool's radius beyond
    which no run was made. ``errors``: per output, percent, of runs that the fit had not seen (median, p95). ``about``:
    generator, seed, number of runs, hash of the training table.
    """

    networks: tuple[Network, ...]
    centre: Array
    scale: Array
    out_centre: Array
    out_scale: Array
    domain: Mapping[str, tuple[float, float]]
    crushed: float
    engulfed: float
    errors: Mapping[str, Mapping[str, float]]
    about: Mapping[str, Any]

    def evaluate(
        self,
        *,
        radius_mm: Any,
        muscle_mm: Any,
        fat_mm: Any,
        muscle_kpa: Any,
        fat_kpa: Any,
        skin_kpa: Any,
        hardening: Any,
        force_n: Any,
    ) -> Mapping[str, Array]:
        """Depth, contact, pressures, stresses and strains; inputs are numbers or arrays that broadcast.

        Moduli are small-strain shear moduli in kPa, ``hardening`` is the muscle's exponent b (fat has twice it). Keys
        of the answer: FITTED and ``mean_pressure_kpa``; strains are shares of 1. Raises ValueError naming an input that
        is not a finite number above 0.
        """
        given = _read(
            radius_mm=radius_mm,
            muscle_mm=muscle_mm,
            fat_mm=fat_mm,
            muscle_kpa=muscle_kpa,
            fat_kpa=fat_kpa,
            skin_kpa=skin_kpa,
            hardening=hardening,
            force_n=force_n,
        )
        shape = given["force_n"].shape
        told = features({name: value.ravel() for name, value in given.items()})
        scaled = (told - self.centre) / self.scale
        logs = sum(network(scaled) for network in self.networks) / len(self.networks)
        natural = np.exp(logs * self.out_scale + self.out_centre).T.reshape(len(FITTED), *shape)
        answer = dict(zip(FITTED, natural * np.stack(units(given)), strict=True))
        area = np.pi * answer["contact_radius_mm"] ** 2
        return answer | {"mean_pressure_kpa": _KPA_MM2_PER_N * given["force_n"] / area}

    def inside(self, **given: Any) -> NDArray[np.bool_]:
        """Whether runs stand behind an answer: every input within its range, and not pressed in too deep.

        Arguments and errors as for ``evaluate``.
        """
        read = _read(**given)
        within = np.logical_and.reduce(
            [(lo <= read[name]) & (read[name] <= hi) for name, (lo, hi) in self.domain.items()]
        )
        return np.asarray(within & ~self._too_deep(read, self.engulfed))

    def bottoming(self, **given: Any) -> NDArray[np.bool_]:
        """Whether the tool has sunk in by its whole radius, or the tissue is crushed: more force goes elsewhere."""
        return self._too_deep(_read(**given), 1.0)

    def _too_deep(self, read: Mapping[str, Array], engulfed: float) -> NDArray[np.bool_]:
        depth = self.evaluate(**read)["depth_mm"]
        height = read["muscle_mm"] + read["fat_mm"] + SKIN_MM
        return np.asarray((depth > engulfed * read["radius_mm"]) | (depth > self.crushed * height))


def features(given: Mapping[str, Array]) -> Array:
    """The dimensionless logarithms that the networks see, shape (n, 7)."""
    radius, muscle = given["radius_mm"], given["muscle_kpa"]
    return np.log(
        np.stack(
            [
                given["muscle_mm"] / radius,
                given["fat_mm"] / radius,
                given["fat_kpa"] / muscle,
                given["skin_kpa"] * SKIN_MM / (muscle * radius),
                radius / SKIN_MM,
                given["hardening"],
                _KPA_MM2_PER_N * given["force_n"] / (muscle * radius**2),
            ],
            axis=-1,
        )
    )


def units(given: Mapping[str, Array]) -> list[Array]:
    """What each output of FITTED is measured in before its logarithm is taken.

    Stress in the muscle spreads with depth about as below a load on a half-space, force over distance squared.
    """
    radius, fat, muscle = given["radius_mm"], given["fat_mm"] + SKIN_MM, given["muscle_mm"]
    one = np.ones_like(radius * given["force_n"])
    load = _KPA_MM2_PER_N * given["force_n"] / np.pi
    surface, middle = (load / (radius**2 + below**2) for below in (fat, fat + muscle / 2))
    return [(muscle + fat) * one, radius * one, given["muscle_kpa"] * one, surface * one, middle * one, one, one]


def _read(**given: Any) -> dict[str, Array]:
    """All inputs as arrays of one shape. Raises ValueError naming the first that is no finite number above 0."""
    if set(given) != set(INPUTS):
        raise ValueError(f"{', '.join(sorted(set(given) ^ set(INPUTS)))}: the inputs are {', '.join(INPUTS)}")
    arrays = [np.asarray(given[name], dtype=float) for name in INPUTS]
    for name, array in zip(INPUTS, arrays, strict=True):
        if not (np.isfinite(array) & (array > 0)).all():
            raise ValueError(f"{name}: must be a finite number above 0")
    return dict(zip(INPUTS, np.broadcast_arrays(*arrays), strict=True))


@cache
def load_surrogate() -> Surrogate:
    """The fit that ships with the package."""
    text = files("unknot.dose").joinpath("data", "surrogate.json").read_text(encoding="utf-8")
    return read_surrogate(json.loads(text))


def read_surrogate(document: Mapping[str, Any]) -> Surrogate:
    """A fit from its document, as tools/dose/fit.py writes it."""
    names = list(Network.__dataclass_fields__)
    return Surrogate(
        networks=tuple(Network(**{name: np.array(one[name]) for name in names}) for one in document["networks"]),
        **{name: np.array(document[name]) for name in ("centre", "scale", "out_centre", "out_scale")},
        domain=MappingProxyType({name: (float(lo), float(hi)) for name, (lo, hi) in document["domain"].items()}),
        crushed=float(document["crushed"]),
        engulfed=float(document["engulfed"]),
        errors=MappingProxyType(document["errors"]),
        about=MappingProxyType(document["about"]),
    )
