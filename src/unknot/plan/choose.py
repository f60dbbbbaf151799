"""Which spot first: likely, reachable with what the person has, and of nearly equals the gentler one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from unknot.assessment import Beyond, Candidate, Detection
from unknot.case import Case, Press
from unknot.dose.checks import DoseError
from unknot.dose.described import describe_tool
from unknot.knowledge.model import Knowledge
from unknot.plan.refusal import refusal
from unknot.plan.session import build
from unknot.record import History
from unknot.record.routine import Item
from unknot.safety import Clearance
from unknot.script import FULL, Form, Session, Text

NEARLY = 0.8  # a spot with at least this share of the best reachable probability counts as nearly as likely
LEAST = 0.1  # below this no spot is worth pressing; asking helps more
_OUT_OF_REACH = ("closed.nobody_here", "closed.look_only", "closed.no_way_left")  # closed by no fact about the person
_BURDEN = {"light": 0, "moderate": 1, "strong": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The session to begin with and why; ``session`` is None when there is none, and ``because`` says why not.

    ``beyond``: the likely spots that this person cannot treat now, each with what is in the way. ``usable``: the
    person's tools that are allowed at one of the likely spots.
    """

    session: Session | None
    because: tuple[Text, ...]
    beyond: tuple[Beyond, ...] = ()
    usable: frozenset[str] = frozenset()


def choose(
    clearance: Clearance,
    detection: Detection,
    case: Case,
    knowledge: Knowledge,
    history: History | None = None,
    *,
    form: Form = FULL,
) -> Choice:
    """The first session: a spot that brought on the pain when it was pressed comes first, then the most likely one that
    can be treated; of nearly equals the gentlest, off the floor first. A pressed spot that is not tender is out.

    Deterministic: ties fall to the higher probability and then to the order of the candidates.
    """
    pressed = {(press.site, press.side): press for press in case.palpation}
    likely = [
        one
        for one in detection.candidates
        if one.probability >= LEAST and not _quiet(pressed.get((one.site, one.side)))
    ]
    if not likely:
        why = "no_session.too_unlikely" if detection.candidates else "no_session.no_candidates"
        return Choice(session=None, because=(Text(id=why),))
    reachable = [
        (one, session)
        for one in likely
        if (session := build(clearance, one.site, one.side, case, knowledge, history=history, form=form))
    ]
    beyond = _beyond(clearance, likely, [one for one, _ in reachable])
    usable = frozenset(option.tool for one in likely for option in clearance.options(one.site, one.side))
    if not reachable:
        because = _why_not(clearance, likely)
        if form.no_floor and because[0].id == "no_session.out_of_reach":
            because = (Text(id="no_session.not_without_lying"),)
        return Choice(session=None, because=because, beyond=beyond, usable=usable)
    for one, session in reachable:
        if _own_pain(pressed.get((one.site, one.side))):
            because = (Text(id="choose.own_pain"), _with_tool(session))
            return Choice(session=session, because=because, beyond=beyond, usable=usable)
    best, _ = reachable[0]
    equals = [pair for pair in reachable if pair[0].probability >= NEARLY * best.probability]
    chosen, session = min(equals, key=lambda pair: _burden(pair[1], knowledge))
    return Choice(
        session=session, because=_why(chosen, best, likely[0], session, detection), beyond=beyond, usable=usable
    )


def asked_for(
    clearance: Clearance,
    item: Item,
    case: Case,
    history: History | None = None,
) -> Session | tuple[Text, ...]:
    """The session of one item of a routine, built anew for this person now; or the reasons why there is none.

    A tool that the person described takes the place of the one it is used like. Raises KeyError for unknown ids.
    """
    knowledge = clearance.knowledge
    ways = [(one.tool, one.posture) for one in clearance.options(item.site, item.side)]
    if (item.tool, item.posture) not in ways:
        return refusal(clearance, item.site, item.side, item.tool, item.posture, item.form)
    if item.described is not None:
        try:
            tool = describe_tool(**item.described)
        except (DoseError, TypeError):
            return (Text(id="refusal.described"),)
        if tool.id != item.tool:
            return (Text(id="refusal.described"),)
        hard = knowledge.tools[tool.id].soft and not tool.soft
        if hard and any(one.soft_only for one in clearance.options(item.site, item.side)):
            return (Text(id="refusal.hard_tool"),)
        knowledge = replace(knowledge, tools={**knowledge.tools, tool.id: tool})
    for option in clearance.options(item.site, item.side):
        if (option.tool, option.posture) == (item.tool, item.posture):
            session = build(
                clearance, item.site, item.side, case, knowledge, history=history, option=option, form=item.form
            )
            if session is not None:
                return session
    return refusal(clearance, item.site, item.side, item.tool, item.posture, item.form)


def _beyond(clearance: Clearance, likely: list[Candidate], reachable: list[Candidate]) -> tuple[Beyond, ...]:
    """The likely spots beyond self-help, and why: nobody presses there, it cannot be reached, or it is closed."""
    return tuple(
        Beyond(
            site=one.site,
            side=one.side,
            because=clearance.closed_because(one.site, one.side) or (Text(id="closed.no_way_left"),),
        )
        for one in likely
        if one not in reachable
    )


def _why_not(clearance: Clearance, likely: list[Candidate]) -> tuple[Text, ...]:
    """What closes the likely spots for this person now. Only where nothing does are they merely out of reach: nobody
    may be told that another person could press what is closed."""
    found: list[Text] = []
    for one in likely:
        found += [text for text in clearance.closed_because(one.site, one.side) if text not in found]
    closed = [text for text in found if text.id not in _OUT_OF_REACH]
    return tuple(closed) or (Text(id="no_session.out_of_reach"),)


def _own_pain(press: Press | None) -> bool:
    return press is not None and press.tender is True and press.familiar is True


def _quiet(press: Press | None) -> bool:
    return press is not None and press.tender is False


def _with_tool(session: Session) -> Text:
    return Text(id="choose.with_tool", params={"tool": f"@tool.{session.tool}"})


def _burden(session: Session, knowledge: Knowledge) -> tuple[bool, int]:
    return (knowledge.postures[session.posture].on_floor, _BURDEN[session.gentleness])


def _why(
    chosen: Candidate, best: Candidate, first: Candidate, session: Session, detection: Detection
) -> tuple[Text, ...]:
    if detection.abstained:
        reason = Text(id="choose.cannot_tell")
    elif chosen is not best:
        reason = Text(id="choose.nearly_as_likely")
    elif best is not first:
        params = {"muscle": f"@muscle.{first.muscle}.name", "side": f"@side.{first.side}"}
        reason = Text(id="choose.first_out_of_reach", params=params)
    else:
        reason = Text(id="choose.most_likely")
    return (reason, _with_tool(session))
