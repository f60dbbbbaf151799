"""What else could be done, each with its honest grade: a few cards that matter now, movement first."""

from __future__ import annotations

from unknot.assessment import Advice, Detection, Triage
from unknot.case import Case
from unknot.knowledge.model import Knowledge
from unknot.script import Text

LASTING_WEEKS = 6.0  # most new back pain has settled by then; from here on a programme matters more than waiting
SEVERE = 7.0
_SITTING = {"desk_work", "mouse_work", "driving", "sitting_long", "slumped_sitting", "screen_off_centre", "phone_neck"}
_BACK = ("low_back_buttock", "mid_back_chest")
_NO_HEAT = frozenset({"neuropathy", "diabetes_neuropathy", "spinal_cord_injury"})
_TOOL_CARDS = {"foam_roller": "foam_rolling", "massage_gun": "massage_gun"}
_BY_NEEDLE = ("dry_needling", "injection_anaesthetic", "injection_steroid", "injection_sarapin")


def advise(case: Case, triage: Triage, detection: Detection, knowledge: Knowledge) -> tuple[Advice, ...]:
    """The cards for this case, in the order in which to try them.

    None while a clinician should look first, and none before the safety questions are answered: "keep moving" said to
    somebody who was never asked about the dangerous signs would be false comfort.

    Movement and exercise stand before anything that is done to the person. What is done with a needle is shown, with
    its grade, once pain lasts: not hidden and not sold. Every modality with its grade stands in the knowledge.
    """
    if triage.level != "self_care" or not triage.complete or not case.pain:
        return ()
    wanted = [*_movement(case, knowledge), *_own_hands(case, detection), *_by_others(case)]
    return tuple(
        Advice(
            modality=id_,
            grade=knowledge.modalities[id_].grade,
            text=Text(id=f"modality.{id_}.text"),
            sources=knowledge.modalities[id_].sources,
        )
        for id_ in dict.fromkeys(wanted)
    )


def _movement(case: Case, knowledge: Knowledge) -> list[str]:
    cards = ["exercise", "early_activity"] if _lasting(case) else ["early_activity", "exercise"]
    groups = {knowledge.regions[area.region].group for area in case.pain}
    if groups.intersection(_BACK):
        cards.append("walking")
    if _SITTING.intersection(_listed(case, "activities")) or "sitting_long" in _listed(case, "worse_with"):
        cards.append("posture_breaks")
    if "low_back_buttock" in groups and not _lasting(case) and _feels_heat(case):
        cards.append("heat")
    return cards


def _own_hands(case: Case, detection: Detection) -> list[str]:
    if not detection.candidates:
        return []
    return ["self_massage", *(_TOOL_CARDS[tool] for tool in case.person.tools or () if tool in _TOOL_CARDS)]


def _by_others(case: Case) -> list[str]:
    cards = []
    if _lasting(case) or any((area.intensity or 0) >= SEVERE for area in case.pain):
        cards += ["professional_massage", "manual_therapy"]
    helped = set(_listed(case, "treatments_helped"))
    if _lasting(case) or helped & {"dry_needling", "injection"}:
        cards += _BY_NEEDLE
    return cards


def _lasting(case: Case) -> bool:
    weeks = case.answers.get("duration_weeks")
    return isinstance(weeks, int | float) and weeks >= LASTING_WEEKS


def _feels_heat(case: Case) -> bool:
    """Heat is offered only where nothing known speaks against it; a "not sure" counts as speaking against it."""
    if _NO_HEAT & (case.person.conditions or frozenset()):
        return False
    return all(
        case.answers.get(question, False) is False for question in ("numb_skin_at_site", "medicine_patch_at_site")
    )


def _listed(case: Case, question: str) -> tuple[str, ...]:
    answer = case.answers.get(question)
    return answer if isinstance(answer, tuple) else ()
