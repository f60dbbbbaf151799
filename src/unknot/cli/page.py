"""An assessment as a page for the terminal: the same order as the care path, at most 78 columns."""

from __future__ import annotations

import textwrap

from unknot import messages
from unknot.assessment import Advice, Assessment, Candidate, Triage
from unknot.messages import render
from unknot.plan.modality import CLINICIAN_FIRST
from unknot.plan.text import session_text
from unknot.script import Text

WIDTH = 78
SHOWN = 5  # candidates; the JSON form has them all
ASKED = 5  # next questions


def assessment(found: Assessment) -> str:
    """The whole answer."""
    parts = [_triage(found.triage)]
    if found.triage.level in ("self_care", "provider"):
        parts += [_mechanism(found), _candidates(found)]
    if found.detection.ask_next:
        parts.append(_ask_next(found))
    if found.advice:
        parts.append(_advice(found))
    if found.session:
        parts.append(session_text(found.session).rstrip())
    elif found.triage.level == "self_care":
        parts.append(_no_session(found))
    parts.append(_fold(render("cli.what_this_is")))
    return "\n\n".join(parts) + "\n"


def why_no_session(found: Assessment) -> str:
    """The refusal, with its reasons."""
    parts = [_triage(found.triage)]
    if found.triage.level == "self_care":
        parts.append(_no_session(found))
    if found.detection.ask_next:
        parts.append(_ask_next(found))
    return "\n\n".join(parts) + "\n"


def _triage(triage: Triage) -> str:
    lines = [_heading(render(f"level.{triage.level}")), _fold(_text(triage.action))]
    for reason in triage.reasons:
        lines.append(_item(_text(reason.text)))
        if reason.say:
            lines.append(_item(render("cli.say", {"words": reason.say}), mark=" "))
    lines += [_item(_text(text)) for text in triage.session_forbidden_by]
    if triage.watch_for and triage.level != "emergency":
        lines.append(_fold(render("cli.watch_for")))
        lines += [_item(_text(text)) for text in triage.watch_for]
    return "\n".join(lines)


def _mechanism(found: Assessment) -> str:
    shares = found.detection.mechanism
    lines = [_heading(render("cli.mechanism"))]
    for name in ("muscle", "nerve_root", "other", "unknown"):
        share = getattr(shares, name)
        lines.append(f"  {render(f'mechanism.{name}'):<44} {_bar(share)} {_in_ten(share)}")
    for cause in found.detection.causes:
        place = "cause" if cause.side == "midline" else "cause_side"
        params = {"name": cause.name, "side": f"@side.{cause.side}", "level": cause.band}
        lines.append(_item(render(f"cli.{place}", params)))
    return "\n".join(lines)


def _candidates(found: Assessment) -> str:
    lines = [_heading(render("cli.candidates"))]
    if found.detection.abstained:
        lines.append(_fold(_text(found.detection.abstained)))
    for place, candidate in enumerate(found.detection.candidates[:SHOWN], start=1):
        lines.append(_candidate(place, candidate))
        for one in found.beyond_self_help:
            if (one.site, one.side) == (candidate.site, candidate.side):
                lines += [_item(_text(text), mark="!") for text in one.because]
    lines += [_item(_text(text)) for text in found.detection.would_change]
    if found.detection.approximate:
        lines.append(_fold(render("cli.approximate")))
    return "\n".join(lines)


def _candidate(place: int, candidate: Candidate) -> str:
    name = render(
        "cli.candidate",
        {"muscle": f"@muscle.{candidate.muscle}.name", "side": f"@side.{candidate.side}", "site": candidate.site},
    )
    lines = [f"{place}. {name:<45} {_bar(candidate.probability)} {_in_ten(candidate.probability)}"]
    lines.append(_item(render(f"site.{candidate.site}.where"), mark=" "))
    lines += [_item(_text(text), mark="+") for text in candidate.reasons_for]
    lines += [_item(_text(text), mark="-") for text in candidate.reasons_against]
    return "\n".join(lines)


def _ask_next(found: Assessment) -> str:
    lines = [_heading(render("cli.ask_next"))]
    for step in found.detection.ask_next[:ASKED]:
        if step.kind == "question":
            lines.append(_item(f"{render(f'question.{step.id}.ask')} [{step.id}]", mark="?"))
        else:
            where = {"site": f"@site.{step.id}.where", "side": f"@side.{step.side}", "id": step.id}
            lines.append(_item(render("cli.press", where), mark="?"))
    left = len(found.detection.ask_next) - ASKED
    if left > 0:
        lines.append(_item(render("cli.more_questions", {"n": left}), mark=" "))
    return "\n".join(lines)


def _advice(found: Assessment) -> str:
    """What is worth trying now in full, the rest by name with why it waits: nothing is left out."""
    lines = [_heading(render("cli.advice")), _fold(render("advice.order"))]
    first = Text(id=CLINICIAN_FIRST)
    if all(first in card.because for card in found.advice):
        lines.append(_fold(_text(first)))
    for card in found.advice:
        if card.fit == "now":
            lines.append(_item(f"{_name_and_grade(card)}: {_text(card.text)}"))
            lines += [_item(_text(text), mark=" ") for text in card.because]
    for fit in ("possible", "ask", "not"):
        waiting = [card for card in found.advice if card.fit == fit]
        if waiting:
            lines.append(f"  {render(f'advice.fit.{fit}')}:")
        for card in waiting:
            why = " ".join(_text(text) for text in card.because if text != first)
            lines.append(_item(f"{_name_and_grade(card)}. {why}".rstrip(), mark="-"))
    lines.append(_fold(render("cli.advice_more")))
    return "\n".join(lines)


def _name_and_grade(card: Advice) -> str:
    grade = render("cli.no_support") if card.grade == "unsupported" else render("cli.grade", {"grade": card.grade})
    return render("cli.advice_card", {"name": f"@modality.{card.modality}.name", "grade": grade})


def _no_session(found: Assessment) -> str:
    lines = [_heading(render("cli.session")), _fold(render("cli.no_session"))]
    if not found.triage.complete:
        lines.append(_item(render("cli.questions_first")))
    lines += [_item(_text(text)) for text in found.session_because]
    return "\n".join(lines)


def _text(text: Text) -> str:
    return messages.render(text.id, text.params)


def _heading(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"


def _fold(words: str) -> str:
    return textwrap.fill(words, WIDTH)


def _item(words: str, mark: str = "*") -> str:
    return textwrap.fill(words, WIDTH, initial_indent=f"   {mark} ", subsequent_indent="     ")


def _bar(share: float, cells: int = 12) -> str:
    full = round(share * cells)
    return "#" * full + "." * (cells - full)


def _in_ten(share: float) -> str:
    """Probability in words of the reader: a share of ten, never a decimal."""
    if share < 0.05:
        return render("cli.less_than_1_in_20")
    return render("cli.in_ten", {"n": max(1, round(share * 10))})
