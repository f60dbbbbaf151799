"""What Unknot knows in general: frozen values read from the TOML files beside this module.

Sentences that people read are not here: they stand in ``unknot.messages`` under the ids that these values
carry (``region.<id>``, ``muscle.<id>.name``, ``site.<id>.where`` ...): a second language is a second catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Side = Literal["left", "right", "midline"]
Basis = Literal["measured", "published", "memory", "assumed", "proposal"]
"""How a figure is known: read in a source (measured, published), recalled and unchecked (memory), or ours."""

Level = Literal["emergency", "same_day", "provider", "self_care"]
AnswerType = Literal["bool", "number", "one_of", "many_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number or one interval with its unit, source, basis and the day it was last checked."""

    unit: str
    source: str
    basis: Basis
    date: str
    value: float | None = None
    lo: float | None = None
    hi: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from. ``lineage`` groups sources that copy each other: they count as one witness."""

    id: str
    citation: str
    seen: Literal["excerpt", "abstract", "full", "memory", "own"]
    lineage: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A named piece of the body surface. ``area`` regions tile the skin; bands and depths lie over areas."""

    id: str
    view: Literal["front", "back", "side", "top"]
    lateral: bool
    group: Literal["head", "neck", "shoulder_arm", "mid_back_chest", "low_back_buttock", "hip_leg"]
    shape: Literal["area", "band", "depth"] = "area"
    made_of: tuple[str, ...] = ()  # for band and depth: the area regions covered, on both sides for a band
    neighbours: tuple[str, ...] = ()  # area regions that share a border, same side


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A trigger site: where a tender spot is usually found, and the regions where pressing it is felt.

    Regions are on the muscle's own side unless written ``region@contra`` or ``region@both``.
    """

    id: str
    muscle: str
    home: str  # area region where one presses it, on the muscle's own side
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    pattern: Literal["independent", "published", "memory"] = "published"  # best support of the whole pattern
    doubtful: tuple[str, ...] = ()  # regions of this pattern on which texts disagree or that are rarely seen
    self_press: bool = True  # False: nobody presses here by himself, not even to look for the spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """One muscle (or muscle group) with its trigger sites and what is known of it."""

    id: str
    latin: str
    side_pairs: bool
    depth: Literal["superficial", "intermediate", "deep"]
    pressure_class: Literal["none_tool", "low", "medium", "high"]
    access: tuple[str, ...]  # ids of access.toml that can reach it; empty = not treated by oneself
    sites: tuple[Site, ...]
    worse_with: tuple[str, ...]  # values of answers.worse_with
    limited_movements: tuple[str, ...]  # of answers.limited_movements; left and right as for a RIGHT muscle
    activities: tuple[str, ...]  # values of answers.activities
    mimics: tuple[str, ...]
    exercises: tuple[str, ...]  # ids of exercises.toml: movement and strengthening
    priors: Mapping[str, Quantity]  # share of people with an active (or latent) spot, by group
    sources: tuple[str, ...]
    background: tuple[str, ...] = ()  # facts that raise the odds: a yes/no question, a condition, ``onset_event.X``
    antagonists: tuple[str, ...] = ()
    cautions: int = 0  # how many sentences ``muscle.<id>.caution.<n>`` (from 1) the catalogue holds
    uberon: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One fact that a Case may hold: its type, allowed values and group.

    The group says where it stands: ``person``, ``pain`` and ``palpation`` under those keys, every other under
    ``answers``.
    """

    id: str
    type: AnswerType
    group: str
    values: tuple[str, ...] = ()
    values_from: Literal["", "regions", "conditions", "tools"] = ""  # the ids of these become the values
    unit: str = ""
    min: float | None = None
    max: float | None = None
    exclusive: tuple[str, ...] = ()  # values of a many_of that cannot stand beside another ("none" ...)
    serves: Literal["rules", "advice", "record"] = "rules"  # rules and parameters, plan code, or only the record
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A lasting fact about the person (``person.conditions``). ``group`` is the page on which it is asked."""

    id: str
    group: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A way of reaching a muscle: one tool and the postures in which it is used so (``ball_wall`` ...).

    unreached: posture -> regions of the skin that it does not reach this way.
    """

    id: str
    tool: str
    postures: tuple[str, ...]
    unreached: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def postures_at(self, home: str) -> tuple[str, ...]:
        """The postures that reach a region of the skin."""
        return tuple(posture for posture in self.postures if home not in self.unreached.get(posture, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Something to press with. Geometry values are sourced or marked as assumed."""

    id: str
    soft: bool
    contact_radius_mm: Quantity | None = None
    contact_area_cm2: Quantity | None = None
    hardness_shore_a: Quantity | None = None
    base_height_mm: Quantity | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolModel:
    """One thing that people own, with its sizes; ``tool_models.toml`` explains the fields. ``tool``: used like this."""

    id: str
    tool: str
    shape: Literal["ball", "dome", "two_tips", "roller", "flat"]
    radius_mm: Quantity
    height_mm: Quantity | None = None  # none: it does not lie below the body
    hardness_shore_a: Quantity | None = None
    gives_n_per_mm: Quantity | None = None
    length_mm: Quantity | None = None
    gap_mm: Quantity | None = None
    recess_mm: Quantity | None = None
    base_radius_mm: Quantity | None = None
    base_width_mm: Quantity | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posture:
    """A position of the body during a hold, with the load that it puts on a tool of about 63 mm.

    ``load`` is a share of body weight (unit ``body_weight``) or a force (unit ``N``): value is the middle, lo and
    hi what the source gives, ``spread`` what it leaves out. ``load_by_group`` has better figures by region group.
    """

    id: str
    on_floor: bool
    spread: float  # factor: P95 / P50 of the force in this posture
    load: Quantity
    load_by_group: Mapping[str, Quantity] = field(default_factory=dict)
    lying: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """How much and how often: hold_s, repeats, sets, per_week, minutes, minutes_between, weeks."""

    id: str
    amounts: Mapping[str, Quantity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A movement or strengthening exercise that ends a session or stands in the weekly programme."""

    id: str
    kind: Literal["stretch", "strength", "movement"]
    muscles: tuple[str, ...]  # those that name it; none = for everybody
    regimen: str
    dose: Mapping[str, Quantity]  # the amounts of its regimen
    on_floor: bool = False
    lying: bool = False  # in bed
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """One way of dealing with the pain and its evidence; ``modalities.toml`` explains the fields."""

    id: str
    kind: Literal["movement", "self", "hands", "needle"]
    grade: Literal["A", "B", "C", "D", "unsupported"]
    date: str
    sources: tuple[str, ...]
    claims: tuple[str, ...] = ()  # what is said about it: ids of claims.toml
    tool: str = ""  # id of tools.toml: pressing with this one
    now_when: Mapping[str, Any] = field(default_factory=dict)
    recalled: tuple[Literal["text", "trials", "harms", "avoid"], ...] = ()
    checked_in_full: bool = False  # true once a person has read the sources themselves, not their abstracts


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A fact about the person that speaks against some modalities, or for asking first."""

    id: str
    modalities: tuple[str, ...]
    effect: Literal["ask", "not"]
    when: Mapping[str, Any]
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLoad:
    """Activities that load the same muscles in the same way (``Muscle.activities`` says which muscles)."""

    id: str
    kind: Literal["movement", "posture"]
    activities: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim in circulation with the verdict on it. ``date``: the day on which its sources were looked up.

    ``recalled``: which of its sentences hold something recalled and not yet seen in a source.
    """

    id: str
    topic: Literal["relief", "explanation", "pressing", "needles", "others", "prevention"]
    verdict: Literal["supported", "plausible", "uncertain", "unsupported", "contradicted"]
    grade: Literal["A", "B", "C", "D", "unsupported"]
    date: str
    sources: tuple[str, ...]
    recalled: tuple[Literal["text", "measured"], ...] = ()
    checked_in_full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The number that calls an ambulance in one country (ISO 3166 code as id)."""

    id: str
    ambulance: str
    basis: Basis
    date: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything that was read, by id, plus the content hash that is stored with every assessment.

    ``safety`` holds the rule documents of ``knowledge/safety/*.toml`` as plain tables by file name; the rule
    language (``unknot.knowledge.rules``) has checked them, ``unknot.safety`` compiles and evaluates them.
    """

    content_hash: str
    sources: Mapping[str, Source]
    regions: Mapping[str, Region]
    muscles: Mapping[str, Muscle]
    sites: Mapping[str, Site]
    questions: Mapping[str, Question]
    conditions: Mapping[str, Condition]
    access: Mapping[str, Access]
    tools: Mapping[str, Tool]
    tool_models: Mapping[str, ToolModel]
    postures: Mapping[str, Posture]
    regimens: Mapping[str, Regimen]
    exercises: Mapping[str, Exercise]
    modalities: Mapping[str, Modality]
    cautions: Mapping[str, Caution]
    claims: Mapping[str, Claim]
    day_loads: Mapping[str, DayLoad]
    countries: Mapping[str, Country] = field(default_factory=dict)
    safety: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    detect: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # tables of detect/*.toml by file name
    dose: Mapping[str, Any] = field(default_factory=dict)  # caps and protocol figures (knowledge/dose.toml)
