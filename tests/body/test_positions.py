"""The pictures of positions: which there are, how big they are, and what they say to whoever cannot see them."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from unknot.body import positions
from unknot.messages import render

sys.path.insert(0, str(Path(__file__).parents[2]))

from tools.body.figure.catalogue import needed

LARGEST = 12 * 1024  # bytes on the wire


@pytest.mark.parametrize("name", positions.names())
def test_a_picture_is_small_plain_vector_graphics(name: str) -> None:
    text = positions.svg(name)
    assert len(gzip.compress(text.encode(), 9)) <= LARGEST
    drawn = {element.tag.rsplit("}", 1)[1] for element in ElementTree.fromstring(text).iter()}
    assert drawn == {"svg", "g", "path"}
    assert "style" not in text  # the strict policy of the app allows none
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text))
    assert all(colour == "none" or colour.startswith("var(--") for colour in colours)


def test_the_left_side_is_the_mirror_image_of_the_right() -> None:
    right = positions.position("wall_lean", "massage_ball", "blade", "right")
    left = positions.position("wall_lean", "massage_ball", "blade", "left")
    assert left.replace(' transform="matrix(-1 0 0 1 1200 0)"', "") == right != left


def test_every_picture_says_what_it_shows() -> None:
    for shown in (key for keys in positions.alternatives().values() for key in keys):
        posture, tool, area = shown.split()
        found = positions.picture(posture, tool, area, "left")
        assert found is not None
        words = render(found.alt_id, found.alt_params)
        assert "your left" in words and words[0].isupper() and words.endswith(".")


def test_everything_that_a_session_can_contain_has_its_picture_and_no_picture_is_left_over() -> None:
    shown = {key for keys in positions.alternatives().values() for key in keys}
    assert shown == {" ".join(key) for key in needed()}
    assert set(positions.alternatives()) == set(positions.names())


def test_no_picture_is_made_up_for_what_is_not_drawn() -> None:
    assert positions.picture("wall_lean", "massage_gun", "blade", "left") is None
    with pytest.raises(KeyError):
        positions.position("wall_lean", "massage_gun", "blade", "left")
