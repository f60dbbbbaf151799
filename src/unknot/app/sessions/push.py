"""How hard a set-up pushes, for the page where the person sets up: the words first, the figures one tap deeper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from unknot.app.cases.state import CaseState
from unknot.app.sessions.spot import SetUp, placing
from unknot.dose import Body, Dose, Last, estimate_dose, measured_force, planned_dose
from unknot.dose.load import LoadStep, load_steps
from unknot.knowledge.model import Knowledge
from unknot.plan.steps import GRAVITY
from unknot.script import Text
from unknot.track.tolerated import last_dose, told, tolerance

WORDS = ("light", "moderate", "strong")
LARGER = 1.6  # how much larger the larger ball of the list is
FIGURES = {
    "force_n": "force_name",
    "mean_pressure_kpa": "pressure_name",
    "peak_pressure_kpa": "peak_name",
    "contact_area_cm2": "area_name",
    "muscle_surface_kpa": "surface_name",
    "mid_muscle_kpa": "middle_name",
}
EXPLAIN = ("how", "band", "compare", "gentler")


@dataclass(frozen=True, slots=True)
class Push:
    """What the page shows. ``words``: the three, and which holds. ``weighed``: what a reading of a scale means."""

    words: tuple[tuple[str, bool], ...]
    relative: Text | None
    why: Text | None
    changes: tuple[Text, ...]
    weighed: tuple[Text, ...]
    reach: Text | None
    figures: tuple[Text, ...]
    flags: tuple[str, ...]
    borne: tuple[Text, ...]
    kept_kg: float | None  # the reading, where this session may have that much
    explain: tuple[str, ...] = tuple(f"dose.explain.{name}" for name in EXPLAIN)


def push(state: CaseState, made: SetUp, scale_kg: float | None = None) -> Push:
    """The push of a set-up; with ``scale_kg`` also what that reading of a household scale would do."""
    assert state.case is not None
    site, knowledge = made.spot.site, state.knowledge
    person = state.case.person
    body = Body(mass_kg=person.mass_kg, height_cm=person.height_cm, sex=person.sex)
    last = last_dose(state.history, knowledge, (site, made.spot.side))
    dose = _estimate(made, body, last, knowledge)
    return Push(
        words=tuple((word, word == dose.gentleness) for word in WORDS),
        relative=_relative(dose),
        why=made.script.load_because,
        changes=tuple(_changes(made, body, knowledge)),
        weighed=() if scale_kg is None else _weighed(made, body, last, scale_kg, knowledge),
        reach=Text(id=f"app_sessions.push.reach.{dose.reach}") if dose.reach else None,
        figures=tuple(_figures(dose)),
        flags=dose.flags,
        kept_kg=scale_kg if scale_kg is not None and scale_kg <= _most_kg(made, body, knowledge) else None,
        borne=told(tolerance(state.history, site, made.spot.side, body, knowledge)),
    )


def _estimate(made: SetUp, body: Body, last: Last | None, knowledge: Knowledge, force_n: float | None = None) -> Dose:
    option = made.reach.fit.option
    return estimate_dose(
        option.tool,
        made.spot.site,
        option.posture,
        mass_kg=body.mass_kg,
        height_cm=body.height_cm,
        sex=body.sex,
        load=None if force_n is not None else made.script.load,
        force_n=force_n,
        last=last,
        knowledge=knowledge,
    )


def _relative(dose: Dose) -> Text | None:
    ratio = dose.relative_to_last
    if ratio is None:
        return None
    if ratio.p05 <= 1 <= ratio.p95 and 0.8 <= ratio.p50 <= 1.25:
        return Text(id="app_sessions.push.same")
    name = "more" if ratio.p50 > 1 else "less"
    params = {key: f"{float(f'{getattr(ratio, key):.2g}'):g}" for key in ("p05", "p50", "p95")}
    return Text(id=f"app_sessions.push.{name}", params=params)


def _changes(made: SetUp, body: Body, knowledge: Knowledge) -> Iterator[Text]:
    """What would make it gentler, and by how much: each worked out with the same model."""
    option, site, now = made.reach.fit.option, made.spot.site, made.reach.fit.dose
    steps = load_steps(option.access, option.posture, site, knowledge)
    step = next((one for one in steps if one.id == made.script.load), None)
    if step is None:
        return

    def tried(posture: str, one: LoadStep, **given: object) -> Dose:
        return planned_dose(option.access, site, posture, one, body=body, knowledge=knowledge, **given)  # type: ignore[arg-type]

    found: list[tuple[str, Dose]] = []
    if step is not steps[0]:
        found.append(("step", tried(option.posture, steps[0])))
    if step.lying:
        found += [(ground, tried(option.posture, step, surface=ground)) for ground in ("mat", "bed")]
    ball = knowledge.tools[option.tool].contact_radius_mm
    if option.tool == "massage_ball" and ball is not None and ball.lo is not None and ball.hi is not None:
        found.append(("ball", tried(option.posture, step, radius_mm=LARGER * (ball.lo + ball.hi) / 2)))
    on_floor = knowledge.postures[option.posture].on_floor
    for way in made.others if on_floor else ():
        if way.fit.option.tool == option.tool and way.fit.option.posture == "wall_lean":
            found.append(("wall", way.fit.dose))
    for name, dose in found:
        yield from _change(name, dose.mean_pressure_kpa.p50 / now.mean_pressure_kpa.p50)


def _change(name: str, ratio: float) -> Iterator[Text]:
    """One line of the list; what would hardly change anything, or press harder, is left out."""
    if ratio < 0.9:
        word = "third" if ratio > 0.6 else "half" if ratio > 0.4 else "much"
        how = f"@app_sessions.push.{'little' if ratio > 0.8 else word}"
        yield Text(id=f"app_sessions.push.change.{name}", params={"how": how})


def _weighed(made: SetUp, body: Body, last: Last | None, scale_kg: float, knowledge: Knowledge) -> tuple[Text, ...]:
    """What a reading of the scale means here. Raises DoseError for a weight that no scale shows."""
    dose = _estimate(made, body, last, knowledge, measured_force(scale_kg * GRAVITY, knowledge=knowledge).median)
    most = _most_kg(made, body, knowledge)
    if scale_kg > most:
        return (Text(id="app_sessions.push.too_much", params={"n": _kg(scale_kg), "hi": _kg(most)}),)
    word = {"n": _kg(scale_kg), "word": f"@gentleness.{dose.gentleness}"}
    relative = _relative(dose)
    return (Text(id="app_sessions.push.weighed", params=word), *([relative] if relative else []))


def _most_kg(made: SetUp, body: Body, knowledge: Knowledge) -> float:
    """The largest reading for this session: what its first page names, or less where a weighed force of that size would
    press beyond the cap. Pressure rises with force, so steps of a tenth find it."""
    most = placing(made.script)[2].hi
    while not _under_cap(made, body, most, knowledge):
        most *= 0.9
    return most


def _under_cap(made: SetUp, body: Body, kilograms: float, knowledge: Knowledge) -> bool:
    pressure = _estimate(made, body, None, knowledge, kilograms * GRAVITY).mean_pressure_kpa
    return pressure.p95 <= made.reach.fit.option.cap_kpa


def _figures(dose: Dose) -> Iterator[Text]:
    for name, what in FIGURES.items():
        band = getattr(dose, name)
        if band is not None:
            values = {key: f"{float(f'{getattr(band, key):.2g}'):g}" for key in ("p05", "p50", "p95")}
            yield Text(id="cli.dose.band", params={"what": f"@cli.dose.{what}", "unit": band.unit, **values})


def _kg(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
