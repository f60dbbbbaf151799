"""Two tools side by side on one spot of one person: what changes, and by how much."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from unknot.dose.bands import Band
from unknot.dose.checks import DoseError
from unknot.dose.described import tool_named
from unknot.dose.dose import Dose, dose_to_json
from unknot.dose.estimate import estimate_dose
from unknot.knowledge.model import Knowledge, Tool

SET_SIDE_BY_SIDE = ("force_n", "mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa", "contact_area_cm2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The doses of two tools on one spot in the same posture. ``ratios``: middle of b over middle of a, by quantity;
    a quantity that the model does not tell for both is missing."""

    a: Dose
    b: Dose
    ratios: dict[str, float]
    schema: str = "unknot.comparison/1"


def compare_tools(
    a: str | Tool, b: str | Tool, site: str, posture: str, *, knowledge: Knowledge | None = None, **given: Any
) -> Comparison:
    """What ``a`` and ``b`` do at ``site`` in ``posture``; ``given`` as for ``estimate_dose`` (mass_kg, surface ...).

    Both have the same body and the same unknowns, so their ratio is known better than either. Raises DoseError naming
    the field: ``a`` or ``b`` for a tool that is not known or does not fit.
    """
    if knowledge is None:
        from unknot.knowledge import load as load_knowledge

        knowledge = load_knowledge()
    doses = {}
    for name, tool in (("a", a), ("b", b)):
        tool_named(name, tool, knowledge)
        try:
            doses[name] = estimate_dose(tool, site, posture, knowledge=knowledge, **given)
        except DoseError as error:
            raise DoseError(name if error.field in ("tool", "posture") else error.field, error.message) from error
    pairs = {name: (getattr(doses["a"], name), getattr(doses["b"], name)) for name in SET_SIDE_BY_SIDE}
    ratios = {name: two.p50 / one.p50 for name, (one, two) in pairs.items() if _told(one) and _told(two)}
    return Comparison(a=doses["a"], b=doses["b"], ratios=ratios)


def comparison_to_json(found: Comparison) -> dict[str, Any]:
    """The ``unknot.comparison/1`` document: both doses as ``unknot.dose/1`` and the ratios to three digits."""
    document: dict[str, Any] = {field.name: getattr(found, field.name) for field in fields(found)}
    return document | {
        "a": dose_to_json(found.a),
        "b": dose_to_json(found.b),
        "ratios": {name: float(f"{ratio:.3g}") for name, ratio in found.ratios.items()},
    }


def _told(band: Band | None) -> bool:
    return band is not None and band.p50 > 0
