"""What every page may show."""

from typing import Any

from django.http import HttpRequest

from unknot.app.shell import offline


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"theme": request.COOKIES.get("unknot_theme", ""), "version": offline.version()}
