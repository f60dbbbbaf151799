"""Spots and ways of a routine in words, and what can be chosen when one is built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from unknot.dose.load import load_steps
from unknot.dose.own import MEASURES, OwnTool
from unknot.knowledge import Knowledge, load
from unknot.messages import render
from unknot.record.routine import Item
from unknot.safety.sites import site_plans


@dataclass(frozen=True, slots=True)
class Way:
    """A tool in a position that brings it to a spot, whoever asks."""

    tool: str
    posture: str
    own: OwnTool | None = None  # a tool of the person's own that is used like ``tool``

    @property
    def key(self) -> str:
        return "|".join((self.tool, self.posture, *([self.own.name] if self.own else [])))

    @property
    def words(self) -> str:
        tool = self.own.name if self.own else f"@tool.{self.tool}"
        return render("app_sessions.choose.way", {"tool": tool, "posture": f"@posture.{self.posture}"})

    @property
    def described(self) -> dict[str, object] | None:
        """The measures that go into a routine; its name stays with the person."""
        return {name: getattr(self.own, name) for name in MEASURES} if self.own else None


def item_words(item: Item) -> str:
    """One item in a line."""
    params = {
        "muscle": f"@muscle.{load().sites[item.site].muscle}.name",
        "tool": f"@tool.{item.tool}",
        "posture": f"@posture.{item.posture}",
    }
    if item.side == "midline":
        return render("routine.item_midline", params)
    return render("routine.item", {**params, "side": f"@side.{item.side}"})


def spot_choices(knowledge: Knowledge) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every spot that anybody may press, by part of the body: id and words."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for id, plan in site_plans(knowledge).items():
        if plan.access:
            name = render(f"region_group.{knowledge.regions[plan.site.home].group}")
            muscle = render(f"muscle.{plan.site.muscle}.name")
            words = f"{muscle[:1].upper()}{muscle[1:]}: {render(f'site.{id}.where')}"
            groups.setdefault(name, []).append((id, words))
    return [(name, sorted(choices, key=lambda one: one[1])) for name, choices in groups.items()]


def sides_of(site: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The sides that a spot has; () for one that nobody presses."""
    plan = site_plans(knowledge).get(site)
    if plan is None or not plan.access:
        return ()
    return ("left", "right") if knowledge.muscles[plan.site.muscle].side_pairs else ("midline",)


def ways(site: str, knowledge: Knowledge, owned: Iterable[OwnTool] = ()) -> list[Way]:
    """Every tool and position that reach a spot; the person's own tools where the one they are used like goes."""
    found = [
        Way(knowledge.access[access].tool, posture)
        for access in site_plans(knowledge)[site].access
        for posture in knowledge.access[access].postures
        if load_steps(access, posture, site, knowledge)
    ]
    listed = list(dict.fromkeys(found))
    mine = [Way(way.tool, way.posture, own) for own in owned for way in listed if own.made().id == way.tool]
    return mine + listed
