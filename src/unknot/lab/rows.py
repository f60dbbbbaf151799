"""One line of the table of checks, and the intervals that stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Unit = Literal["share", "points", "count", "error", "ms", "s", "ratio", "number"]
"""How a value is written: a share of 1, percentage points, a count, an error, a time, a ratio, a plain number."""

_RESAMPLES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured figure. Its words are the message ``lab.row.<section>.<id>``.

    ``at_least`` / ``at_most`` is the bar that it must reach (none = reported only); a bar speaks of the value, the 95 %
    ``interval`` beside it says how sure that is. ``of`` = how many people, networks or runs stand behind it.
    ``compared`` = what others reach on the same input (message ``lab.compared.<key>``). ``value`` None = not measured
    here, because of what the message ``lab.missing.<missing>`` says.
    """

    id: str
    value: float | None
    unit: Unit
    interval: tuple[float, float] | None = None
    at_least: float | None = None
    at_most: float | None = None
    of: int | None = None
    compared: Mapping[str, float] = field(default_factory=dict)
    missing: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether the bar is reached; None without a bar or without a value."""
        if self.value is None or (self.at_least is None and self.at_most is None):
            return None
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    def to_json(self) -> dict[str, Any]:
        """A plain document; keys that do not apply are left out."""
        bar = {key: at for key, at in (("at_least", self.at_least), ("at_most", self.at_most)) if at is not None}
        document: dict[str, Any] = {"id": self.id, "value": self.value, "unit": self.unit}
        if self.interval is not None:
            document["interval"] = list(self.interval)
        if bar:
            document |= {"bar": bar, "passed": self.passed}
        if self.of is not None:
            document["of"] = self.of
        if self.compared:
            document["compared"] = dict(self.compared)
        if self.missing:
            document["missing"] = self.missing
        return document


def share(id: str, hits: Sequence[bool] | npt.NDArray[np.bool_], **more: Any) -> Row:
    """A row for the share of hits with its Wilson interval; value None when there was nobody to count."""
    count, total = int(np.sum(hits)), len(hits)
    if total == 0:
        return Row(id=id, value=None, unit="share", of=0, missing="nobody", **more)
    return Row(id=id, value=count / total, unit="share", interval=wilson(count, total), of=total, **more)


def wilson(hits: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927, J Am Stat Assoc 22:209)."""
    middle = (hits + z * z / 2.0) / (total + z * z)
    half = z / (total + z * z) * sqrt(hits * (total - hits) / total + z * z / 4.0)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def bootstrap(statistic: Any, people: int, seed: int) -> tuple[float, float]:
    """The 95 % percentile interval of ``statistic(indices)`` over people drawn again with replacement."""
    rng = np.random.default_rng(seed)
    drawn = [float(statistic(rng.integers(0, people, size=people))) for _ in range(_RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
