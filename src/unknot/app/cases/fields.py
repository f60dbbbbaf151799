"""A question as a form shows it, and what a form says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from unknot.knowledge import Knowledge
from unknot.knowledge.model import Question
from unknot.messages import has, render
from unknot.safety.asked import NONE_VALUES

NOT_SURE, NONE = "not_sure", "none"
"""Values of the buttons that answer a whole form."""

NAMES = {"regions": "region", "tools": "tool", "conditions": "condition"}
"""Where the label of a value stands when the values are another vocabulary."""


UNITS = {"week": {"day": 1 / 7, "week": 1.0, "month": 365.25 / 12 / 7, "year": 365.25 / 7}}
"""Units in which people say how long, by the unit in which it is kept."""


class UnreadableError(ValueError):
    """A form that answers a question in a way that it cannot be answered; ``message_id`` says why."""

    def __init__(self, message_id: str) -> None:
        super().__init__(message_id)
        self.message_id = message_id


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen."""

    value: str
    label: str
    chosen: bool
    help: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question with its sentences and, where it has them, its choices in groups."""

    id: str
    type: str
    ask: str
    help: str
    why: str
    unit: str
    min: float | None
    max: float | None
    value: Any
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    none_label: str = ""  # the button for "none of these", of a list
    needed: bool = True  # on a form: False = it may be left out
    more: tuple[Choice, ...] = ()  # on a form: choices that are folded away, because they fit this pain less often

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for _, choices in self.groups for choice in choices)


def field(id: str, knowledge: Knowledge, value: Any) -> Field:
    """The question ``id`` with the answer it has now (missing: the string "")."""
    question = knowledge.questions[id]
    return Field(
        id=id,
        type=question.type,
        ask=render(f"question.{id}.ask"),
        help=_say(f"question.{id}.help"),
        why=_say(f"question.{id}.why"),
        unit=_say(f"unit.{question.unit}") if question.unit else "",
        min=question.min,
        max=question.max,
        value=value,
        groups=_groups(question, knowledge, value),
        none_label=_none_label(question),
    )


def read(id: str, data: QueryDict, knowledge: Knowledge) -> Any:
    """The answer that a form gives to one question. Raises UnreadableError."""
    question = knowledge.questions[id]
    pressed = data.get("press", "")
    if pressed == NOT_SURE:
        return None
    if question.type == "many_of" and pressed == NONE:
        return none_of(question)
    return read_named(id, "value", data, knowledge)


def read_named(id: str, name: str, data: QueryDict, knowledge: Knowledge) -> Any:
    """The answer that the inputs called ``name`` give to a question. Raises UnreadableError."""
    question = knowledge.questions[id]
    if question.type == "many_of":
        return data.getlist(name)
    value = data.get(name, "")
    if value == NOT_SURE:
        return None
    if question.type == "bool":
        if value not in ("true", "false"):
            raise UnreadableError("app.check.choose_one")
        return value == "true"
    if question.type == "one_of":
        if value not in question.values:
            raise UnreadableError("app.check.choose_one")
        return value
    return number(value, question)


def read_on_form(id: str, data: QueryDict, knowledge: Knowledge, *, needed: bool) -> Any:
    """The answer that a form with several questions gives to one of them; what may be left out is "not sure" then.

    Raises UnreadableError.
    """
    question, values = knowledge.questions[id], data.getlist(f"q-{id}")
    if NOT_SURE in values or (not needed and not any(values)):
        return None
    if not any(values):
        raise UnreadableError("app.check.answer_all")
    if question.type == "many_of":
        return [value for value in values if value != NONE] or none_of(question)
    if question.type == "number" and question.unit in UNITS:
        whole = number(values[0], replace(question, min=0, max=None)) * UNITS[question.unit].get(
            data.get(f"u-{id}", ""), 1.0
        )
        return number(str(round(whole, 2)), question)
    return read_named(id, f"q-{id}", data, knowledge)


def none_of(question: Question) -> list[str]:
    """What "none of these" stores: the value that says so, else the empty list."""
    return [value for value in question.exclusive if value in NONE_VALUES]


def number(text: str, question: Question) -> float:
    """A figure as a person types it. Raises UnreadableError when it is none or out of range."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        raise UnreadableError("app.check.no_number") from None
    low = float("-inf") if question.min is None else question.min
    high = float("inf") if question.max is None else question.max
    if not low <= value <= high:
        raise UnreadableError("app.check.out_of_range")
    return int(value) if value.is_integer() else value


def label(question: Question, value: str) -> str:
    """The label of one value of a question."""
    name = NAMES.get(question.values_from)
    id = f"{name}.{value}" if name else f"answer.{question.id}.{value}"
    text = render(id)
    return text[:1].upper() + text[1:]


def spoken(id: str, value: Any, knowledge: Knowledge) -> str:
    """An answer in words, for lists of answers."""
    question = knowledge.questions[id]
    if value is None:
        return render("app.answer.not_sure")
    if isinstance(value, bool):
        return render("app.answer.yes" if value else "app.answer.no")
    if isinstance(value, list | tuple):
        return (
            render("app.answer.list", {"values": [label(question, one) for one in value]})
            if value
            else render("app.answer.none")
        )
    if isinstance(value, str):
        return label(question, value)
    return render("app.answer.number", {"value": round(value, 1), "unit": _say(f"unit.{question.unit}")})


def _none_label(question: Question) -> str:
    if question.type != "many_of":
        return ""
    value = none_of(question)
    return label(question, value[0]) if value else render("app.answer.none")


def _say(id: str) -> str:
    return render(id) if has(id) else ""


def _groups(question: Question, knowledge: Knowledge, value: Any) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    if question.type not in ("one_of", "many_of"):
        return ()
    given = {value} if isinstance(value, str) else set(value or ())
    if question.values_from == "regions":
        by_group: dict[str, list[Choice]] = {}
        for region in knowledge.regions.values():
            choice = Choice(region.id, label(question, region.id), region.id in given)
            by_group.setdefault(render(f"region_group.{region.group}"), []).append(choice)
        return tuple((name, tuple(choices)) for name, choices in by_group.items())
    choices = tuple(
        Choice(one, label(question, one), one in given) for one in question.values if one not in NONE_VALUES
    )
    return (("", choices),)


def condition_choices(group: str, knowledge: Knowledge, given: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The conditions of one group."""
    named = set(given.get("conditions") or ())
    return tuple(
        Choice(id, render(f"condition.{id}"), id in named, _say(f"condition.{id}.help"))
        for id, condition in knowledge.conditions.items()
        if condition.group == group
    )
