"""The dose estimate (``unknot.dose/1``): force, pressure on the skin and stress in the muscle, each as an honest band.

Force from the position and the body mass, or from a household scale; layers from the place and the build of the person;
pressure and stress from the surrogate of the reference solver, over one fixed sample of all that is not known: the same
input always gives the same answer. It compares set-ups. It does not know what a person can bear.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from math import isfinite, log1p, sqrt
from typing import Any

import numpy as np

from unknot.dose import points
from unknot.dose.bands import Band, LogNormal
from unknot.dose.checks import DoseError, access_for, known, number
from unknot.dose.described import height_of, tool_named
from unknot.dose.dose import Dose, Felt, Last, flags_of, gentleness, reach_of
from unknot.dose.face import Face, face_of
from unknot.dose.layers import Body, place_name, tissue_of
from unknot.dose.load import LoadStep, force_of, load_steps, surface_of
from unknot.dose.points import Array, band_of, first_order, normals
from unknot.dose.press import press
from unknot.knowledge.model import Knowledge, Tool
from unknot.safety.compiled import once

PERCUSSION, GUN = "gun", "massage_gun"  # the access and the tool whose blows a static model does not know
REMEMBERED = 4096
REPEAT_SPREAD = 1.2  # P95 / P50 of the force when somebody takes up the same position again [proposal]
PARTED = ("mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa", "mid_muscle_kpa")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """One way of pressing one spot with everything known about its load: what is evaluated."""

    access: str
    site: str
    posture: str
    step: LoadStep | None  # None = measured
    face: Face
    force: LogNormal  # the whole force; where mass is unknown it holds that too
    parts: dict[str, float]  # standard deviation of the logarithm of the force by input
    body: Body


def estimate_dose(
    tool: str | Tool,
    site: str,
    posture: str,
    *,
    mass_kg: float | None = None,
    height_cm: float | None = None,
    sex: str | None = None,
    pinch_mm: float | None = None,
    force_n: float | None = None,
    force_sd: float | None = None,
    load: str | None = None,
    surface: str | None = None,
    radius_mm: float | None = None,
    duration_s: float | None = None,
    last: Last | None = None,
    knowledge: Knowledge | None = None,
) -> Dose:
    """The dose of ``tool`` on ``site`` in ``posture``. ``tool``: an id of tools.toml or of tool_models.toml, or
    what ``describe_tool`` made.

    ``force_n`` +- ``force_sd`` (newtons) is a force measured on a household scale and replaces the position table;
    without ``force_sd`` 10 % is taken. ``load`` names the load step; without it the fullest of the posture is taken,
    so that the estimate is never below what letting go would give. ``surface`` (floor, mat, bed) applies to the
    postures on the floor. ``radius_mm`` replaces the tool's own face by a ball of that radius. ``mass_kg``,
    ``height_cm`` and ``sex`` (female, male) give the thickness of fat, which ``pinch_mm`` (a skin fold at the spot)
    overrides; what is not told widens the band. ``duration_s`` adds the impulse, ``last`` the ratio to a comfortable
    session of before. Raises DoseError naming the field.
    """
    if knowledge is None:
        from unknot.knowledge import load as load_knowledge

        knowledge = load_knowledge()
    the_tool = tool_named("tool", tool, knowledge)
    known("site", site, knowledge.sites)
    known("posture", posture, knowledge.postures)
    access = access_for(the_tool.id, site, posture, knowledge)
    if radius_mm is not None:
        number("radius_mm", radius_mm, knowledge.dose["contact"]["radius_allowed"])
    body = _body(mass_kg, height_cm, sex, pinch_mm, knowledge)
    if duration_s is not None:
        number("duration_s", duration_s, knowledge.dose["contact"]["duration_allowed"])
    if force_n is None and force_sd is not None:
        raise DoseError("force_sd", "is the spread of a measured force: give force_n too")
    step = None
    if force_n is not None:
        force = measured_force(force_n, force_sd, knowledge=knowledge)
        parts = {"force": force.log_sd}
    else:
        height = _height(None if the_tool is knowledge.tools.get(the_tool.id) else the_tool, radius_mm)
        step = _step(_steps(access, posture, site, height, knowledge), load)
        force, parts = _estimated(step, body, surface, knowledge)
    face = face_of(the_tool, knowledge.dose["contact"], radius_mm)
    if face is None:
        raise DoseError("radius_mm", f"is needed: the face of {the_tool.id} is not in the catalogue")
    made = SetUp(access=access, site=site, posture=posture, step=step, face=face, force=force, parts=parts, body=body)
    felt, samples, layers = _felt(made, points.COUNT, knowledge)
    shares = _shares(made, layers, samples)
    ratio = None if last is None else _ratio(made, last, samples, knowledge)
    return replace(
        _dose(made, felt, knowledge),
        drivers=shares.pop("mean_pressure_kpa"),
        drivers_of=shares,
        impulse_n_s=None if duration_s is None else (force * LogNormal(duration_s)).band("N s"),
        relative_to_last=ratio,
        last=None if ratio is None else last,
    )


def planned_dose(
    access: str,
    site: str,
    posture: str,
    step: LoadStep,
    *,
    body: Body,
    knowledge: Knowledge,
    surface: str | None = None,
    radius_mm: float | None = None,
) -> Dose:
    """The dose of one load step of ``load_steps``: what a plan compares with its cap. The same model on fewer points,
    and without the shares of variance; ``surface`` and ``radius_mm`` as for ``estimate_dose``. Raises DoseError for a
    tool whose face nobody described."""
    tool = knowledge.tools[knowledge.access[access].tool]
    face = face_of(tool, knowledge.dose["contact"], radius_mm)
    if face is None:
        raise DoseError("radius_mm", f"is needed: the face of {tool.id} is not in the catalogue")
    if radius_mm is not None:
        steps = {one.id: one for one in _steps(access, posture, site, _height(None, radius_mm), knowledge)}
        step = steps[step.id]
    force, parts = _estimated(step, body, surface, knowledge)
    made = SetUp(access=access, site=site, posture=posture, step=step, face=face, force=force, parts=parts, body=body)
    known_already = _remembered(knowledge)
    key = (access, place_name(site, knowledge), body, step, surface, radius_mm)
    if key not in known_already:
        _remember(known_already, key, _felt(made, points.PLAN_COUNT, knowledge)[0])
    return _dose(made, known_already[key], knowledge)


def muscle_stress_kpa(tool: str, site: str, force_n: float, body: Body, knowledge: Knowledge) -> float | None:
    """The median stress at the muscle surface under a known force: the scale on which tools are compared.

    None where the model is silent (an undescribed tool, a massage gun).
    """
    face = face_of(knowledge.tools[tool], knowledge.dose["contact"]) if tool in knowledge.tools else None
    if face is None or tool == GUN or site not in knowledge.sites:
        return None
    known_already, key = _remembered(knowledge), (tool, place_name(site, knowledge), body, force_n)
    if key not in known_already:
        count = points.PLAN_COUNT
        tissue = tissue_of(site, body, count, knowledge)
        found = press(face, tissue, np.full(count, force_n), knowledge.dose["layers"])
        stress = None if found.below is None else float(np.median(found.below["muscle_surface_kpa"]))
        _remember(known_already, key, stress)
    answer: float | None = known_already[key]
    return answer


@once
def _remembered(knowledge: Knowledge) -> dict[Hashable, Any]:
    """What was computed for plans: sites over the same layers give the same answer."""
    return {}


def _remember(memory: dict[Hashable, Any], key: Hashable, value: object) -> None:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = value


def _felt(made: SetUp, count: int, knowledge: Knowledge) -> tuple[Felt, dict[str, Array], tuple[str, ...]]:
    """What the load does, as bands; the samples of what the model tells; and the inputs of the layers."""
    force = _force(made, count)
    tissue = tissue_of(made.site, made.body, count, knowledge)
    found = press(made.face, tissue, force, knowledge.dose["layers"])
    model = knowledge.dose["layers"]["model"]
    inside = bool(found.inside.mean() >= model["least_inside"]["value"])
    samples = {"mean_pressure_kpa": found.mean_kpa}
    if inside and made.access != PERCUSSION and found.below is not None:
        samples |= found.below
        if found.peak_kpa is not None:
            samples["peak_pressure_kpa"] = found.peak_kpa
    stands_on_it = made.step is not None and made.step.of_weight and found.below is not None
    sunk = stands_on_it and found.below is not None and (found.below["depth_mm"] > made.face.sinks_mm).mean()
    bands = {name: band_of(values, points.UNITS[name]) for name, values in samples.items()}
    felt = Felt(
        bands=bands,
        area_cm2=band_of(found.area_cm2, "cm2"),
        fat_mm=band_of(tissue.fat_mm, "mm"),
        muscle_mm=band_of(tissue.muscle_mm, "mm"),
        inside=inside and made.face.ball,
        deformable=made.face.deformable,
        sunk=bool(sunk >= model["bottoms_from"]["value"]),
        mostly_fat=bool((samples["fat_strain"] * tissue.fat_mm > 0.5 * samples["depth_mm"]).mean() > 0.5)
        if "depth_mm" in samples
        else None,
    )
    return felt, samples, tissue.parts


def _dose(made: SetUp, felt: Felt, knowledge: Knowledge) -> Dose:
    pressure = felt.bands["mean_pressure_kpa"]
    unknown = knowledge.dose["body"]["mass_when_unknown"]
    assumed = made.body.mass_kg is None and made.step is not None and made.step.of_weight
    return Dose(
        tool=knowledge.access[made.access].tool,
        site=made.site,
        posture=made.posture,
        load=made.step.id if made.step else "measured",
        force_n=made.force.band("N"),
        mean_pressure_kpa=pressure,
        peak_pressure_kpa=felt.bands.get("peak_pressure_kpa"),
        contact_area_cm2=felt.area_cm2,
        muscle_surface_kpa=felt.bands.get("muscle_surface_kpa"),
        mid_muscle_kpa=felt.bands.get("mid_muscle_kpa"),
        muscle_strain=felt.bands.get("muscle_strain"),
        depth_mm=felt.bands.get("depth_mm"),
        reach=reach_of(made.site, felt.mostly_fat, knowledge),
        gentleness=gentleness(pressure, knowledge),
        flags=flags_of(made.access, made.site, measured=made.step is None, felt=felt, knowledge=knowledge),
        assumed_mass_kg=(float(unknown["lo"]), float(unknown["hi"])) if assumed else None,
        fat_mm=felt.fat_mm,
        muscle_mm=felt.muscle_mm,
        model_version=str(knowledge.dose["version"]),
    )


def _force(made: SetUp, count: int) -> Array:
    """The force in newtons, point by point. An unknown mass moves force and fat together."""
    z = normals(count)
    swing = np.zeros(count)
    for name, sd in made.parts.items():
        swing = swing + sd * z["posture" if name == "force" else name]
    return np.asarray(made.force.median * np.exp(swing))


def _shares(made: SetUp, layers: tuple[str, ...], samples: Mapping[str, Array]) -> dict[str, dict[str, float]]:
    """Share of the variance by input, for the quantities that the model tells; a measured force has its own name."""
    uncertain = {"tip_share": made.face.share.log_sd, "softness": made.face.gives_kpa or 0.0, **made.parts}
    inputs = ["posture" if name == "force" else name for name, spread in uncertain.items() if spread]
    inputs = list(dict.fromkeys([*inputs, *layers, "contact_area", "contact_model"]))
    shares = {name: first_order(samples[name], inputs) for name in PARTED if name in samples}
    if made.step is None:
        shares = {name: {"force" if n == "posture" else n: s for n, s in of.items()} for name, of in shares.items()}
    return shares


def _ratio(made: SetUp, last: Last, samples: Mapping[str, Array], knowledge: Knowledge) -> Band | None:
    """Stress at the muscle now over that of the comfortable session, or mean pressure where the model is silent below.

    The body is the same in both, so what is not known of it cancels; so does most of the position where it is the same.
    """
    count, z = points.COUNT, normals(points.COUNT)
    known("last_site", last.site, knowledge.sites)
    known("last_posture", last.posture, knowledge.postures)
    face = face_of(known("last_tool", last.tool, knowledge.tools), knowledge.dose["contact"])
    if face is None:
        return None
    swing = z["last_posture"] * last.force_n.log_sd
    if last.posture == made.posture and made.step is not None:
        swing = z["posture"] * last.force_n.log_sd + z["last_posture"] * points.spread_of(REPEAT_SPREAD)
    force = last.force_n.median * np.exp(swing)
    found = press(face, tissue_of(last.site, made.body, count, knowledge), force, knowledge.dose["layers"])
    now, then = samples.get("muscle_surface_kpa"), found.below
    if now is None or then is None or last.tool == GUN:
        return band_of(samples["mean_pressure_kpa"] / found.mean_kpa, "1")
    return band_of(now / then["muscle_surface_kpa"], "1")


def _body(
    mass_kg: float | None, height_cm: float | None, sex: str | None, pinch_mm: float | None, knowledge: Knowledge
) -> Body:
    person = knowledge.dose["layers"]["person"]
    if mass_kg is not None:
        number("mass_kg", mass_kg, knowledge.dose["body"]["mass_allowed"])
    if height_cm is not None:
        number("height_cm", height_cm, person["height_allowed"])
    if pinch_mm is not None:
        number("pinch_mm", pinch_mm, person["pinch_allowed"])
    if sex is not None and sex not in knowledge.questions["sex"].values:
        raise DoseError("sex", f"must be one of {', '.join(knowledge.questions['sex'].values)}, not {sex!r}")
    return Body(mass_kg=mass_kg, height_cm=height_cm, sex=sex, pinch_mm=pinch_mm)


def measured_force(
    force_n: float, force_sd: float | None = None, *, field: str = "force_n", knowledge: Knowledge | None = None
) -> LogNormal:
    """A force from a household scale, +- 10 % where no spread is given. Raises DoseError naming ``field``."""
    if knowledge is None:
        from unknot.knowledge import load as load_knowledge

        knowledge = load_knowledge()
    number(field, force_n, knowledge.dose["contact"]["force_allowed"])
    sd = 0.1 * force_n if force_sd is None else force_sd
    if isinstance(sd, bool) or not isfinite(sd) or not 0 <= sd <= force_n:
        raise DoseError("force_sd", f"must be from 0 to the force itself ({force_n:g} N), not {force_sd}")
    return LogNormal(force_n, sqrt(log1p((sd / force_n) ** 2)))


def _height(described: Tool | None, radius_mm: float | None) -> float | None:
    """How high a tool of one face that is not the catalogue's lifts the body, mm."""
    if radius_mm is not None:
        return 2 * radius_mm
    return None if described is None else height_of(described)


def _steps(access: str, posture: str, site: str, height_mm: float | None, knowledge: Knowledge) -> tuple[LoadStep, ...]:
    try:
        return load_steps(access, posture, site, knowledge, height_mm=height_mm)
    except ValueError as error:
        raise DoseError("radius_mm", f"is too large to lie on: {error}") from error


def _step(steps: tuple[LoadStep, ...], load: str | None) -> LoadStep:
    if load is None:
        return steps[-1]
    found = {step.id: step for step in steps}
    if load not in found:
        raise DoseError("load", f"is not one of {', '.join(found)}")
    return found[load]


def _estimated(
    step: LoadStep, body: Body, surface: str | None, knowledge: Knowledge
) -> tuple[LogNormal, dict[str, float]]:
    """The force of a load step and the standard deviation of its logarithm by input."""
    mass, ground = body.mass(knowledge), _surface(step, surface, knowledge)
    force = force_of(step, mass, ground, float(knowledge.dose["body"]["gravity"]["value"]))
    parts = {"posture": step.amount.log_sd}
    if step.of_weight:
        parts |= {"mass": mass.log_sd, "surface": ground.log_sd}
    return force, parts


def _surface(step: LoadStep, surface: str | None, knowledge: Knowledge) -> LogNormal:
    if surface is None:
        return LogNormal(1.0)  # the posture's own figure: the floor, or a bed for bed_supine
    known("surface", surface, knowledge.dose["surface"])
    if not step.lying:
        raise DoseError("surface", f"{surface} changes nothing here: it goes with the postures on the floor")
    return surface_of(step, surface, knowledge)
