"""``unknot plate``: the picture files it writes and what it refuses."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from unknot.cli import main


def test_an_svg_stands_alone(tmp_path):
    out = tmp_path / "plate.svg"
    assert main(["plate", "--muscle", "quadratus_lumborum_superficial", "--site", "qls1", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "var(" not in text


def test_a_png_has_the_width_asked_for(tmp_path):
    pillow = pytest.importorskip("PIL.Image")
    out = tmp_path / "plate.png"
    words = [
        "plate",
        "--muscle",
        "masseter",
        "--side",
        "right",
        "--danger",
        "--dark",
        "--width",
        "120",
        "--out",
        str(out),
    ]
    assert main(words) == 0
    with pillow.open(out) as picture:
        assert picture.width == 120
        assert len(picture.convert("RGB").getcolors(120 * 400)) > 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--muscle", "soleus", "--out", "plate.gif"], ".svg or .png"),
        (["--muscle", "soleus", "--site", "qls1", "--out", "plate.svg"], "qls1"),
        (["--muscle", "soleuss", "--out", "plate.svg"], "soleuss"),
        (["--muscle", "soleus", "--view", "front", "--out", "plate.svg"], "front"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["plate", *words]) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
