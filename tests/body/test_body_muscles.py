"""The muscles' patches and their trigger sites, against the knowledge and against the body map."""

from __future__ import annotations

from itertools import pairwise

import pytest

from unknot import body, knowledge
from unknot.body.muscles import LIKE, seen_on

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


DEEP_INSIDE = {"pfl1", "obi1", "am2"}  # their home names the place one would have to reach, not the skin above


def test_a_site_is_drawn_where_the_knowledge_says_one_presses_it_or_next_to_it():
    seen: dict[str, set[str]] = {}
    for site, view in seen_points():
        point = body.site_point(site, "left", view)
        seen.setdefault(site, set()).add(body.region_at(view, point.x, point.y)[0])
    for site, regions in seen.items():
        home = KNOWLEDGE.sites[site].home
        around = {home, *KNOWLEDGE.regions[home].neighbours}
        assert regions & around or site in DEEP_INSIDE, (site, home, regions)


def test_the_outline_of_a_sheet_that_is_wholly_seen_encloses_its_fibres():
    checked = 0
    for muscle in body.drawn_muscles():
        for part in body.parts(muscle):
            for view, seen in part.seen.items():
                if seen.share > 0.995:
                    checked += 1
                    points = [point for fibre in seen.fibres[1:-1:5] for point in fibre[2:-2:4]]
                    assert all(inside(seen.rings, x, y, slack=3.0) for x, y in points), (muscle, part.name, view)
    assert checked > 40


def test_a_site_lies_inside_the_outline_of_its_part_in_every_view_that_shows_it():
    for site, view in seen_points():
        point = body.site_point(site, "left", view)
        part = next(p for p in body.parts(point.muscle) if site in p.sites)
        assert inside(part.seen[view].rings, point.x, point.y, slack=2.0), (site, view)


OTHERS = body.BODIES[1:]


@pytest.mark.parametrize("number", range(len(OTHERS)), ids=OTHERS)
def test_on_other_bodies_a_site_lies_on_its_patch_and_inside_the_figure(number):
    shape = OTHERS[number]
    for site, view in list(seen_points())[number :: len(OTHERS)]:
        point = body.site_point(site, "left", view, body=shape)
        part = next(p for p in body.parts(point.muscle) if site in p.sites)
        seen = seen_on(point.muscle, part.number, view, shape)
        assert inside(seen.rings, point.x, point.y, slack=2.0), (site, view)
        assert body.region_at(view, point.x, point.y, shape) is not None, (site, view)
        assert body.site_point(site, "right", view, body=shape).x == -point.x


def test_a_site_keeps_its_place_in_the_rest_pose_on_every_body():
    places = {body.site_point("gmd2", "right", body=shape).rest for shape in body.BODIES}
    assert len(places) == 1
    with pytest.raises(KeyError):
        body.site_point("gmd2", body="giant")


def inside(rings, x, y, slack):
    """Even-odd test on the curves' ends, or nearer than ``slack`` mm to one of them."""
    odd = False
    for ring in rings:
        points = ring[::3]
        for (ax, ay), (bx, by) in pairwise(points):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
            if distance((x, y), (ax, ay), (bx, by)) < slack:
                return True
    return odd


def distance(p, a, b):
    way = (b[0] - a[0], b[1] - a[1])
    length = way[0] ** 2 + way[1] ** 2 or 1.0
    t = min(max(((p[0] - a[0]) * way[0] + (p[1] - a[1]) * way[1]) / length, 0), 1)
    return ((p[0] - a[0] - t * way[0]) ** 2 + (p[1] - a[1] - t * way[1]) ** 2) ** 0.5
