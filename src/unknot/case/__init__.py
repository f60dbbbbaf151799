"""What is known about one person's pain at one moment (``unknot.case/1``), and its strict reading."""

from unknot.case.faults import CaseError, Fault
from unknot.case.model import Answer, Case, PainArea, Person, Press
from unknot.case.reading import read_case
from unknot.case.writing import case_to_json

__all__ = ["Answer", "Case", "CaseError", "Fault", "PainArea", "Person", "Press", "case_to_json", "read_case"]
