"""Drawn people and drawn circumstances: everything about a run that nobody at home knows.

Segment masses are de Leva's (1996); lengths are shares of body height (Winter's textbook values, recalled). Stiffness,
flesh and mattress are wide assumed ranges: the spread of the table is meant to hold what they could be.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

Z95 = 1.6448536269514722

# Shares of body mass, men and women (de Leva 1996). Trunk: lower = pelvis, middle = lumbar, upper = chest.
SEGMENTS = {
    "head": (0.0694, 0.0668),
    "upper_trunk": (0.1596, 0.1545),
    "mid_trunk": (0.1633, 0.1465),
    "lower_trunk": (0.1117, 0.1247),
    "upper_arm": (0.0271, 0.0255),
    "forearm_hand": (0.0223, 0.0194),
    "thigh": (0.1416, 0.1478),
    "shank": (0.0433, 0.0481),
    "foot": (0.0137, 0.0129),
}


@dataclass(frozen=True)
class Draw:
    """One person in one set of circumstances. Lengths m, masses kg, stiffness N m/rad or N/m3 (pressure per depth)."""

    female: float
    height: float
    bmi: float
    spine: float  # bending stiffness of each of the two spine hinges
    neck: float
    lordosis: float  # gap under the small of the back when lying
    flesh: float  # pressure per depth of the body's own flesh on the ground
    tissue: float  # factor on the force-depth law of the tissue over the tool
    along: float  # where the tool lies, along the body, off the middle of the part
    across: float  # off the midline, between 0 and 1 of the range of the part
    mat: float  # Young's modulus of a mat, Pa
    mat_thickness: float
    bed: float  # pressure per depth of a mattress
    tool: float  # 0..1: place within the range of a tool's unknown sizes
    support: float  # -1..1: how well feet and hands hit the share that they are asked to carry
    tilt: float  # 0..1: angle of a chair's back, feet, hips
    friction: float
    feet: float  # where under the foot the weight rests, m behind (-) or ahead (+) of the ankle

    @property
    def mass(self) -> float:
        """Body mass, kg."""
        return self.bmi * self.height**2

    @property
    def scale(self) -> float:
        """Length of the trunk relative to a body of 1.75 m."""
        return self.height / 1.75

    @property
    def depth(self) -> float:
        """Half the depth of the trunk, m: grows with the square root of BMI."""
        return 0.105 * self.scale * float(np.sqrt(self.bmi / 23.0))

    def part(self, name: str) -> float:
        """Mass of a segment, kg."""
        return self.mass * SEGMENTS[name][1 if self.female else 0]


def draws(count: int, seed: int) -> list[Draw]:
    """``count`` draws by a Latin hypercube: every input is spread evenly over its own distribution."""
    random = np.random.default_rng(seed)
    names = [field.name for field in fields(Draw)]
    strata = np.array([random.permutation(count) for _ in names]).T
    u = (strata + random.random(strata.shape)) / count
    return [_draw(dict(zip(names, row, strict=True))) for row in u]


def _draw(u: dict[str, float]) -> Draw:
    female = float(u["female"] < 0.5)
    return Draw(
        female=female,
        height=(1.64 if female else 1.77) + 0.065 * _normal(u["height"]),
        bmi=_log(u["bmi"], 20, 34),
        spine=_log(u["spine"], 30, 500),
        neck=_log(u["neck"], 4, 30),
        lordosis=0.005 + 0.030 * u["lordosis"],
        flesh=_log(u["flesh"], 1.5e5, 6e5),
        tissue=_log(u["tissue"], 0.5, 2.0),
        along=0.03 * (2 * u["along"] - 1),
        across=u["across"],
        mat=_log(u["mat"], 8e4, 4e5),
        mat_thickness=0.006 + 0.009 * u["mat_thickness"],
        bed=_log(u["bed"], 1.5e4, 8e4),
        tool=u["tool"],
        support=2 * u["support"] - 1,
        tilt=u["tilt"],
        friction=0.2 + 0.6 * u["friction"],
        feet=-0.04 + 0.06 * u["feet"],
    )


def _log(u: float, p05: float, p95: float) -> float:
    """A log-normal by its P5 and P95, cut at two and a half standard deviations."""
    middle, sd = np.log(p05 * p95) / 2, np.log(p95 / p05) / (2 * Z95)
    return float(np.exp(middle + sd * _normal(u)))


def _normal(u: float) -> float:
    """Quantile of the standard normal, by bisection on erf (numpy has none), cut at +-2.5."""
    from math import erf, sqrt

    low, high = -2.5, 2.5
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 + erf(middle / sqrt(2))) / 2 < u else (low, middle)
    return low
