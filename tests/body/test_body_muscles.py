"""The muscles' patches and their trigger sites, against the knowledge and against the body map."""

from __future__ import annotations

import pytest

from unknot import body, knowledge
from unknot.body.muscles import LIKE

KNOWLEDGE = knowledge.load()
SITES = [(site.id, muscle.id) for muscle in KNOWLEDGE.muscles.values() for site in muscle.sites]


def test_every_muscle_of_the_knowledge_is_drawn_and_no_other():
    assert set(body.drawn_muscles()) == set(KNOWLEDGE.muscles)


def test_every_site_of_the_knowledge_lies_on_a_patch_of_its_muscle():
    assert [(site, body.muscle_of(site)) for site, _ in SITES] == SITES
    for site, muscle in SITES:
        part = next(p for p in body.parts(muscle) if site in p.sites)
        assert 0 <= part.sites[site]["along"] <= 1
        assert 0 <= part.sites[site]["across"] <= 1


@pytest.mark.parametrize("muscle", body.drawn_muscles())
def test_every_muscle_and_all_its_sites_are_seen_in_at_least_one_view(muscle):
    assert body.views_of(muscle)
    for site in (s.id for s in KNOWLEDGE.muscles[muscle].sites):
        assert body.site_point(site).view


def seen_points():
    for site, muscle in SITES:
        part = next(p for p in body.parts(muscle) if site in p.sites)
        for view in body.views_of(muscle):
            if view in part.seen and site in part.seen[view].sites:
                yield site, view


def test_a_site_lies_inside_the_figure_wherever_it_is_seen_and_left_is_left():
    for site, view in seen_points():
        point = body.site_point(site, "left", view)
        found = body.region_at(view, point.x, point.y)
        assert found is not None, (site, view)
        assert point.rest[0] > 0, site
        other = body.site_point(site, "right", view)
        assert other.x == -point.x
        assert other.rest[0] == -point.rest[0]
        assert other.view == {"left": "right"}.get(view, view)
        assert LIKE.get(other.view, other.view) == view


def test_depth_is_a_range_under_the_skin():
    for site, _ in SITES:
        near, far = body.site_point(site).deep
        assert 0 < near < far < 200, site


def test_an_unknown_muscle_site_or_view_is_a_key_error():
    with pytest.raises(KeyError):
        body.plate("no_such_muscle")
    with pytest.raises(KeyError):
        body.site_point("no_such_site")
    with pytest.raises(KeyError):
        body.site_point("gmx1", view="front")
