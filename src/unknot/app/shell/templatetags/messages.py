"""``{% msg "app.welcome.title" %}``, ``{% msg "app.pain.chosen" count=3 %}``, ``{% text reason.text %}``."""

from collections.abc import Mapping
from typing import Any

from django import template

from unknot import messages
from unknot.script import Text

register = template.Library()


@register.simple_tag
def msg(id: str, **params: Any) -> str:
    """The sentence behind an id. (A simple tag escapes what it returns.)"""
    return messages.render(id, params)


@register.simple_tag
def template_of(id: str) -> str:
    """The sentence behind an id with its parameters open, for a script to fill."""
    return messages.catalogue()[id]


@register.simple_tag
def msg_with(id: str, params: Mapping[str, Any]) -> str:
    """The sentence behind an id, with parameters from a table."""
    return messages.render(id, dict(params))


@register.simple_tag
def text(value: Text) -> str:
    """The sentence that an engine value stands for."""
    return messages.render(value.id, value.params)


@register.simple_tag
def msg_of(prefix: str, name: str, **params: Any) -> str:
    """The sentence ``prefix.name``."""
    return messages.render(f"{prefix}.{name}", params)


@register.simple_tag
def tile_help(tile: Any) -> str:
    """What is meant by a tile, where a short label does not say it."""
    id = f"{tile.label.id}.help"
    return messages.render(id) if tile.label.id.startswith("tile.") and messages.has(id) else ""


@register.simple_tag
def reasons(question: str) -> dict[str, str]:
    """What is meant by a question and why it is asked; {} where it is asked on a page of its own."""
    if not messages.has(f"question.{question}.ask"):
        return {}
    return {name: messages.render(f"question.{question}.{name}") for name in ("ask", "help", "why")}
