"""Unknot: find the knot, release it gently, know whether it helped.

``unknot.assess(case)`` walks the care path; ``unknot.read_case(document)`` makes a case from JSON. Names are imported
when first used, so that ``import unknot`` alone costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unknot.assess import assess
    from unknot.assessment import Assessment
    from unknot.assessment_json import assessment_to_json
    from unknot.case import Case, CaseError, read_case
    from unknot.dose import Dose, DoseError, estimate_dose
    from unknot.knowledge import load

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Case",
    "CaseError",
    "Dose",
    "DoseError",
    "__version__",
    "assess",
    "assessment_to_json",
    "estimate_dose",
    "load",
    "read_case",
]

_HOME = {
    "Assessment": "unknot.assessment",
    "Case": "unknot.case",
    "CaseError": "unknot.case",
    "Dose": "unknot.dose",
    "DoseError": "unknot.dose",
    "assess": "unknot.assess",
    "assessment_to_json": "unknot.assessment_json",
    "estimate_dose": "unknot.dose",
    "load": "unknot.knowledge",
    "read_case": "unknot.case",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})


class _Package(ModuleType):
    """Keeps ``unknot.assess`` the function: importing the module of the same name would put itself in its place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "assess" and isinstance(value, ModuleType):
            value = value.assess
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
