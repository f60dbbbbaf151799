import pytest

from unknot.dose import DoseError
from unknot.dose.compare import compare_tools, comparison_to_json
from unknot.dose.described import describe_tool
from unknot.knowledge import load

KNOWLEDGE = load()


def compared(a="massage_ball", b="tennis_ball", posture="wall_lean", site="icl1", **given):
    return compare_tools(a, b, site, posture, mass_kg=72, knowledge=KNOWLEDGE, **given)


def test_a_hollow_tennis_ball_presses_the_skin_less_than_a_rubber_ball_under_the_same_weight():
    found = compared()
    assert found.ratios["force_n"] == pytest.approx(1)
    assert found.ratios["mean_pressure_kpa"] < 1 < found.ratios["contact_area_cm2"]


def test_a_tool_beside_itself_is_the_same():
    assert set(compared(b="massage_ball").ratios.values()) == {1.0}


def test_a_higher_ball_on_the_floor_carries_more_of_the_body():
    small = describe_tool(tip_width_mm=45, height_mm=45)
    large = describe_tool(tip_width_mm=100, height_mm=100)
    assert compared(small, large, posture="floor_supine", site="rh1").ratios["force_n"] > 1.2


def test_the_same_measured_force_is_the_same_force_under_both():
    assert compared(force_n=50.0).ratios["force_n"] == pytest.approx(1)


def test_the_document_holds_both_doses_and_their_ratios():
    document = comparison_to_json(compared())
    assert document["schema"] == "unknot.comparison/1"
    assert document["a"]["schema"] == document["b"]["schema"] == "unknot.dose/1"
    assert document["ratios"]["force_n"] == 1.0


@pytest.mark.parametrize(
    ("field", "tools", "given"),
    [
        ("b", ("massage_ball", "tenis_ball"), {}),
        ("b", ("massage_ball", "foam_roller"), {}),  # nobody leans on a wall with a roller at the low back
        ("a", ("nothing", "massage_ball"), {}),
        ("force_n", ("massage_ball", "golf_ball"), {"force_n": float("nan")}),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_field_named(field, tools, given):
    with pytest.raises(DoseError) as error:
        compared(*tools, **given)
    assert error.value.field == field
