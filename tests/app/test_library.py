"""The pages that explain: every claim is there, can be found, and says what it rests on."""

from __future__ import annotations

import pytest
from walk import Walker

from unknot.app.people.models import Person
from unknot.knowledge import load
from unknot.messages import render

KNOWN = load()


@pytest.fixture
def walker(person: Person) -> Walker:
    return Walker()


def test_learn_is_a_tab_and_leads_to_the_claims(walker: Walker) -> None:
    walker.get("/learn/")
    assert 'aria-current="page"' in walker.html
    walker.get(walker.link("/evidence/"))
    assert walker.status == 200


def test_every_claim_stands_in_the_list_and_has_a_page(walker: Walker) -> None:
    walker.get("/evidence/")
    missing = [id for id in KNOWN.claims if f'href="/evidence/{id}/"' not in walker.html]
    assert not missing
    for id in KNOWN.claims:
        assert walker.get(f"/evidence/{id}/").status == 200, id
        assert all(f"{KNOWN.sources[one].citation[:20]}" in walker.html for one in KNOWN.claims[id].sources[:1]), id


def test_a_claim_page_shows_verdict_grade_figures_sources_date_and_that_papers_were_not_read_in_full(
    walker: Walker,
) -> None:
    walker.get("/evidence/adhesions/")
    for words in (
        render("verdict.contradicted"),
        render("grade.B"),
        "Chaudhry 2008",
        "https://doi.org/10.7556/jaoa.2008.108.8.379",
        "2026-11-22",
        render("app.evidence.not_in_full"),
        render("source_seen.abstract"),
    ):
        assert words in walker.html, words


def test_what_is_only_recalled_is_marked_and_nothing_else_is(walker: Walker) -> None:
    for id in ("sarapin", "adhesions"):
        walker.get(f"/evidence/{id}/")
        assert (render("app.evidence.recalled") in walker.html) == bool(KNOWN.claims[id].recalled), id


def test_words_that_are_looked_for_narrow_the_list_and_stand_in_no_address(walker: Walker) -> None:
    walker.post("/evidence/", words="  pitcher Sarapin ")
    assert walker.html.count('href="/evidence/') == 1
    assert "/evidence/sarapin/" in walker.html
    assert "Showing 1 of" in walker.html
    assert "?" not in walker.url


def test_an_unknown_claim_is_not_found(walker: Walker) -> None:
    assert walker.get("/evidence/no-such/").status == 404
