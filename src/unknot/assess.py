"""The path: screen, detect, choose, plan. One function that reads like the table of contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from unknot import __version__
from unknot.assessment import Assessment, Candidate, Detection, NextStep, Triage
from unknot.case import Case
from unknot.detect import detect
from unknot.knowledge import load
from unknot.knowledge.model import Knowledge
from unknot.plan.choose import Choice, choose
from unknot.plan.modality import advise
from unknot.record import History
from unknot.safety import Clearance, Stop, gate, pressable, screen
from unknot.script import FULL, Form, Text

CLEAR_LEAD = 0.75  # a leading spot this likely ...
CLEAR_GAP = 2.0  # ... and this many times as likely as the next: another answer would not change where to begin


def assess(
    case: Case,
    *,
    history: History | None = None,
    now: datetime | None = None,
    knowledge: Knowledge | None = None,
    form: Form = FULL,
) -> Assessment:
    """The whole answer to a case.

    ``now`` (with its time zone) is needed for a session: weekly caps, standing stops and expiry hang on it. Without it
    the answer has no session and says so. The engine reads no clock of its own.
    ``form``: the session that is wished for: short, without lying down, on both sides.
    """
    knowledge = knowledge or load()
    history = history or History()
    triage = screen(case, history, knowledge, now=now)
    may_be_pressed = pressable(case, knowledge, history, now=now)
    detection = detect(
        case,
        knowledge,
        history=history,
        settled=lambda _, candidates: settled(case, candidates),
        pressable=lambda site, _: site in may_be_pressed,
    )
    leave = gate(case, history, now, knowledge)
    triage = _with_open_questions(triage, leave)
    if isinstance(leave, Clearance):
        choice = choose(leave, detection, case, knowledge, history, form=form)
    else:
        choice = Choice(session=None, because=leave.reasons)
    return Assessment(
        knowledge=knowledge.content_hash,
        version=__version__,
        triage=triage,
        detection=replace(detection, ask_next=_ask_next(triage, detection)),
        advice=advise(case, triage, detection, choice, isinstance(leave, Clearance), knowledge),
        session=choice.session,
        session_because=choice.because,
        beyond_self_help=choice.beyond,
    )


def _with_open_questions(triage: Triage, leave: Clearance | Stop) -> Triage:
    """A precaution that asks for more before anybody presses (where is the implant?) leaves the gate open too."""
    if isinstance(leave, Clearance) or not leave.unanswered:
        return triage
    unanswered = tuple(dict.fromkeys((*triage.unanswered, *leave.unanswered)))
    return replace(triage, complete=False, unanswered=unanswered)


def _ask_next(triage: Triage, detection: Detection) -> tuple[NextStep, ...]:
    """Gate questions first, then what tells most.

    At emergency and same-day level nobody is sent to press a spot or to answer more: the list is empty. Candidates stay
    in the answer, because a clinician may read them; the app does not show them there.
    """
    if triage.level in ("emergency", "same_day"):
        return ()
    gate_first = tuple(
        NextStep(kind="question", id=id_, gain_bits=0.0, why=Text(id="ask_next.gate")) for id_ in triage.unanswered
    )
    asked = set(triage.unanswered)
    rest = (step for step in detection.ask_next if not (step.kind == "question" and step.id in asked))
    return (*gate_first, *rest)


def settled(case: Case, candidates: tuple[Candidate, ...]) -> bool:
    """Whether another answer would not change where to begin: one spot leads clearly, and pressing it was tried."""
    if not candidates or candidates[0].probability < CLEAR_LEAD:
        return False
    first = candidates[0]
    pressed = any(
        (press.site, press.side) == (first.site, first.side) and press.familiar is not None for press in case.palpation
    )
    alone = len(candidates) == 1 or first.probability >= CLEAR_GAP * candidates[1].probability
    return pressed and alone
