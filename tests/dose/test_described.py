import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.dose import DoseError
from unknot.dose.described import describe_tool, hardness_of_thumb, height_of, softness, tool_of_model
from unknot.knowledge import load

KNOWLEDGE = load()


def test_a_hard_rubber_ball_is_described_with_a_ruler_and_a_thumb():
    tool = describe_tool(tip_width_mm=63, height_mm=63, thumb_mm=0)
    assert tool.id == "massage_ball" and not tool.soft
    assert tool.contact_radius_mm.lo < 31.5 < tool.contact_radius_mm.hi
    assert height_of(tool) == pytest.approx(63)


@pytest.mark.parametrize(("thumb_mm", "word"), [(0, "rigid"), (1, "rigid"), (2, "soft"), (6, "very_soft")])
def test_how_far_a_thumb_goes_in_gives_the_softness(thumb_mm, word):
    assert softness(hardness_of_thumb(thumb_mm)) == word


@given(st.floats(0, 40), st.floats(0, 40))
@settings(max_examples=30)
def test_the_deeper_the_thumb_the_softer_the_tool(one, other):
    firm, soft = (hardness_of_thumb(mm) for mm in sorted((one, other)))
    assert soft[0] <= firm[0] and soft[1] <= firm[1]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("tip_width_mm", {"tip_width_mm": 3000, "height_mm": 3000}),
        ("tip_width_mm", {"tip_width_mm": -5}),
        ("tip_width_mm", {"tip_width_mm": float("nan")}),
        ("tip_width_mm", {"tip_width_mm": True}),
        ("height_mm", {"height_mm": float("inf")}),
        ("height_mm", {"height_mm": 20}),
        ("thumb_mm", {"thumb_mm": -1}),
        ("thumb_mm", {"thumb_mm": 35, "tip_width_mm": 30, "height_mm": 30}),
        ("shape", {"shape": "pyramid"}),
    ],
)
def test_a_tool_that_cannot_be_is_refused_with_the_field_named(field, wrong):
    with pytest.raises(DoseError) as error:
        describe_tool(**({"tip_width_mm": 63, "height_mm": 63} | wrong))
    assert error.value.field == field
    assert str(error.value).startswith(f"{field}: ")


def test_every_listed_thing_stands_for_a_tool_of_the_catalogue_and_every_size_has_a_basis():
    for model in KNOWLEDGE.tool_models.values():
        tool = tool_of_model(model, KNOWLEDGE)
        assert tool.id == model.tool
        for quantity in (model.radius_mm, model.height_mm, model.hardness_shore_a, model.gives_n_per_mm, model.gap_mm):
            assert quantity is None or quantity.basis in ("measured", "published", "memory", "assumed")
    assert tool_of_model(KNOWLEDGE.tool_models["tennis_ball"], KNOWLEDGE).soft
    assert not tool_of_model(KNOWLEDGE.tool_models["golf_ball"], KNOWLEDGE).soft
