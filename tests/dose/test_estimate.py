import json
import math
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from unknot.dose import DoseError, Last, dose_to_json, estimate_dose, planned_dose
from unknot.dose.bands import Z95, LogNormal, shares
from unknot.dose.contact import contact_of
from unknot.dose.described import describe_tool
from unknot.dose.layers import Body
from unknot.dose.load import load_steps
from unknot.knowledge import load
from unknot.safety.sites import site_plans

KNOWLEDGE = load()
BALL = KNOWLEDGE.tools["massage_ball"]
MASS = st.floats(30, 300)
QUANTITIES = ("mean_pressure_kpa", "peak_pressure_kpa", "muscle_surface_kpa", "mid_muscle_kpa")


LIGHT = Last(tool="massage_ball", site="icl1", posture="wall_lean", force_n=LogNormal(40.0, 0.1))
SCHEMA = json.loads((files("unknot") / "schemas" / "unknot.dose.1.json").read_text(encoding="utf-8"))


def wall_force():
    low, high = wall().force_n.p05, wall().force_n.p95
    return LogNormal.between(low, high)


def _width(band):
    return band.p95 / band.p05


def wall(**given):
    return estimate_dose("massage_ball", "icl1", "wall_lean", **({"mass_kg": 72.0} | given))


@pytest.mark.parametrize(
    ("force_n", "finite_element_kpa"), [(10, 9.0), (20, 12.0), (40, 20.6), (100, 42.3), (200, 75.1)]
)
def test_the_closed_form_gives_the_mean_pressure_of_the_finite_element_runs_within_its_stated_spread(
    force_n, finite_element_kpa
):
    # 63 mm rigid ball on skin, fat and muscle over bone (20 N: the same runs, thinner fat)
    band = contact_of(BALL, KNOWLEDGE.dose["contact"], radius_mm=31.5).pressure_kpa(LogNormal(float(force_n)))
    assert band.p05 <= finite_element_kpa <= band.p95


def test_a_ball_leaning_on_the_wall_presses_with_about_a_sixth_of_the_body():
    dose = wall()
    assert dose.load == "lean_far"
    assert dose.force_n.p50 == pytest.approx(72 * 9.80665 / 6, rel=0.1)
    assert dose.force_n.p95 >= 1.7 * 0.16 * 72 * 9.80665 - 1e-6  # what was stated before the simulation still counts


def test_the_floor_is_a_larger_dose_than_the_wall():
    for site in ("rh1", "gmx2"):
        doses = [estimate_dose("massage_ball", site, posture, mass_kg=72) for posture in ("wall_lean", "floor_supine")]
        assert doses[1].mean_pressure_kpa.p50 > 1.5 * doses[0].mean_pressure_kpa.p50


def test_a_force_from_a_scale_collapses_the_band():
    guessed, weighed = wall(), wall(force_n=113.0, force_sd=5.0)
    assert weighed.force_n.p50 == 113.0
    assert _width(weighed.mean_pressure_kpa) < _width(guessed.mean_pressure_kpa)
    assert "force_unmeasured" in guessed.flags
    assert "force_unmeasured" not in weighed.flags
    assert next(iter(guessed.drivers)) == "posture"
    assert "posture" not in weighed.drivers


def test_an_unknown_mass_widens_the_band_and_is_stated():
    known, unknown = wall(), wall(mass_kg=None)
    assert unknown.assumed_mass_kg == (50, 105)
    assert known.assumed_mass_kg is None
    assert _width(unknown.force_n) > _width(known.force_n)
    assert "mass" in unknown.drivers


def test_a_bed_below_the_tool_takes_most_of_the_load_and_says_that_it_is_the_driver():
    floor = estimate_dose("massage_ball", "gmx2", "floor_supine", mass_kg=72)
    bed = estimate_dose("massage_ball", "gmx2", "floor_supine", mass_kg=72, surface="bed")
    assert bed.force_n.p50 < 0.5 * floor.force_n.p50
    assert next(iter(bed.drivers)) == "surface"


def test_the_flags_tell_what_the_figure_cannot_know():
    assert "deep_muscle" in estimate_dose("massage_ball", "pf1", "wall_lean", mass_kg=72).flags
    assert "bone_near" in estimate_dose("massage_ball", "rh1", "wall_lean", mass_kg=72).flags
    assert "tool_deformable" in estimate_dose("lie_on_massager", "gmx1", "bed_supine", mass_kg=72).flags
    assert "percussion" in estimate_dose("massage_gun", "gmx1", "hand_held").flags
    assert "outside_range" in wall(radius_mm=10).flags
    assert "outside_range" not in wall(radius_mm=40).flags
    assert "not_validated_in_vivo" in wall().flags


def test_a_tool_that_the_person_describes_needs_its_radius():
    with pytest.raises(DoseError) as error:
        contactless = estimate_dose("massage_ball", "icl1", "wall_lean", mass_kg=72, radius_mm=float("nan"))
        assert contactless is None
    assert error.value.field == "radius_mm"
    assert contact_of(KNOWLEDGE.tools["custom"], KNOWLEDGE.dose["contact"]) is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("mass_kg", {"mass_kg": -3}),
        ("height_cm", {"height_cm": 17}),
        ("sex", {"sex": "f"}),
        ("pinch_mm", {"pinch_mm": 3}),
        ("pinch_mm", {"pinch_mm": float("nan")}),
        ("duration_s", {"duration_s": 0}),
        ("mass_kg", {"mass_kg": float("nan")}),
        ("mass_kg", {"mass_kg": True}),
        ("mass_kg", {"mass_kg": -3, "force_n": 100}),
        ("force_n", {"force_n": 0}),
        ("force_n", {"force_n": float("inf")}),
        ("force_sd", {"force_n": 100, "force_sd": -1}),
        ("force_sd", {"force_n": 100, "force_sd": float("nan")}),
        ("force_sd", {"force_sd": 5}),
        ("radius_mm", {"radius_mm": 1500}),
        ("load", {"load": "jump"}),
        ("surface", {"surface": "water"}),
        ("surface", {"surface": "bed"}),  # leaning on a wall, nothing lies below
    ],
)
def test_wrong_input_is_refused_with_the_field_named(field, wrong):
    with pytest.raises(DoseError) as error:
        wall(**wrong)
    assert error.value.field == field
    assert str(error.value).startswith(f"{field}: ")


@pytest.mark.parametrize(
    ("field", "tool", "site", "posture", "hint"),
    [
        ("tool", "massage_bal", "icl1", "wall_lean", "massage_ball"),
        ("site", "massage_ball", "icl9", "wall_lean", "icl1"),
        ("posture", "massage_ball", "icl1", "wall_leen", "wall_lean"),
        ("tool", "foam_roller", "so1", "floor_supine", "fingers"),  # does not fit the site
        ("tool", "fingers", "sub1", "seated", "not treated by oneself"),
        ("posture", "massage_ball", "icl1", "floor_side", "wall_lean"),  # brings another side of the body to the tool
    ],
)
def test_ids_and_combinations_that_do_not_fit_are_refused_with_a_hint(field, tool, site, posture, hint):
    with pytest.raises(DoseError) as error:
        estimate_dose(tool, site, posture, mass_kg=72)
    assert error.value.field == field
    assert hint in error.value.message


def test_nobody_reaches_the_front_of_the_thigh_lying_on_the_back():
    assert load_steps("roller", "floor_supine", "rf", KNOWLEDGE) == ()
    assert load_steps("roller", "floor_supine", "ham1", KNOWLEDGE) != ()


def test_every_posture_of_every_access_that_fits_gives_an_estimate():
    for site in KNOWLEDGE.sites.values():
        for access in site_plans(KNOWLEDGE)[site.id].access:
            for posture in KNOWLEDGE.access[access].postures_at(site.home):
                steps = load_steps(access, posture, site.id, KNOWLEDGE)
                for step in steps:
                    dose = planned_dose(access, site.id, posture, step, body=Body(mass_kg=72), knowledge=KNOWLEDGE)
                    assert 1 < dose.mean_pressure_kpa.p50 < 500, (site.id, access, posture, step.id)
                assert [s.amount.median for s in steps] == sorted(s.amount.median for s in steps)


def test_the_document_holds_each_quantity_as_a_band_with_its_unit():
    document = dose_to_json(wall(duration_s=60, height_cm=170, sex="female", last=LIGHT))
    assert Draft202012Validator(SCHEMA).is_valid(document)
    assert document["mean_pressure_kpa"]["unit"] == "kPa"
    bands = [value for value in document.values() if isinstance(value, dict) and "p05" in value]
    assert len(bands) == 12
    assert all(band["p05"] < band["p50"] < band["p95"] for band in bands)
    assert 0.8 < sum(document["drivers"].values()) <= 1.05
    assert set(document["drivers_of"]) == set(QUANTITIES[1:])


def test_a_plan_and_an_estimate_are_one_model_on_more_or_fewer_points():
    for tool, access, site, posture in (
        ("massage_ball", "ball_wall", "icl1", "wall_lean"),
        ("fingers", "fingers", "ut1", "seated"),
        ("lie_on_massager", "lie_on", "gmx1", "bed_supine"),
    ):
        step = load_steps(access, posture, site, KNOWLEDGE)[-1]
        planned = planned_dose(access, site, posture, step, body=Body(mass_kg=72), knowledge=KNOWLEDGE)
        shown = estimate_dose(tool, site, posture, mass_kg=72)
        assert planned.mean_pressure_kpa.p95 == pytest.approx(shown.mean_pressure_kpa.p95, rel=0.03)
        assert planned.flags == shown.flags


def test_percussion_tells_force_and_area_and_neither_peak_nor_what_lies_below():
    gun = estimate_dose("massage_gun", "gmx1", "hand_held")
    assert gun.mean_pressure_kpa.p50 > 0 and gun.contact_area_cm2.p50 > 0
    assert [getattr(gun, name) for name in QUANTITIES[1:]] == [None, None, None]
    assert gun.reach is None and "percussion" in gun.flags


def test_thicker_fat_under_the_same_load_never_raises_the_stress_at_the_muscle():
    doses = [wall(force_n=60.0, pinch_mm=pinch) for pinch in (10, 20, 30, 45, 60)]
    stresses = [dose.muscle_surface_kpa for dose in doses]
    for thin, thick in pairwise(stresses):
        assert thin.p05 >= thick.p05 and thin.p50 >= thick.p50 and thin.p95 >= thick.p95
    assert doses[0].fat_mm.p95 < doses[-1].fat_mm.p05


def test_a_pinched_fold_overrides_what_weight_and_height_say_of_the_fat():
    pinched = [wall(pinch_mm=30, height_cm=height, force_n=60.0).fat_mm for height in (150, 190)]
    assert pinched[0] == pinched[1]
    assert pinched[0].p50 == pytest.approx(13, rel=0.01)
    assert _width(pinched[0]) < _width(wall(height_cm=150).fat_mm)


def test_the_reach_is_a_word():
    thick = estimate_dose("massage_ball", "gmx1", "wall_lean", force_n=15, pinch_mm=70)
    assert thick.reach == "in_fat"
    assert wall(force_n=100, pinch_mm=14).reach == "reaches_muscle"
    assert estimate_dose("massage_ball", "pf1", "wall_lean", mass_kg=72).reach == "not_reliable"


def test_the_ratio_to_the_last_comfortable_session_leaves_out_what_the_same_body_shares():
    same = wall(last=Last(tool="massage_ball", site="icl1", posture="wall_lean", force_n=wall_force()))
    assert same.relative_to_last.p50 == pytest.approx(1, abs=0.03)
    assert _width(same.relative_to_last) < 0.5 * _width(same.muscle_surface_kpa)
    lighter = wall(last=LIGHT).relative_to_last
    assert lighter.p05 > 1
    assert wall().relative_to_last is None


def test_the_same_input_gives_the_same_answer():
    assert dose_to_json(wall(sex="male")) == dose_to_json(wall(sex="male"))


@given(MASS, MASS)
@settings(max_examples=15, deadline=None)
def test_a_heavier_body_never_presses_less(one, other):
    step = load_steps("ball_wall", "wall_lean", "icl1", KNOWLEDGE)[-1]
    light, heavy = (
        planned_dose("ball_wall", "icl1", "wall_lean", step, body=Body(mass_kg=mass), knowledge=KNOWLEDGE)
        for mass in sorted((one, other))
    )
    for quantile in ("p05", "p50", "p95"):
        assert getattr(light.mean_pressure_kpa, quantile) <= getattr(heavy.mean_pressure_kpa, quantile) * (1 + 1e-9)


@given(st.floats(0.5, 1000), st.floats(0.5, 1000), st.floats(3, 120), st.floats(0, 0.5))
@settings(max_examples=100)
def test_a_heavier_load_never_lowers_the_pressure_on_any_ball_and_at_any_quantile(one, other, radius, log_sd):
    contact = contact_of(BALL, KNOWLEDGE.dose["contact"], radius_mm=radius)
    less, more = (contact.pressure_kpa(LogNormal(force, log_sd)) for force in sorted((one, other)))
    slack = 1 + 1e-9
    assert less.p05 <= more.p05 * slack and less.p50 <= more.p50 * slack and less.p95 <= more.p95 * slack


@given(st.floats(0.5, 1000), st.floats(3, 120), st.floats(3, 120))
def test_a_larger_ball_never_presses_harder_on_the_skin_at_the_same_force(force, one, other):
    small, large = (
        contact_of(BALL, KNOWLEDGE.dose["contact"], radius_mm=r).pressure_kpa(LogNormal(force))
        for r in sorted((one, other))
    )
    assert large.p50 <= small.p50 * (1 + 1e-9)


@given(st.floats(0.1, 100), st.floats(1.01, 10))
def test_an_interval_is_read_as_its_own_five_and_ninety_five_percent(lo, ratio):
    band = LogNormal.between(lo, lo * ratio).band("N")
    assert band.p05 == pytest.approx(lo)
    assert band.p95 == pytest.approx(lo * ratio)
    assert LogNormal(band.p50, math.log(band.p95 / band.p50) / Z95).band("N").p05 == pytest.approx(lo)


def test_the_drivers_are_ranked_shares_of_variance():
    assert shares({"a": 1.0, "b": 2.0, "c": 0.0}) == {"b": 0.8, "a": 0.2}
    assert shares({"a": 0.0}) == {}


def test_a_described_tool_goes_where_its_kind_goes_with_its_own_size_and_softness():
    hard = describe_tool(tip_width_mm=40, height_mm=40, thumb_mm=0)
    large = describe_tool(tip_width_mm=100, height_mm=100, thumb_mm=0)
    small, wide = (estimate_dose(one, "gmx1", "wall_lean", mass_kg=72, force_n=60.0) for one in (hard, large))
    assert small.tool == "massage_ball" and "tool_deformable" not in small.flags
    assert wide.mean_pressure_kpa.p95 < small.mean_pressure_kpa.p05
    with pytest.raises(DoseError) as error:
        estimate_dose("massage_ball", "gmx2", "floor_supine", mass_kg=72, radius_mm=110)
    assert error.value.field == "radius_mm"
