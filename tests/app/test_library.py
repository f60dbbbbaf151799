"""The pages that explain: every claim is there, can be found, and says what it rests on."""

from __future__ import annotations

from html import unescape as plain

import pytest
from conftest import NOON
from planned import Ready, now
from walk import Walker

from unknot.app.cases import use_cases as cases
from unknot.app.journal.portable import export
from unknot.app.library.sections import SECTIONS, UNDERSTAND
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
        "22 November 2026",
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


# --- what else could help


def test_every_modality_stands_on_the_page_also_for_who_has_told_nothing_yet(walker: Walker) -> None:
    walker.get("/options/")
    assert [id for id in KNOWN.modalities if f'id="{id}"' not in walker.html] == []
    assert render("advice.fit.now") not in walker.html
    assert render("app.options.general") in walker.html


def test_from_the_spots_one_reaches_all_ways_with_how_they_fit(walker: Walker, person: Person) -> None:
    ready = Ready(person)
    walker.get(f"/case/{ready.case}/spots/")
    walker.get(walker.link("/options/"))
    assert render("advice.fit.now") in walker.html
    assert render("advice.because.unsupported") in walker.html
    assert render("advice.order") in plain(walker.html)
    for card in ("exercise", "dry_needling"):
        for part in ("text", "trials", "harms", "avoid"):
            assert render(f"modality.{card}.{part}") in plain(walker.html)
    assert f'href="/case/{ready.case}/options/"' in walker.get("/today/").html


def test_in_an_emergency_nothing_else_is_offered(walker: Walker, person: Person) -> None:
    ready = Ready(person)
    ready.stop("emergency")
    assert walker.get(f"/case/{ready.case}/options/").place == "stop"
    assert walker.get("/options/").place == "stop"
    assert "/options/" not in walker.html
    assert "/options/" not in walker.get("/today/").html


# --- what it costs


FIGURES = {"tool_price": "40", "visit_price": "35,50", "visits_per_month": "2", "tool_years": "3", "first_visits": "1"}


def test_the_persons_own_prices_are_compared_kept_and_exported(walker: Walker, person: Person) -> None:
    walker.post("/cost/", **FIGURES)
    assert "852.00" in walker.html and "75.50" in walker.html
    assert render("cost.break_even", {"n": 2}) in walker.html
    assert 'value="35.50"' in Walker().get("/cost/").html
    assert "visits 852.00, owning a tool 75.50" in Walker().get("/options/").html
    kept = [entry["payload"]["settings"] for entry in export(person, NOON)["events"] if "settings" in entry["payload"]]
    assert kept[-1]["cost_visit_price"] == "35.50"


@pytest.mark.parametrize("figure", ["", "-1", "many", "NaN", "Infinity", "1e9"])
def test_a_figure_that_makes_no_sense_is_not_kept(walker: Walker, figure: str) -> None:
    walker.post("/cost/", **{**FIGURES, "visit_price": figure})
    assert walker.status == 422
    assert render("app.cost.fault") in walker.html
    assert 'value="40"' in walker.html
    assert 'value="40"' not in Walker().get("/cost/").html


# --- to read


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_of_learn_opens_and_leads_back(walker: Walker, name: str) -> None:
    walker.get("/learn/")
    walker.get(walker.link(f"/{name}/"))
    assert walker.status == 200
    assert 'href="/learn/"' in walker.html


def test_understand_says_what_is_disputed_and_what_muscle_related_cannot_mean(walker: Walker) -> None:
    told = plain(walker.get("/understand/").html)
    for part in UNDERSTAND:
        assert render(f"understand.{part}.text") in told
    assert render("understand.loads.recalled") in told
    assert 'href="/evidence/mostly_muscular/"' in told


def test_every_muscle_is_loaded_by_something_that_goes_on_or_is_held() -> None:
    loads = {activity: id for id, one in KNOWN.day_loads.items() for activity in one.activities}
    assert [muscle.id for muscle in KNOWN.muscles.values() if not set(muscle.activities) & loads.keys()] == []
    assert {one.kind for one in KNOWN.day_loads.values()} == {"movement", "posture"}


def test_the_welcome_page_leads_to_what_unknot_is_for(walker: Walker) -> None:
    walker.get("/")
    told = plain(walker.get(walker.link("/about/")).html)
    assert "not a medical device" in told
    assert render("intended.may_not.point.1") in told


# --- linked from where the advice is given


def test_a_person_who_should_see_a_clinician_in_days_reaches_the_ways_and_each_says_to_ask_first(
    walker: Walker, person: Person
) -> None:
    ready = Ready(person)
    ready.stop("appointment")
    case = ready.case
    assert walker.get(f"/case/{case}/stop/").place == "stop"
    walker.get(walker.link("/options/"))
    assert render("advice.because.clinician_first") in walker.html
    assert render("advice.fit.now") not in walker.html
    assert f'href="/case/{case}/options/"' in walker.get("/today/").html


def test_the_end_of_a_session_and_the_history_lead_to_what_is_known(walker: Walker, person: Person) -> None:
    ready = Ready(person)
    ready.event()
    walker.post(f"/session/{ready.session}/done/", press="finished")
    assert 'href="/evidence/pain_relief/"' in walker.html
    assert 'href="/evidence/less_tender_less_pain/"' in walker.get("/history/").html


def test_a_spot_beyond_self_help_says_why_and_leads_to_other_hands(walker: Walker, person: Person) -> None:
    ready = Ready(person)
    cases.take_back(person, now(), ready.case, {"skin_at_site": ["rash"]}, "gone")
    told = plain(walker.get(f"/case/{ready.case}/spots/").html)
    assert walker.place == "spots"
    assert render("precaution.skin_at_site.because") in told
    assert f'href="/case/{ready.case}/options/#kind-hands"' in told
