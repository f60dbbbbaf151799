from xml.etree import ElementTree

import pytest

from unknot.cli import main
from unknot.dose import DoseError
from unknot.knowledge import load
from unknot.lab.design import Profile, plot, population, sweep

KNOWLEDGE = load()


def swept(profile=None, vary="tip_radius_mm", values=(20.0, 40.0), masses=(60.0, 90.0), **given):
    where = {"site": "gmd1", "posture": "bed_supine", "people": population(masses), "knowledge": KNOWLEDGE} | given
    return sweep(profile or Profile(height_mm=50), vary, values, **where)


def test_a_wider_tip_presses_the_skin_less_and_leaves_the_force():
    narrow, wide = swept()
    assert wide.spreads["mean_pressure_kpa"].middle < narrow.spreads["mean_pressure_kpa"].middle
    assert wide.spreads["force_n"] == narrow.spreads["force_n"]


def test_a_higher_tool_takes_more_of_the_body():
    low, high = swept(vary="height_mm", values=(40.0, 100.0), posture="floor_supine_knees_bent")
    assert high.spreads["force_n"].middle > low.spreads["force_n"].middle


def test_the_spread_holds_the_people_and_the_people_hold_the_middle():
    for row in swept():
        for spread in row.spreads.values():
            assert spread.p05 <= spread.lowest <= spread.middle <= spread.highest <= spread.p95
        assert sum(row.reach.values()) == 2


def test_tips_that_stand_closer_come_nearer_to_the_spine():
    elbows = Profile(tips=2, tip_radius_mm=16, height_mm=90, recess_mm=45)
    near, far = swept(elbows, "gap_mm", (10.0, 50.0), masses=(72.0,), site="ml1", posture="chair_back")
    assert near.spine.flags == ("spine",)
    assert far.spine.clear


def test_only_a_rounded_base_rocks():
    (flat,) = swept(values=(25.0,), masses=(72.0,))
    (round_,) = swept(Profile(height_mm=50, base_radius_mm=90), values=(25.0,), masses=(72.0,))
    assert flat.rocked is None
    assert round_.rocked.force_ratio > 1


def test_without_masses_the_population_is_six_builds():
    assert len(population()) == 6
    assert {one.sex for one in population()} == {"female", "male"}
    assert len(population([60, 90], [5, 20])) == 4


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("tip_radius_mm", {"tip_radius_mm": 1500}),
        ("height_mm", {"height_mm": -1}),
        ("shore_a", {"shore_a": float("nan")}),
        ("tips", {"tips": 3}),
        ("tip_radius_mm", {"tip_radius_mm": 60, "height_mm": 40, "base_radius_mm": 90}),
    ],
)
def test_a_profile_that_cannot_be_is_refused_with_the_field_named(field, wrong):
    with pytest.raises(DoseError) as error:
        Profile(**wrong)
    assert error.value.field == field


def test_a_length_that_cannot_be_swept_is_refused():
    with pytest.raises(DoseError) as error:
        Profile().varied("colour", 3)
    assert error.value.field == "vary"


def test_a_plot_is_a_picture_with_a_name_and_one_row_gives_none():
    rows, labels = swept(masses=(72.0,)), {"x_label": "mm", "y_label": "N", "legend": "light & dark"}
    drawn = plot(rows, "force_n", title="Force <here>", **labels)
    assert ElementTree.fromstring(drawn).find("{http://www.w3.org/2000/svg}title").text == "Force <here>"
    assert plot(rows[:1], "force_n", title="", **labels) is None


def test_the_command_writes_its_plots_and_names_what_is_wrong(tmp_path, capsys):
    words = ["design", "--vary", "tip_radius_mm", "--site", "gmd1", "--posture", "bed_supine", "--mass-kg", "72"]
    assert main([*words, "--values", "20,40", "--svg", str(tmp_path)]) == 0
    assert (tmp_path / "gmd1-force_n.svg").exists()
    assert main([*words, "--values", "20,wide"]) == 1
    assert "values: 'wide' is not a number" in capsys.readouterr().err
    assert main(["compare", "massage_ball", "width=20", "--site", "gmd1", "--posture", "bed_supine"]) == 1
    assert "b: a described tool needs width and height" in capsys.readouterr().err
