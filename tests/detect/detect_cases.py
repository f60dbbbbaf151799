"""Cases for the detector: a short way to write one, a strategy that draws them, and the mirror image of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from unknot.case import Case, PainArea, Person, Press
from unknot.detect.network import mirrored, network_of
from unknot.knowledge import load

KNOWLEDGE = load()
NETWORK = network_of(KNOWLEDGE)
_OTHER = {"left": "right", "right": "left", "midline": "midline"}


def a_case(*pain: PainArea, presses: tuple[Press, ...] = (), **answers: Any) -> Case:
    return Case(person=Person(age=44), pain=pain, answers=answers, palpation=presses)


def pain(region: str, side: str, intensity: float | None = 5.0, coverage: float | None = 0.8) -> PainArea:
    return PainArea(region=region, side=side, intensity=intensity, coverage=coverage)  # type: ignore[arg-type]


@st.composite
def cases(draw: st.DrawFn, most_regions: int = 5) -> Case:
    """A complaint in one part of the body, with some answers and presses; anything may be missing or not sure."""
    groups = sorted({region.group for region in KNOWLEDGE.regions.values()})
    group = draw(st.sampled_from(groups))
    places = [place for place in NETWORK.tiles if KNOWLEDGE.regions[place[0]].group == group]
    share = st.none() | st.floats(0, 1)
    areas = [
        PainArea(
            region=region,
            side=side,
            intensity=draw(st.none() | st.integers(0, 10)),
            coverage=draw(share),
            qualities=draw(st.none() | st.just(()) | st.just(("burning",)) | st.just(("aching", "dull"))),
        )
        for region, side in draw(st.lists(st.sampled_from(places), max_size=most_regions, unique=True))
    ]
    answers: dict[str, Any] = {}
    for question in ("worse_with", "limited_movements", "activities"):
        values = sorted(KNOWLEDGE.questions[question].values)
        said = draw(st.none() | st.lists(st.sampled_from(values), max_size=3, unique=True))
        if said is not None:
            answers[question] = tuple(said)
    bools = sorted({r.question for r in NETWORK.parameters.readings if r.test == "is" and r.question})
    for question in draw(st.lists(st.sampled_from(bools), max_size=3, unique=True)):
        answers[question] = draw(st.sampled_from([True, False, None]))
    presses = [
        Press(
            site=site,
            side=side,
            tender=draw(st.sampled_from([True, False, None])),
            familiar=draw(st.sampled_from([True, False, None])),
            spreads_to=draw(st.none() | st.just(()) | st.just((areas[0].region if areas else "shin",))),
        )
        for site, side in draw(st.lists(st.sampled_from(list(NETWORK.sites)), max_size=2, unique=True))
    ]
    return Case(person=Person(age=44), pain=tuple(areas), answers=answers, palpation=tuple(presses))


def mirror(case: Case) -> Case:
    answers = dict(case.answers)
    if isinstance(answers.get("limited_movements"), tuple):
        answers["limited_movements"] = tuple(mirrored(value) for value in answers["limited_movements"])
    return replace(
        case,
        pain=tuple(replace(area, side=_OTHER[area.side]) for area in case.pain),
        answers=answers,
        palpation=tuple(replace(press, side=_OTHER[press.side]) for press in case.palpation),
    )
