"""A kept session script (``unknot.session/1``) as the player and the page read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from unknot.messages import catalogue, render


def player_words() -> dict[str, str]:
    """Every sentence that the player says by itself."""
    return {id: template for id, template in catalogue().items() if id.startswith("player.")}


def title(script: Mapping[str, Any]) -> str:
    """Muscle, side and tool."""
    return render(*_named("session.title", script, tool=f"@tool.{script['tool']}"))


def where(script: Mapping[str, Any]) -> str:
    """Muscle and side."""
    return render(*_named("app_progress.past.where", script))


def steps_in_words(script: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps for reading: kind, sentences, seconds, comfort. Steps of one kind without pressure are told as one."""
    told: list[dict[str, Any]] = []
    for step in script["steps"]:
        kind, seconds = render(f"session.kind.{step['kind']}"), round(step["duration_s"])
        if told and told[-1]["kind"] == kind and step["comfort"] is None and told[-1]["comfort"] is None:
            told[-1] |= {"text": f"{told[-1]['text']} {step['text']}", "seconds": told[-1]["seconds"] + seconds}
        else:
            told.append({**step, "kind": kind, "seconds": seconds})
    return told


def minutes(script: Mapping[str, Any]) -> int:
    """How long the whole session takes."""
    return max(1, round(sum(step["duration_s"] for step in script["steps"]) / 60))


def _named(id: str, script: Mapping[str, Any], **more: str) -> tuple[str, dict[str, str]]:
    full = f"{id}_midline" if script["side"] == "midline" else id
    return full, {"muscle": f"@muscle.{script['muscle']}.name", "side": f"@side.{script['side']}", **more}
