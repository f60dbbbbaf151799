"""The figures of ``safety/caps.toml``, and how limits from several sides combine: always to the stricter one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

from unknot.knowledge.model import Knowledge
from unknot.safety.compiled import once
from unknot.script import Text

PressureClass = Literal["low", "medium", "high"]
CLASSES: tuple[PressureClass, ...] = ("low", "medium", "high")  # gentlest first
STEP_BELOW_LOW = 0.5  # one class below "low" is half of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """``safety/caps.toml`` as numbers: ``caps.of("hold", "later")``; units stand in the file."""

    figures: Mapping[str, Mapping[str, Any]]

    def of(self, table: str, name: str) -> float:
        """One figure; of an interval the upper end."""
        quantity = self.figures[table][name]
        return float(quantity.get("value", quantity.get("hi")))

    def class_cap(self, pressure_class: PressureClass) -> float:
        """Highest mean contact pressure of a class, kPa."""
        return float(self.figures["class"][pressure_class]["cap"]["value"])

    def class_comfort(self, pressure_class: PressureClass) -> float:
        """Most that a hold may feel like in a class, 0-10."""
        return float(self.figures["class"][pressure_class]["comfort_max"]["value"])


@once
def caps(knowledge: Knowledge) -> Caps:
    """The figures of this knowledge."""
    return Caps(figures=knowledge.safety["caps"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be done at one spot. The defaults limit nothing. kPa, seconds, comfort 0-10.

    ``closed``: why nobody presses here now. ``because``: "because of ..., we ...", the reasons for the other limits.
    """

    closed: tuple[Text, ...] = ()
    because: tuple[Text, ...] = ()
    needs: tuple[str, ...] = ()
    hands_only: bool = False
    soft_only: bool = False
    no_floor: bool = False
    no_lying: bool = False
    ban_access: frozenset[str] = frozenset()
    postures_only: frozenset[str] | None = None
    cap_kpa: float = float("inf")
    factor: float = 1.0
    class_down: bool = False
    rise_after_quiet: bool = False
    comfort_max: float = 10.0
    hold_max_s: float = float("inf")
    spot_max_s: float = float("inf")
    spots_max: float = float("inf")
    look_again_h: tuple[int, ...] = ()

    def and_(self, other: Limits) -> Limits:
        """Both sets of limits at once."""
        return Limits(
            closed=_joined(self.closed, other.closed),
            because=_joined(self.because, other.because),
            needs=_joined(self.needs, other.needs),
            hands_only=self.hands_only or other.hands_only,
            soft_only=self.soft_only or other.soft_only,
            no_floor=self.no_floor or other.no_floor,
            no_lying=self.no_lying or other.no_lying,
            ban_access=self.ban_access | other.ban_access,
            postures_only=_common(self.postures_only, other.postures_only),
            cap_kpa=min(self.cap_kpa, other.cap_kpa),
            factor=self.factor * other.factor,
            class_down=self.class_down or other.class_down,
            rise_after_quiet=self.rise_after_quiet or other.rise_after_quiet,
            comfort_max=min(self.comfort_max, other.comfort_max),
            hold_max_s=min(self.hold_max_s, other.hold_max_s),
            spot_max_s=min(self.spot_max_s, other.spot_max_s),
            spots_max=min(self.spots_max, other.spots_max),
            look_again_h=tuple(sorted({*self.look_again_h, *other.look_again_h})),
        )

    def pressure_cap(self, pressure_class: PressureClass, highest: float, figures: Caps) -> float:
        """The cap in kPa: the class cap (never above ``highest``) times the factors (never below the floor), and every
        absolute cap as a minimum."""
        rank, factor = CLASSES.index(pressure_class), self.factor
        if self.class_down:
            rank, factor = (rank - 1, factor) if rank else (0, factor * STEP_BELOW_LOW)
        class_cap = min(figures.class_cap(CLASSES[rank]), highest)
        return min(class_cap * max(factor, figures.of("growth", "factor_floor")), self.cap_kpa)


NONE = Limits()


def combined(limits: Iterable[Limits]) -> Limits:
    """All of them at once; the order does not matter for any number."""
    return reduce(Limits.and_, limits, NONE)


def _common(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _joined(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return one + tuple(item for item in other if item not in one)
