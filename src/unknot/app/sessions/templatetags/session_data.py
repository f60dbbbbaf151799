"""``{% data_block script "data-script" %}``: JSON for an island, in a data block that no browser runs."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from unknot.messages import render

register = template.Library()

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def data_block(value: Any, name: str) -> SafeString:
    """The value as JSON in ``<script type="application/json" NAME>``; nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/json" {name}>{text}</script>')


@register.simple_tag
def wrong_choice(name: str, value: str) -> str:
    """The label of a choice on the page for something that went wrong."""
    return render(f"app_sessions.wrong.{name}.{value}")
