import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.dose.bands import Z95, LogNormal
from unknot.dose.load import force_of, load_steps, surface_of
from unknot.dose.load_table import BALLS_MM, at_least, document, share, share_at_height
from unknot.knowledge import load
from unknot.safety.sites import site_plans

KNOWLEDGE = load()
TABLE = document()
LYING = ("supine", "knees_bent", "side")
STEPS = {
    (access, posture, site): steps
    for site in list(KNOWLEDGE.sites)[::2]
    for access in site_plans(KNOWLEDGE)[site].access
    for posture in KNOWLEDGE.access[access].postures
    if (steps := load_steps(access, posture, site, KNOWLEDGE))
}
EVERY_STEP = [step for steps in STEPS.values() for step in steps]
GRAVITY = KNOWLEDGE.dose["body"]["gravity"]["value"]


def test_the_table_tells_what_made_it():
    made = TABLE["provenance"]
    assert made["engine"].startswith("mujoco-core ")
    assert made["wheels_sha256"] and all(len(digest) == 64 for digest in made["wheels_sha256"])
    assert made["seed"] and made["draws"] >= 16 and made["generator"]


def test_every_cell_is_a_band_within_the_body_and_the_model_may_be_wrong_by_forty_percent():
    assert TABLE["model_form_p95_over_p50"] == 1.4
    for key, (low, middle, high) in TABLE["cells"].items():
        assert 0 <= low <= middle <= high < 1, key
        found = share(*key.split("/"))
        if found:
            assert found.of_weight.quantile(Z95) >= 1.4 * middle, key


def test_softer_ground_never_raises_the_load():
    for key, (_, middle, high) in TABLE["grounds"].items():
        assert high <= 1, key
        if key.endswith("/bed"):
            assert middle <= TABLE["grounds"][key[:-3] + "mat"][1], key
    for step in EVERY_STEP:
        if step.lying:
            floor, mat, bed = (surface_of(step, name, KNOWLEDGE).median for name in ("floor", "mat", "bed"))
            assert bed <= mat <= floor == 1


def test_the_more_feet_and_hands_carry_the_less_rests_on_the_tool():
    for key, (_, middle, _) in TABLE["cells"].items():
        posture, part, family, ground, step = key.split("/")
        less = TABLE["cells"].get(
            "/".join((posture, part, family, ground, {"full": "shared", "shared": "light"}.get(step, "")))
        )
        if posture in LYING and less:
            assert less[1] <= middle, key


@given(st.sampled_from(EVERY_STEP), st.floats(30, 300), st.floats(30, 300))
@settings(max_examples=20)
def test_a_heavier_body_never_lowers_the_force(step, one, other):
    light, heavy = (force_of(step, LogNormal(mass), LogNormal(1.0), GRAVITY) for mass in sorted((one, other)))
    assert light.quantile(-Z95) <= heavy.quantile(-Z95) and light.quantile(Z95) <= heavy.quantile(Z95)


@given(
    st.sampled_from([("supine", "low_back"), ("side", "pelvis"), ("knees_bent", "mid_back")]),
    st.floats(5, 150),
    st.floats(5, 150),
)
@settings(max_examples=20)
def test_a_higher_ball_takes_no_less_of_the_weight(place, one, other):
    low, high = (share_at_height(*place, mm, "floor", "full") for mm in sorted((one, other)))
    assert low.of_weight.median <= high.of_weight.median * 1.03  # the table itself has a ripple of three percent


def test_between_the_simulated_balls_the_share_is_theirs_at_the_ends():
    for mm in BALLS_MM:
        assert share_at_height("supine", "low_back", mm, "floor", "full").of_weight.median == pytest.approx(
            share("supine", "low_back", f"ball_{mm:g}", "floor", "full").of_weight.median
        )
    with pytest.raises(ValueError, match="height_mm"):
        share_at_height("supine", "low_back", 3000, "floor", "full")


def test_no_simulated_step_plans_with_less_than_the_figure_that_was_stated_before():
    simulated = 0
    for (_, posture, site), steps in STEPS.items():
        load_of = KNOWLEDGE.postures[posture]
        group = KNOWLEDGE.regions[KNOWLEDGE.sites[site].home].group
        stated = load_of.load_by_group.get(group, load_of.load)
        for step in steps:
            if step.simulated:
                simulated += 1
                entry = next(one for one in KNOWLEDGE.dose["load"] if one["id"] == step.id)
                p95 = stated.value * entry["of"]["value"] * load_of.spread
                assert step.amount.quantile(Z95) >= p95 * (1 - 1e-9), (posture, site, step.id)
    assert simulated > 150


def test_what_was_not_simulated_keeps_the_stated_figure():
    assert not load_steps("ball_floor", "floor_supine", "so1", KNOWLEDGE)[0].simulated  # the head
    assert not load_steps("fingers", "hand_held", "icl1", KNOWLEDGE)[0].simulated


def test_a_band_is_only_ever_widened_upwards():
    band = LogNormal(0.3, 0.1)
    assert at_least(band, 0.1) == band
    assert at_least(band, 0.6).quantile(Z95) == pytest.approx(0.6)
    assert math.isclose(at_least(band, 0.6).quantile(-Z95), band.quantile(-Z95))
