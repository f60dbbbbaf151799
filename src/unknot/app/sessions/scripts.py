"""A session script as the record keeps it (ids with parameters), and as the player and the page read it (sentences)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from unknot.messages import catalogue, render
from unknot.script import Session, Text


def script_document(script: Session) -> dict[str, Any]:
    """The script as JSON values."""
    return asdict(script)


def text_of(document: Mapping[str, Any]) -> Text:
    """A text with its parameters, as it was before it was kept."""
    return Text(id=document["id"], params={key: _revived(value) for key, value in document["params"].items()})


def sentence(document: Mapping[str, Any]) -> str:
    """The sentence of a kept text."""
    text = text_of(document)
    return render(text.id, text.params)


def _revived(value: Any) -> Any:
    if isinstance(value, Mapping):
        return text_of(value)
    if isinstance(value, list | tuple):
        return [_revived(item) for item in value]
    return value


def player_script(script: Mapping[str, Any]) -> dict[str, Any]:
    """What the player in the browser reads."""
    return {
        "schema": script["schema"],
        "expires_at": script["expires_at"],
        "steps": [
            {
                "kind": step["kind"],
                "duration_s": step["duration_s"],
                "text": sentence(step["text"]),
                "cue": step["cue"],
                "comfort": step["comfort"],
            }
            for step in script["steps"]
        ],
    }


def player_words() -> dict[str, str]:
    """Every sentence that the player says by itself."""
    return {id: template for id, template in catalogue().items() if id.startswith("player.")}


def steps_in_words(script: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps for reading: kind, sentence, seconds, comfort."""
    return [
        {
            "kind": render(f"session.kind.{step['kind']}"),
            "text": sentence(step["text"]),
            "seconds": round(step["duration_s"]),
            "comfort": step["comfort"],
        }
        for step in script["steps"]
    ]


def title(script: Mapping[str, Any]) -> str:
    """Muscle, side and tool."""
    id = "session.title_midline" if script["side"] == "midline" else "session.title"
    named = {"muscle": f"@muscle.{script['muscle']}.name", "tool": f"@tool.{script['tool']}"}
    return render(id, {**named, "side": f"@side.{script['side']}"})
