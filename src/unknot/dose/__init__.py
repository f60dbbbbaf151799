"""How hard: what a tool gives this body in this position, from the force to the muscle, with honest bands."""

from unknot.dose.checks import DoseError
from unknot.dose.dose import Dose, Last, dose_to_json
from unknot.dose.estimate import estimate_dose, measured_force, planned_dose
from unknot.dose.layers import Body

__all__ = ["Body", "Dose", "DoseError", "Last", "dose_to_json", "estimate_dose", "measured_force", "planned_dose"]
