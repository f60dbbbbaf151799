"""Every text that people read, by place: sentences, documents, templates, the command line's help, metadata."""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from unknot import messages
from unknot.cli import parser

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "src" / "unknot" / "app").rglob("templates/**/*.html"))
_CODE = re.compile(r"```.*?```|`[^`]*`|<!--.*?-->", re.DOTALL)
_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_ATTRIBUTES = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")


def texts() -> Iterator[tuple[str, str]]:
    """(place, text) of everything that is checked for its words."""
    yield from ((f"messages/{id}", text) for id, text in messages.catalogue().items())
    yield from documents()
    yield from ((f"templates/{path.name}", literal) for path in TEMPLATES if (literal := literal_words(path)))
    yield from (("command line", text) for text in _help(parser()))
    yield from metadata()


def documents() -> Iterator[tuple[str, str]]:
    """Each paragraph of each document, without its code."""
    for path in sorted(
        [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "tests" / "scenarios" / "README.md"]
    ):
        plain = _CODE.sub(" ", path.read_text(encoding="utf-8"))
        yield from ((str(path.relative_to(ROOT)), " ".join(part.split())) for part in re.split(r"\n\s*\n", plain))


def metadata() -> Iterator[tuple[str, str]]:
    """What package indexes and browsers show."""
    yield "metadata/pyproject", tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["description"]
    yield "metadata/ui", json.loads((ROOT / "ui" / "package.json").read_text())["description"]
    for path in sorted((ROOT / "src").rglob("*.webmanifest")):
        yield f"metadata/{path.name}", path.read_text(encoding="utf-8")


def literal_words(path: Path) -> str:
    """The words that a template says by itself: outside tags, and in the attributes that are read out."""
    source = _TAGS.sub(" ", path.read_text(encoding="utf-8"))
    source = re.sub(r"<(script|style)\b.*?</\1>", " ", source, flags=re.DOTALL)
    said = [*_ATTRIBUTES.findall(source), re.sub(r"<[^>]*>", " ", source)]
    return " ".join(" ".join(said).split())


def _help(command: argparse.ArgumentParser) -> Iterator[str]:
    yield command.description or ""
    for action in command._actions:
        yield action.help or ""
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help or "" for choice in action._choices_actions)
            for inner in action.choices.values():
                yield from _help(inner)
