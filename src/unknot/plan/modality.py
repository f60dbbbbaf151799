"""What else could be done: every modality with its honest grade, how it fits this person now, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from unknot.assessment import Advice, Detection, Fit, Triage
from unknot.case import Case
from unknot.knowledge.conditions import Expression
from unknot.knowledge.model import Knowledge, Modality
from unknot.plan.choose import Choice
from unknot.safety.compiled import language, once
from unknot.safety.evaluate import holds
from unknot.safety.facts import Facts, facts_of
from unknot.safety.precautions import precautions_of, reason
from unknot.script import Text

KINDS = ("movement", "self", "hands", "needle")
FITS: tuple[Fit, ...] = get_args(Fit)
GRADES = ("A", "B", "C", "D", "unsupported")
LASTING_WEEKS = 6.0  # most new pain has settled by then
SEVERE = 7.0
CLINICIAN_FIRST = "advice.because.clinician_first"
_NOT_FOUND = ("no_session.too_unlikely", "no_session.no_candidates")
_OUT_OF_REACH = "no_session.out_of_reach"


def advise(
    case: Case, triage: Triage, detection: Detection, choice: Choice, cleared: bool, knowledge: Knowledge
) -> tuple[Advice, ...]:
    """A card for every modality, in the order that ``advice.order`` states: kind, then fit, then grade.

    None at emergency and same-day level, and none before the safety questions are answered: "keep moving" said to
    somebody who was never asked about the dangerous signs would be false comfort. At provider level every card says to
    ask the clinician first. ``cleared``: the gate let the person press, so that ``choice`` speaks of the spots.
    """
    if triage.level in ("emergency", "same_day") or not triage.complete or not case.pain:
        return ()
    person = _Person(case, triage, detection, choice, cleared, knowledge)
    cards = [_card(modality, person) for modality in knowledge.modalities.values()]
    return tuple(sorted(cards, key=lambda card: place(card, knowledge)))


def place(card: Advice, knowledge: Knowledge) -> tuple[int, int, int]:
    """Where a card stands: what one does oneself first and needles last, then fit, then grade."""
    kind = knowledge.modalities[card.modality].kind
    return (KINDS.index(kind), FITS.index(card.fit), GRADES.index(card.grade))


class _Person:
    """What the cards ask about one person."""

    def __init__(
        self,
        case: Case,
        triage: Triage,
        detection: Detection,
        choice: Choice,
        cleared: bool,
        knowledge: Knowledge,
    ) -> None:
        self.case = case
        self.triage = triage
        self.choice = choice
        self.knowledge = knowledge
        self.facts: Facts = facts_of(case, language(knowledge).places)
        self.limits = precautions_of(case, self.facts, knowledge).everywhere
        found = {text.id for text in choice.because}
        self.spots = bool(detection.candidates) and not found.intersection(_NOT_FOUND)
        self.beyond = cleared and choice.session is None and self.spots
        self.out_of_reach = self.beyond and _OUT_OF_REACH in found


def _card(modality: Modality, person: _Person) -> Advice:
    fit, because = _fit(modality, person)
    return Advice(
        modality=modality.id,
        grade=modality.grade,
        text=Text(id=f"modality.{modality.id}.text"),
        sources=modality.sources,
        fit=fit,
        because=because,
    )


def _fit(modality: Modality, person: _Person) -> tuple[Fit, tuple[Text, ...]]:
    """How it fits, and why: what speaks against it wins over what speaks for it."""
    against, asking = _cautions(modality, person)
    if person.triage.level == "provider":
        asking = (Text(id=CLINICIAN_FIRST), *asking)
    if modality.kind == "hands" and person.beyond and not person.out_of_reach:
        asking = (Text(id="advice.because.closed"), *asking)
    if modality.grade == "unsupported":
        against = (Text(id="advice.because.unsupported"), *against)
    if modality.kind == "self":
        against = (*against, *_closed(modality, person))
    if against:
        return "not", (*against, *asking)
    if asking:
        return "ask", asking
    now, because = _now(modality, person)
    return ("now" if now else "possible"), because


def _now(modality: Modality, person: _Person) -> tuple[bool, tuple[Text, ...]]:
    if modality.kind == "self":
        return _press_now(modality, person)
    if modality.id == "professional_massage" and (reasons := _first_by_hand(person)):
        return True, reasons
    condition = _now_rules(person.knowledge).get(modality.id)
    if condition is None or holds(condition, person.facts) is True:
        return True, ()
    return False, (Text(id=f"advice.because.{'later' if modality.kind == 'needle' else 'no_need'}"),)


def _press_now(modality: Modality, person: _Person) -> tuple[bool, tuple[Text, ...]]:
    if not person.spots:
        return False, (Text(id="advice.because.no_spot"),)
    if modality.tool and modality.tool not in ("fingers", *(person.case.person.tools or ())):
        missing = "no_partner" if modality.tool == "partner_hand" else "no_tool"
        return False, (Text(id=f"advice.because.{missing}"),)
    if modality.tool and person.choice.session and modality.tool not in person.choice.usable:
        return False, (Text(id="advice.because.no_reach"),)
    return person.choice.session is not None, () if person.choice.session else person.choice.because


def _first_by_hand(person: _Person) -> tuple[Text, ...]:
    """Why a professional should come first, or a few visits at the start."""
    reasons = []
    if any((area.intensity or 0) >= SEVERE for area in person.case.pain):
        reasons.append("severe")
    if person.out_of_reach:
        reasons.append("out_of_reach")
    weeks = person.case.answers.get("duration_weeks")
    helped = person.case.answers.get("treatments_helped") or ()
    lasting = isinstance(weeks, int | float) and weeks >= LASTING_WEEKS
    if lasting and not {"self_massage", "massage"}.intersection(helped if isinstance(helped, tuple) else ()):
        reasons.append("learn")
    return tuple(Text(id=f"advice.because.{one}") for one in reasons)


def _closed(modality: Modality, person: _Person) -> tuple[Text, ...]:
    """Why this person does not press himself, or not with this tool."""
    if person.triage.session_forbidden_by:
        return person.triage.session_forbidden_by
    if person.beyond and not person.out_of_reach:
        return person.choice.because
    return _banned(modality, person) if modality.tool else ()


def _banned(modality: Modality, person: _Person) -> tuple[Text, ...]:
    """Why a precaution keeps this person from this tool anywhere on the body."""
    limits = person.limits
    hands = modality.tool in ("fingers", "partner_hand")
    access = {way.id for way in person.knowledge.access.values() if way.tool == modality.tool}
    if access <= limits.ban_access:
        return (Text(id=f"modality.{modality.id}.avoid"),)
    if not hands and (limits.hands_only or (limits.soft_only and not person.knowledge.tools[modality.tool].soft)):
        return limits.because
    return ()


def _cautions(modality: Modality, person: _Person) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """What speaks against it, and what to ask first. A "not sure" counts as a yes."""
    found: dict[str, list[Text]] = {"not": [], "ask": []}
    rules = caution_rules(person.knowledge)
    mine = [one for one in person.knowledge.cautions.values() if modality.id in one.modalities]
    for caution in mine:
        if why := reason(f"caution.{caution.id}", rules[caution.id], person.facts):
            found[caution.effect].append(why)
    if mine and person.case.person.conditions is None:
        found["ask"].append(Text(id="advice.because.conditions_unknown"))
    return _distinct(found["not"]), _distinct(found["ask"])


def _distinct(texts: Iterable[Text]) -> tuple[Text, ...]:
    found: list[Text] = []
    for text in texts:
        if text not in found:
            found.append(text)
    return tuple(found)


@once
def _now_rules(knowledge: Knowledge) -> dict[str, Expression]:
    words = language(knowledge)
    return {
        id: words.parse(modality.now_when, f"modalities.toml: {id}.now_when")
        for id, modality in knowledge.modalities.items()
        if modality.now_when
    }


@once
def caution_rules(knowledge: Knowledge) -> dict[str, Expression]:
    """The condition of every caution by its id."""
    words = language(knowledge)
    return {id: words.parse(caution.when, f"cautions.toml: {id}.when") for id, caution in knowledge.cautions.items()}
