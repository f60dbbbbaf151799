"""Python and TypeScript count a drawing alike: both are held to tests/vectors/body_coverage.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unknot import body

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "body_coverage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['view']}-{len(v['strokes'])}")
def test_coverage_of_the_shared_drawings(vector):
    strokes = [
        body.Stroke(points=[tuple(p) for p in s["points"]], radius=s["radius"], erase=s["erase"])
        for s in vector["strokes"]
    ]
    found = body.coverage(vector["view"], strokes)
    assert found == {(c["region"], c["side"]): pytest.approx(c["share"]) for c in vector["coverage"]}
