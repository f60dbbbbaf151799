"""The atlas: one page a muscle and one a region, none of which knows the person."""

import re
from html import unescape
from pathlib import Path

import pytest
from walk import Walker

from unknot.app.atlas import entries
from unknot.app.people.models import Person
from unknot.body.scene import DARK, LIGHT
from unknot.knowledge import load
from unknot.messages import render

KNOWN = load()


@pytest.fixture
def walker(person: Person) -> Walker:
    return Walker()


@pytest.mark.parametrize("muscle", KNOWN.muscles)
def test_each_muscle_has_a_page_with_its_picture_its_words_and_its_sources(walker: Walker, muscle: str) -> None:
    page = _page(walker, f"/atlas/muscle/{muscle}/")
    assert 'class="stage stage--plate"><div class="plates"><svg' in page
    for part in ("does", "runs"):
        assert render(f"muscle.{muscle}.{part}") in page
    for source in KNOWN.muscles[muscle].sources:
        assert KNOWN.sources[source].citation in page


def test_each_region_has_a_page_with_the_place_marked(walker: Walker) -> None:
    for region in KNOWN.regions:
        page = _page(walker, f"/atlas/region/{region}/")
        assert 'class="where-here"' in page, region


def test_the_muscles_of_a_region_are_ordered_from_the_commonest() -> None:
    found = entries.senders("lumbar_paraspinal", KNOWN)
    assert [one.primary for one in found] == sorted((one.primary for one in found), reverse=True)
    assert {one.muscle.id for one in found} == {
        site.muscle
        for site in KNOWN.sites.values()
        if any(zone.split("@")[0] == "lumbar_paraspinal" for zone in site.primary + site.secondary)
    }


def test_a_muscle_that_nobody_presses_alone_shows_no_way_to_press_it(walker: Walker) -> None:
    alone = next(id for id, one in KNOWN.muscles.items() if not any(site.self_press for site in one.sites))
    page = _page(walker, f"/atlas/muscle/{alone}/")
    assert render("atlas.not_alone") in page
    assert render("atlas.tools") not in page


def test_words_are_looked_for_without_standing_in_an_address(walker: Walker) -> None:
    walker.get("/atlas/")
    page = walker.post("/atlas/", words="calf").html
    assert "/atlas/muscle/soleus/" in page
    assert "/atlas/muscle/masseter/" not in page


def test_the_list_can_be_narrowed_by_name_by_latin_name_and_by_what_a_muscle_does(walker: Walker) -> None:
    words = re.findall(r'href="/atlas/muscle/soleus/" data-words="([^"]*)"', _page(walker, "/atlas/"))[0]
    for told in ("muscle.soleus.name", "muscle.soleus.does"):
        assert render(told) in words
    assert KNOWN.muscles["soleus"].latin in words
    places = re.findall(r'href="/atlas/region/heel/" data-words="([^"]*)"', _page(walker, "/atlas/"))
    assert places == [render("region.heel")]


def test_a_page_with_a_plate_is_sent_compressed_to_a_browser_that_can_read_it(walker: Walker) -> None:
    plain = walker.client.get("/atlas/muscle/trapezius_lower/")
    packed = walker.client.get("/atlas/muscle/trapezius_lower/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < min(len(plain.content) / 2, 100_000)


@pytest.mark.parametrize("address", ["muscle/none/", "region/none/", "muscle/soleus/?side=up", "muscle/soleus/?show=x"])
def test_what_does_not_exist_is_not_found(walker: Walker, address: str) -> None:
    assert walker.get(f"/atlas/{address}").status == 404


def test_the_page_and_the_engine_colour_a_plate_alike_in_the_dark() -> None:
    style = (Path(__file__).parents[2] / "ui/src/styles/plate.css").read_text(encoding="utf-8")
    dark = {name: colour.lower() for name, colour in DARK.items() if colour != LIGHT[name] and name != "paper"}
    for block in re.findall(r"data-theme[^{]*\{([^}]*)\}", style):
        assert dict(re.findall(r"--plate-([\w-]+): (#\w+);", block)) == dark


def _page(walker: Walker, address: str) -> str:
    return unescape(walker.get(address).html)
