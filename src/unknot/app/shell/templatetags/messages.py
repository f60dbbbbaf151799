"""``{% msg "app.welcome.title" %}``, ``{% msg "app.pain.chosen" count=3 %}``, ``{% text reason.text %}``."""

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
def text(value: Text) -> str:
    """The sentence that an engine value stands for."""
    return messages.render(value.id, value.params)
