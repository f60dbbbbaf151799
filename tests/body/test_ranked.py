"""The picture of the likely spots."""

import re

import pytest

from unknot import body
from unknot.knowledge import load


def test_each_spot_that_the_view_shows_has_its_number_at_its_own_point() -> None:
    svg = body.ranked([("lgt2", "left"), ("icl1", "right"), ("gmx1", "left")])
    pins = re.findall(r'plate-pin-(\d)"><circle cx="(-?[\d.]+)" cy="(-?[\d.]+)"', svg)
    assert [number for number, _, _ in pins] == ["3", "2", "1"]  # the likeliest lies on top
    for number, x, y in pins:
        site, side = [("lgt2", "left"), ("icl1", "right"), ("gmx1", "left")][int(number) - 1]
        point = body.site_point(site, side, "back")  # type: ignore[arg-type]
        assert (float(x), float(y)) == pytest.approx((point.x, point.y), abs=0.1)


def test_left_is_the_persons_left() -> None:
    left, right = (body.ranked([("lgt2", side)]) for side in ("left", "right"))  # type: ignore[list-item]
    x = {name: float(re.findall(r'cx="(-?[\d.]+)"', svg)[0]) for name, svg in (("left", left), ("right", right))}
    assert x["left"] < 0 < x["right"]  # seen from behind


def test_what_the_person_marked_is_outlined() -> None:
    plain = body.ranked([("lgt2", "left")])
    marked = body.ranked([("lgt2", "left")], [("lumbar_paraspinal", "left")])
    assert "stroke-dasharray" not in plain
    assert "stroke-dasharray" in marked


def test_where_nobody_presses_is_hatched_when_asked_for() -> None:
    assert "#spots-z-" in body.ranked([("lgt2", "left")], danger=True)
    assert "#spots-z-" not in body.ranked([("lgt2", "left")])


def test_without_a_spot_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="at least one"):
        body.ranked([])


def test_sites_all_over_the_body_can_be_drawn_with_its_referral_zone() -> None:
    for site in list(load().sites)[::6]:
        assert "plate-pin-1" in body.ranked([(site, "right")], felt=True, art=None)
