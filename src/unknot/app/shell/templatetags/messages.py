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


@register.simple_tag
def ask(question: str) -> str:
    """The sentence that asks a question."""
    return messages.render(f"question.{question}.ask")


@register.simple_tag
def help(question: str) -> str:
    """What is meant by a question."""
    return messages.render(f"question.{question}.help")


@register.simple_tag
def why(question: str) -> str:
    """Why a question is asked."""
    return messages.render(f"question.{question}.why")
