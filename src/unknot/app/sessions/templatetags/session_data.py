"""``{% data_block script "data-script" %}``: JSON for an island, in a data block that no browser runs."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def data_block(value: Any, name: str) -> SafeString:
    """The value as JSON in ``<script type="application/json" NAME>``; nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/json" {name}>{text}</script>')
