"""The vocabulary as plain rows, ready for JSON: what other programs and the command line may say in a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

from unknot.knowledge.model import (
    Claim,
    Exercise,
    Knowledge,
    Modality,
    Muscle,
    Quantity,
    Question,
    Region,
    Site,
    Source,
    Tool,
    ToolModel,
)
from unknot.messages import render

Row = dict[str, Any]


def listing(knowledge: Knowledge, kind: str) -> list[Row]:
    """One row per entry with ``id``, ``label`` and, where it applies, the allowed values.

    ``kind`` is regions, muscles, sites, tools, questions, conditions, exercises, modalities, claims or sources;
    anything else is a KeyError.
    """
    make = _ROWS[kind]
    return [make(knowledge, id_) for id_ in getattr(knowledge, kind)]


def _region(knowledge: Knowledge, id_: str) -> Row:
    region: Region = knowledge.regions[id_]
    return {
        "id": id_,
        "label": render(f"region.{id_}"),
        "sides": ["left", "right"] if region.lateral else ["midline"],
        "view": region.view,
        "group": region.group,
        "shape": region.shape,
        "made_of": list(region.made_of),
        "neighbours": list(region.neighbours),
    }


def _muscle(knowledge: Knowledge, id_: str) -> Row:
    muscle: Muscle = knowledge.muscles[id_]
    return {
        "id": id_,
        "label": render(f"muscle.{id_}.name"),
        "latin": muscle.latin,
        "sides": ["left", "right"] if muscle.side_pairs else ["midline"],
        "sites": [site.id for site in muscle.sites],
        "access": list(muscle.access),
        "exercises": list(muscle.exercises),
        "uberon": list(muscle.uberon),
        "sources": list(muscle.sources),
    }


def _site(knowledge: Knowledge, id_: str) -> Row:
    site: Site = knowledge.sites[id_]
    return {
        "id": id_,
        "label": render(f"site.{id_}.where"),
        "muscle": site.muscle,
        "home": site.home,
        "primary": list(site.primary),
        "secondary": list(site.secondary),
        "doubtful": list(site.doubtful),
        "self_press": site.self_press,
    }


def _tool(knowledge: Knowledge, id_: str) -> Row:
    tool: Tool = knowledge.tools[id_]
    access = [way for way in knowledge.access.values() if way.tool == id_]
    return {
        "id": id_,
        "label": render(f"tool.{id_}"),
        "soft": tool.soft,
        "postures": list(dict.fromkeys(posture for way in access for posture in way.postures)),
        "models": [_model(model) for model in knowledge.tool_models.values() if model.tool == id_],
    }


def _model(model: ToolModel) -> Row:
    """A thing that people own, with every size that is known of it: value or lo and hi, unit, basis, source."""
    sizes = {field.name: getattr(model, field.name) for field in fields(model)}
    return {
        "id": model.id,
        "label": render(f"tool_model.{model.id}"),
        "shape": model.shape,
        "sizes": {name: asdict(size) for name, size in sizes.items() if isinstance(size, Quantity)},
    }


def _question(knowledge: Knowledge, id_: str) -> Row:
    question: Question = knowledge.questions[id_]
    row: Row = {"id": id_, "label": render(f"question.{id_}.ask"), "type": question.type, "group": question.group}
    if question.type == "number":
        row |= {"unit": question.unit, "min": question.min, "max": question.max}
    if question.values:
        prefix = {"": f"answer.{id_}", "regions": "region", "conditions": "condition", "tools": "tool"}
        where = prefix[question.values_from]
        row["values"] = [{"id": value, "label": render(f"{where}.{value}")} for value in question.values]
    return row


def _condition(knowledge: Knowledge, id_: str) -> Row:
    return {"id": id_, "label": render(f"condition.{id_}"), "group": knowledge.conditions[id_].group}


def _exercise(knowledge: Knowledge, id_: str) -> Row:
    exercise: Exercise = knowledge.exercises[id_]
    return {
        "id": id_,
        "label": render(f"exercise.{id_}.name"),
        "kind": exercise.kind,
        "how": render(f"exercise.{id_}.how"),
        "on_floor": exercise.on_floor,
        "lying": exercise.lying,
        "muscles": list(exercise.muscles),
    }


def _modality(knowledge: Knowledge, id_: str) -> Row:
    modality: Modality = knowledge.modalities[id_]
    return {
        "id": id_,
        "label": render(f"modality.{id_}.name"),
        "kind": modality.kind,
        "grade": modality.grade,
        **{part: render(f"modality.{id_}.{part}") for part in ("text", "trials", "harms", "avoid")},
        "recalled": list(modality.recalled),
        "checked_in_full": modality.checked_in_full,
        "date": modality.date,
        "sources": list(modality.sources),
        "cautions": [
            {
                "effect": one.effect,
                "text": render(f"caution.{one.id}"),
                "basis": one.basis,
                "sources": list(one.sources),
            }
            for one in knowledge.cautions.values()
            if id_ in one.modalities
        ],
    }


def _claim(knowledge: Knowledge, id_: str) -> Row:
    claim: Claim = knowledge.claims[id_]
    return {
        "id": id_,
        "label": render(f"claim.{id_}.says"),
        "topic": claim.topic,
        "verdict": claim.verdict,
        "grade": claim.grade,
        "text": render(f"claim.{id_}.text"),
        "measured": render(f"claim.{id_}.measured"),
        "recalled": list(claim.recalled),
        "checked_in_full": claim.checked_in_full,
        "date": claim.date,
        "sources": list(claim.sources),
    }


def _source(knowledge: Knowledge, id_: str) -> Row:
    source: Source = knowledge.sources[id_]
    row: Row = {"id": id_, "label": source.citation, "seen": source.seen}
    return row | ({"lineage": source.lineage} if source.lineage else {}) | ({"url": source.url} if source.url else {})


_ROWS: dict[str, Callable[[Knowledge, str], Row]] = {
    "regions": _region,
    "muscles": _muscle,
    "sites": _site,
    "tools": _tool,
    "questions": _question,
    "conditions": _condition,
    "exercises": _exercise,
    "modalities": _modality,
    "claims": _claim,
    "sources": _source,
}
