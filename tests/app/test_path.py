"""The way from the pain to the spots, with plain forms and no script."""

import re
from datetime import timedelta

import pytest
from walk import Walker

from unknot.app.journal.models import CaseTable, Entry, StopTable
from unknot.app.people.models import Person
from unknot.app.shell import clock

LOW_BACK = "lumbar_paraspinal|left"


@pytest.fixture
def walker(person: Person) -> Walker:
    return Walker()


def test_a_new_person_is_welcomed(walker: Walker) -> None:
    walker.get("/")
    assert "Where does it hurt?" in walker.html
    assert "not a medical device" in walker.html


def test_low_back_pain_after_lifting_leads_to_likely_spots(walker: Walker) -> None:
    walker.begin(LOW_BACK).check()
    assert walker.place == "spots"
    assert "Likely spots" in walker.html
    assert "Nothing you told us needs a doctor today" in walker.html


def test_numbness_between_the_legs_ends_the_questions_at_once(walker: Walker) -> None:
    walker.begin(LOW_BACK).check({"ces_saddle": "true"})
    assert walker.place == "stop"
    assert "Get help now" in walker.html
    assert "emergency department" in walker.html
    assert "Treat spot" not in walker.html


def test_the_emergency_number_is_that_of_the_persons_country(walker: Walker) -> None:
    walker.post("/settings/", country="GB", theme="")
    walker.begin(LOW_BACK).check({"ces_saddle": "true"})
    assert 'href="tel:999"' in walker.html


def test_without_a_country_two_numbers_can_be_called_and_one_tap_chooses_the_country(walker: Walker) -> None:
    walker.begin(LOW_BACK).check({"ces_saddle": "true"})
    assert 'href="tel:112"' in walker.html
    assert 'href="tel:911"' in walker.html
    assert "in many countries it is 112" in walker.html
    walker.post(walker.url, country="GB")
    assert 'href="tel:999"' in walker.html
    assert 'href="tel:112"' not in walker.html


def test_an_emergency_comes_first_whenever_the_app_is_opened(walker: Walker) -> None:
    walker.begin(LOW_BACK).check({"ces_saddle": "true"})
    assert walker.get("/").place == "stop"


def test_an_emergency_page_that_was_read_lets_the_person_go_on_but_not_to_a_session(walker: Walker) -> None:
    walker.begin(LOW_BACK).check({"ces_saddle": "true"})
    case = walker.case
    walker.post(walker.url)
    assert walker.place == "today"
    assert walker.get(f"/case/{case}/spots/").place == "stop"


def test_somebody_in_a_hurry_meets_the_danger_signs_before_the_drawing(walker: Walker) -> None:
    walker.post("/new/", first="danger").send(age=50, sex="male")
    assert walker.place == "check"
    assert "happening right now" in walker.html, walker.html


def test_every_step_can_be_left_and_resumed(walker: Walker) -> None:
    walker.begin(LOW_BACK).check(until=lambda at: "foot_drop" in at.form.options.get("tile", []))
    elsewhere = Walker().get(f"/case/{walker.case}/")
    assert elsewhere.place == "check"
    assert elsewhere.form.options["tile"] == walker.form.options["tile"]


def test_none_of_these_stores_a_no_for_each_fact(walker: Walker) -> None:
    walker.begin(LOW_BACK).check()
    said = CaseTable.objects.get().document["answers"]
    for question in ("ces_saddle", "ces_bladder_retention", "foot_drop", "face_numb_or_droop", "fever"):
        assert set(said[question]["said"]) == {"false"}


def test_not_sure_opens_the_facts_one_by_one(walker: Walker) -> None:
    walker.begin(LOW_BACK)
    walker.send(press="not_sure")
    assert "tile" not in walker.form.names
    assert dict(walker.form.fields)["asked"] == "chest_pain"
    walker.send(value="false")
    assert dict(walker.form.fields)["asked"] == "breathless"


def test_ticking_nothing_and_going_on_is_not_taken_for_none(walker: Walker) -> None:
    walker.begin(LOW_BACK)
    walker.send(press="ticked")
    assert walker.status == 422
    assert "None of these" in walker.html
    assert "answers" in CaseTable.objects.get().document and not CaseTable.objects.get().document["answers"]


def test_an_answer_to_an_old_page_is_not_taken_for_the_present_one(walker: Walker) -> None:
    walker.begin(LOW_BACK)
    url, old = walker.url, dict(walker.form.fields)
    walker.send(press="none")
    count = Entry.objects.count()
    walker.post(url, **{**old, "press": "none"})
    assert Entry.objects.count() == count


def test_a_danger_answer_is_taken_back_only_when_confirmed(walker: Walker) -> None:
    walker.begin(LOW_BACK).check({"fever": "true"})
    case = walker.case
    walker.get(f"/case/{case}/answers/")
    row = re.search(r'href="([^"]+)"><span class="grow">Do you have a fever[^<]*', walker.html)
    assert row, walker.html
    walker.get(row[1]).send(value="false")
    assert "Please confirm" in walker.html
    assert set(CaseTable.objects.get().document["answers"]["fever"]["said"]) == {"true"}
    walker.send(reason="mistake")
    assert Entry.objects.filter(kind="answer_amended").count() == 1


def test_a_mistaken_danger_answer_lifts_the_stop_behind_it(walker: Walker) -> None:
    walker.begin(LOW_BACK).check({"ces_saddle": "true"})
    case = walker.case
    assert StopTable.objects.exists()
    walker.get(f"/case/{case}/answers/")
    row = re.search(r'href="([^"]+)"><span class="grow">Is it numb', walker.html)
    assert row
    walker.get(row[1]).send(value="false")
    walker.send(reason="mistake")
    walker.check()
    assert walker.place == "spots"


def test_the_side_can_be_corrected(walker: Walker) -> None:
    walker.post("/new/").send(place=[LOW_BACK])
    walker.send(**{"intensity-0": 6, "side-0": "right"}, age=44, sex="male")
    (area,) = CaseTable.objects.get().document["pain"]["areas"]
    assert area == {"region": "lumbar_paraspinal", "side": "right", "intensity": 6}


def test_a_drawing_of_the_body_map_is_taken_in(walker: Walker) -> None:
    walker.post("/new/")
    walker.send(drawing='[{"region": "lumbar_paraspinal", "side": "left", "intensity": 7, "coverage": 0.4}]')
    assert walker.place == "confirm"
    (area,) = CaseTable.objects.get().document["pain"]["areas"]
    assert area["coverage"] == 0.4


@pytest.mark.parametrize("drawing", ["{", "7", '[{"region": "knee"}]', '[{"side": "left"}]', '["x"]', "[[]]"])
def test_a_drawing_that_cannot_be_read_is_refused_and_not_kept(walker: Walker, drawing: str) -> None:
    walker.post("/new/")
    walker.send(drawing=drawing)
    assert walker.status == 422
    assert not CaseTable.objects.get().document["pain"]


def test_the_list_can_be_searched_without_script_and_keeps_what_is_ticked(walker: Walker) -> None:
    walker.post("/new/")
    walker.send(press="search", query="temple", place=[LOW_BACK])
    assert set(walker.form.options["place"]) >= {"head_temple|left", LOW_BACK}
    assert "calf|left" not in walker.form.options["place"]
    assert ("place", LOW_BACK) in walker.form.fields


def test_no_region_spot_or_question_stands_in_an_address(walker: Walker) -> None:
    walker.begin(LOW_BACK).check()
    addresses = " ".join(part.split('"')[0] for part in walker.html.split('href="')[1:])
    for word in ("lumbar", "ql", "left", "qls", "ces_", "iliocostalis", "multifid"):
        assert word not in addresses


def test_pressing_a_spot_changes_the_ranking(walker: Walker) -> None:
    walker.begin(LOW_BACK).check()
    before = walker.html
    walker.get(walker.link("/press/"))
    assert walker.place == "press"
    walker.send(tender="true", familiar="true")
    assert walker.place == "spots"
    assert walker.html != before


def test_a_sharp_pinch_ends_the_press(walker: Walker) -> None:
    walker.begin(LOW_BACK).check()
    walker.get(walker.link("/press/")).send(press="pinch")
    assert "Stop pressing there" in walker.html
    assert not Entry.objects.filter(kind="palpated").exists()


def test_a_minor_is_led_to_a_clinician(walker: Walker) -> None:
    walker.begin(LOW_BACK, age=15).check()
    assert walker.place == "stop"


def test_another_persons_complaint_is_not_found(walker: Walker) -> None:
    walker.begin(LOW_BACK)
    case = walker.case
    CaseTable.objects.update(person=Person.objects.create())
    for page in ("", "pain/", "check/", "spots/", "stop/", "answers/"):
        assert walker.get(f"/case/{case}/{page}").status == 404


@pytest.mark.parametrize("address", ["/history/?before=%00", "/case/%00/", "/%00"])
def test_an_address_with_a_nul_is_refused_calmly(walker: Walker, address: str) -> None:
    assert walker.client.get(address).status_code == 400


def test_an_answer_moves_the_ranking_and_the_line_shows_where_it_was(walker: Walker) -> None:
    walker.begin(LOW_BACK).check()
    assert walker.place == "spots"
    assert "data-before" not in walker.html
    walker.get(walker.link("/press/")).send(tender="true", familiar="true")
    assert walker.place == "spots"
    assert "data-before" in walker.html
    assert 'class="before"' in walker.html


def test_the_next_best_step_leads_and_not_sure_is_one_tap_away(walker: Walker) -> None:
    walker.begin(LOW_BACK).check()
    walker.get(walker.link("/ask/"))
    asked = walker.url
    walker.send(press="not_sure")
    assert walker.place == "spots"
    assert f'href="{asked}"' not in walker.html


def test_not_sure_about_the_skin_says_first_why_there_is_no_session_and_where_to_clear_it_up(walker: Walker) -> None:
    walker.begin(LOW_BACK).check({"skin_and_lump": "yes", "skin_at_site": "", "lump_signs": ""})
    assert walker.place == "spots"
    first = walker.html.index("No session yet, because")
    assert first < walker.html.index("spot-1")
    walker.get(walker.link("/answers/[0-9a-f]")).send(press="none")
    assert walker.place == "spots"


def test_another_part_of_the_body_asks_all_safety_questions_once_more(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    walker.begin(LOW_BACK).check()
    case = walker.case
    next_week = clock.now() + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: next_week)
    walker.get(f"/case/{case}/pain/").send(place=[LOW_BACK, "neck_angle|left"])
    walker.send(**{"intensity-0": 6, "intensity-1": 4})
    seen: list[str] = []
    walker.check(until=lambda here: seen.append(here.form.fields[1][1]) is not None)
    assert {"right_now", "bladder_bowel_saddle", "neck_and_head"} <= set(seen)
    assert "health" not in seen  # lasting facts about the person are asked once
    assert walker.place == "spots"


def test_the_same_place_a_week_later_is_not_asked_about_again(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    walker.begin(LOW_BACK).check()
    case = walker.case
    next_week = clock.now() + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: next_week)
    walker.get(f"/case/{case}/")
    assert walker.place == "spots"
