"""Cross-checks of the knowledge as a whole: what one file says about another must be true.

``load`` finds what is wrong within a table; here every id that is used must exist, every source cited must exist and
none stand unused, every question must be able to change something, and every id must have its sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from unknot import messages
from unknot.knowledge import rules
from unknot.knowledge.model import Knowledge, Quantity

KINDS_WITH_SOURCES = (
    "muscles", "questions", "conditions", "countries", "tools", "tool_models", "postures", "exercises", "modalities",
    "cautions", "claims", "day_loads",
)  # fmt: skip
# Answers that code reads by itself, not by a rule: they describe the person, one painful region or one press.
READ_DIRECTLY = frozenset({"person", "pain", "palpation"})


def faults(knowledge: Knowledge) -> list[str]:
    """One sentence per fault, empty when the knowledge hangs together."""
    return [
        *_regions(knowledge),
        *_muscles(knowledge),
        *_priors(knowledge),
        *_equipment(knowledge),
        *_advice(knowledge),
        *_sources(knowledge),
        *_reachable(knowledge),
        *_sentences(knowledge),
    ]


def _unknown(where: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    known = set(known)
    return (f"{where}: {id_} does not exist" for id_ in used if id_ not in known)


def _regions(knowledge: Knowledge) -> Iterator[str]:
    areas = {region.id for region in knowledge.regions.values() if region.shape == "area"}
    for region in knowledge.regions.values():
        where = f"region {region.id}"
        yield from _unknown(f"{where}, made_of", region.made_of, areas)
        yield from _unknown(f"{where}, neighbours", region.neighbours, areas - {region.id})
        for other in areas.intersection(region.neighbours):
            if region.id not in knowledge.regions[other].neighbours:
                yield f"{where}: names {other} as a neighbour, which does not name it back"
        if (region.shape == "area") is bool(region.made_of) or (region.shape == "area") is not bool(region.neighbours):
            yield f"{where}: an area has neighbours, a band or depth is made of areas, and neither both"


def _muscles(knowledge: Knowledge) -> Iterator[str]:
    answers = {id_: question.values for id_, question in knowledge.questions.items()}
    backgrounds = {
        *(id_ for id_, question in knowledge.questions.items() if question.type == "bool"),
        *knowledge.conditions,
        *(f"onset_event.{value}" for value in answers["onset_event"]),
    }
    for muscle in knowledge.muscles.values():
        where = f"muscle {muscle.id}"
        yield from _unknown(f"{where}, access", muscle.access, knowledge.access)
        yield from _unknown(f"{where}, exercises", muscle.exercises, knowledge.exercises)
        yield from _unknown(f"{where}, antagonists", muscle.antagonists, knowledge.muscles)
        yield from _unknown(f"{where}, worse_with", muscle.worse_with, answers["worse_with"])
        yield from _unknown(f"{where}, limited_movements", muscle.limited_movements, answers["limited_movements"])
        yield from _unknown(f"{where}, activities", muscle.activities, answers["activities"])
        yield from _unknown(f"{where}, background", muscle.background, backgrounds)
        for site in muscle.sites:
            place = f"site {site.id}"
            zones = [region.removesuffix("@contra").removesuffix("@both") for region in site.primary + site.secondary]
            yield from _unknown(place, [site.home, *zones], knowledge.regions)
            yield from _unknown(f"{place}, doubtful", site.doubtful, zones)
            if set(site.primary) & set(site.secondary):
                yield f"{place}: a region is primary and secondary at once"
    if len(knowledge.sites) != sum(len(muscle.sites) for muscle in knowledge.muscles.values()):
        yield "muscles: two sites have the same id"


def _priors(knowledge: Knowledge) -> Iterator[str]:
    for muscle in knowledge.muscles.values():
        for group, prior in muscle.priors.items():
            if prior.lo is None or prior.hi is None or not 0 <= prior.lo <= prior.hi <= 1:
                yield f"muscle {muscle.id}, priors.{group}: must have 0 <= lo <= hi <= 1"


def _equipment(knowledge: Knowledge) -> Iterator[str]:
    for access in knowledge.access.values():
        yield from _unknown(f"access {access.id}", [access.tool], knowledge.tools)
        yield from _unknown(f"access {access.id}, postures", access.postures, knowledge.postures)
        yield from _unknown(f"access {access.id}, unreached", access.unreached, access.postures)
        for name, homes in access.unreached.items():
            yield from _unknown(f"access {access.id}, unreached in {name}", homes, knowledge.regions)
    for model in knowledge.tool_models.values():
        yield from _unknown(f"tool_model {model.id}, tool", [model.tool], knowledge.tools)
    groups = {region.group for region in knowledge.regions.values()}
    for posture in knowledge.postures.values():
        yield from _unknown(f"posture {posture.id}, load_by_group", posture.load_by_group, groups)


def _advice(knowledge: Knowledge) -> Iterator[str]:
    """Cautions name modalities, modalities tools, and their conditions can be read."""
    words = rules.read_language(
        knowledge.safety["groups"], knowledge.questions, knowledge.conditions, knowledge.regions
    )
    for modality in knowledge.modalities.values():
        yield from _unknown(f"modality {modality.id}, tool", [modality.tool] if modality.tool else [], knowledge.tools)
        yield from _unknown(f"modality {modality.id}, claims", modality.claims, knowledge.claims)
        yield from _unreadable(words, modality.now_when, f"modality {modality.id}, now_when")
    for load in knowledge.day_loads.values():
        yield from _unknown(
            f"day_load {load.id}, activities", load.activities, knowledge.questions["activities"].values
        )
    for caution in knowledge.cautions.values():
        yield from _unknown(f"caution {caution.id}, modalities", caution.modalities, knowledge.modalities)
        yield from _unreadable(words, caution.when, f"caution {caution.id}, when")


def _unreadable(words: rules.Language, condition: Mapping[str, Any], where: str) -> Iterator[str]:
    if condition:
        try:
            words.parse(condition, where)
        except rules.RuleError as error:
            yield str(error)


def _sources(knowledge: Knowledge) -> Iterator[str]:
    cited: set[str] = set()
    for kind in KINDS_WITH_SOURCES:
        for id_, entry in getattr(knowledge, kind).items():
            cited_here = {*entry.sources, *(quantity.source for quantity in _quantities(entry))}
            if not entry.sources:
                yield f"{kind}, {id_}: cites no source"
            yield from _unknown(f"{kind}, {id_}, sources", sorted(cited_here), knowledge.sources)
            cited |= cited_here
    for name, table in (("safety", knowledge.safety), ("detect", knowledge.detect), ("dose", knowledge.dose)):
        cited_here = set(_cited(table))
        yield from _unknown(name, sorted(cited_here), knowledge.sources)
        cited |= cited_here
    yield from (f"source {id_}: nothing cites it" for id_ in sorted(knowledge.sources.keys() - cited))


def _quantities(value: Any) -> Iterator[Quantity]:
    if isinstance(value, Quantity):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _quantities(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _quantities(getattr(value, field.name))


def _cited(table: Any) -> Iterator[str]:
    """Every id under a ``source`` or ``sources`` key of plain tables."""
    if isinstance(table, Mapping):
        for key, value in table.items():
            if key == "source" and isinstance(value, str):
                yield value
            elif key == "sources" and isinstance(value, list):
                yield from value
            else:
                yield from _cited(value)
    elif isinstance(table, list):
        for entry in table:
            yield from _cited(entry)


def _words(table: Any) -> Iterator[str]:
    """Every key and every text value of plain tables."""
    if isinstance(table, Mapping):
        for key, value in table.items():
            yield key
            yield from _words(value)
    elif isinstance(table, list):
        for entry in table:
            yield from _words(entry)
    elif isinstance(table, str):
        yield table


def _reachable(knowledge: Knowledge) -> Iterator[str]:
    """A question or condition that no rule, gate, limit or parameter names would be asked for nothing.

    Exceptions say so themselves: a question may serve the advice (``plan`` reads it) or only the person's record.
    """
    named = {*_words(knowledge.safety), *_words(knowledge.detect), *_words(knowledge.dose)}
    named |= {fact for muscle in knowledge.muscles.values() for fact in muscle.background}
    for id_, question in knowledge.questions.items():
        if question.group not in READ_DIRECTLY and (id_ in named) != (question.serves == "rules"):
            what = "uses it" if question.serves == "rules" else f"may use it while it serves {question.serves}"
            yield f"question {id_}: no rule, gate or parameter {what}"
    yield from (f"condition {id_}: no rule uses it" for id_ in knowledge.conditions if id_ not in named)


def sentence_ids(knowledge: Knowledge) -> set[str]:
    """The message ids that the entries of this knowledge need."""
    muscles = knowledge.muscles.values()
    return {
        *(f"region.{id_}" for id_ in knowledge.regions),
        *(f"region_group.{region.group}" for region in knowledge.regions.values()),
        *(f"muscle.{id_}.{part}" for id_ in knowledge.muscles for part in ("name", "self_check", "runs", "does")),
        *(f"muscle.{muscle.id}.caution.{n}" for muscle in muscles for n in range(1, muscle.cautions + 1)),
        *(f"mimic.{id_}" for muscle in muscles for id_ in muscle.mimics),
        *(f"site.{id_}.where" for id_ in knowledge.sites),
        *(f"tool.{id_}" for id_ in knowledge.tools),
        *(f"tool_model.{id_}" for id_ in knowledge.tool_models),
        *(f"posture.{id_}" for id_ in knowledge.postures),
        *(f"exercise.{id_}.{part}" for id_ in knowledge.exercises for part in ("name", "how")),
        *(
            f"modality.{id_}.{part}"
            for id_ in knowledge.modalities
            for part in ("name", "text", "trials", "harms", "avoid")
        ),
        *(f"modality_kind.{modality.kind}" for modality in knowledge.modalities.values()),
        *(f"caution.{id_}" for id_ in knowledge.cautions),
        *(f"day_load.{id_}.{part}" for id_ in knowledge.day_loads for part in ("name", "text")),
        *(f"claim.{id_}.{part}" for id_ in knowledge.claims for part in ("says", "text", "measured")),
        *(f"claim_topic.{claim.topic}" for claim in knowledge.claims.values()),
        *(f"verdict.{claim.verdict}" for claim in knowledge.claims.values()),
        *(f"question.{id_}.ask" for id_ in knowledge.questions),
        *(f"condition.{id_}" for id_ in knowledge.conditions),
    }


def _sentences(knowledge: Knowledge) -> Iterator[str]:
    needed = sentence_ids(knowledge)
    have = messages.ids()
    yield from (f"message {id_}: is missing" for id_ in sorted(needed - have))
    kinds = (
        "tool_model",
        "region",
        "region_group",
        "muscle",
        "mimic",
        "site",
        "exercise",
        "caution",
        "day_load",
        "verdict",
    )
    ours = (*(f"{kind}." for kind in kinds), "modality", "claim")
    spare = sorted(id_ for id_ in have - needed if id_.startswith(ours))
    yield from (f"message {id_}: belongs to nothing" for id_ in spare)
