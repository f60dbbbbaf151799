"""How hard: what a tool gives this body in this position, with honest bands (level 0: mean pressure)."""

from unknot.dose.checks import DoseError
from unknot.dose.estimate import Dose, dose_to_json, estimate_dose, planned_dose

__all__ = ["Dose", "DoseError", "dose_to_json", "estimate_dose", "planned_dose"]
