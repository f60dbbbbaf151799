"""What every page may show."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"theme": request.COOKIES.get("unknot_theme", "")}
