"""A session as a page that a therapist can read and check."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import datetime

from unknot.knowledge import load
from unknot.messages import render
from unknot.safety.stops import during_rules
from unknot.script import Session, Step, Text

WIDTH = 78
LEVELS = ("emergency", "same_day", "self_care")


def session_text(session: Session, lang: str = "en") -> str:
    """Title, position, reasons, numbered steps with seconds and comfort, stop rules; at most 78 columns."""
    title = _fold(render(_title_id(session), _title_params(session), lang))
    line = "=" * max(map(len, title.splitlines()))
    parts = [f"{title}\n{line}", _fold(render("session.at_most", _measures(session, lang), lang))]
    if session.load_because:
        parts.append(_fold(_say(session.load_because, lang)))
    if session.because:
        parts.append(_list("session.because", (_say(text, lang) for text in session.because), lang))
    steps = [_step(number, step, lang) for number, step in enumerate(session.steps, start=1)]
    parts.append("\n".join([render("session.steps", lang=lang), *steps]))
    parts += [
        _list(f"session.stop_{level}", signs, lang) for level in LEVELS if (signs := _signs(session, level, lang))
    ]
    parts.append(_fold(render("session.for_professionals", _figures(session), lang)))
    until = f"{datetime.fromisoformat(session.expires_at):%Y-%m-%d %H:%M %Z}".strip()
    parts.append(_fold(render("session.expires", {"until": until}, lang)))
    return "\n\n".join(parts) + "\n"


def _title_id(session: Session) -> str:
    return "session.title_midline" if session.side == "midline" else "session.title"


def _title_params(session: Session) -> dict[str, str]:
    return {
        "muscle": f"@muscle.{session.muscle}.name",
        "side": f"@side.{session.side}",
        "tool": f"@tool.{session.tool}",
    }


def _measures(session: Session, lang: str) -> dict[str, object]:
    seconds = sum(step.duration_s for step in session.steps)
    return {
        "minutes": max(1, round(seconds / 60)),
        "hold": session.total_hold_s,
        "word": render(f"gentleness.{session.gentleness}", lang=lang),
    }


def _signs(session: Session, level: str, lang: str) -> list[str]:
    """The signs to stop for that ask for this."""
    rules = during_rules(load())
    return [render(f"stop.{rule}.sign", lang=lang) for rule in session.stop_rules if rules[rule].level == level]


def _figures(session: Session) -> dict[str, str]:
    (lo, _, hi), (p05, _, p95) = session.start_force_n, session.estimated_kpa
    numbers = {"lo": lo, "hi": hi, "p05": p05, "p95": p95, "kpa": session.cap_kpa}
    return {name: f"{float(f'{value:.2g}'):g}" for name, value in numbers.items()}


def _step(number: int, step: Step, lang: str) -> str:
    kind = render(f"session.kind.{step.kind}", lang=lang)
    seconds = render("session.seconds", {"seconds": step.duration_s}, lang)
    head = f"{number:>2}. {kind}, {seconds}"
    if step.comfort:
        aim = {"lo": step.comfort.lo, "hi": step.comfort.hi, "stop": step.comfort.stop}
        head += f" ({render('session.comfort_range', aim, lang)})"
    return f"{head}\n{_fold(_say(step.text, lang), indent='    ')}"


def _list(heading: str, sentences: Iterable[str], lang: str) -> str:
    items = [textwrap.fill(words, WIDTH, initial_indent="  - ", subsequent_indent="    ") for words in sentences]
    return "\n".join([render(heading, lang=lang), *items])


def _say(text: Text, lang: str) -> str:
    return render(text.id, text.params, lang)


def _fold(words: str, indent: str = "") -> str:
    return textwrap.fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent)
