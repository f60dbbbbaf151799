"""Today and history: what comes first, what is next, and that ten years of entries slow nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ready_case import browser
from test_sessions import World, world

from unknot.app.ids import new_id
from unknot.app.journal.models import RatingTable, SessionTable
from unknot.app.people.models import Person
from unknot.app.progress.read import PAGE_SESSIONS, days, sessions_page
from unknot.record import SessionRow, instant

__all__ = ["world"]


def years(person: Person, case: str, until: datetime, count: int) -> None:
    """``count`` days of one session and its numbers each, as the tables keep them."""
    sessions, ratings = [], []
    head = {"site": "qls1", "side": "left", "tool": "massage_ball", "posture": "wall_lean", "total_hold_s": 90.0}
    for number in range(count):
        at = until - timedelta(days=number + 1)
        id, stamp = str(new_id()), f"{instant(at)}|{new_id()}"
        row = SessionRow(
            id=id, person=str(person.id), case=case, planned=stamp, started=stamp, finished=stamp, last=stamp, head=head
        )
        row.hold_s, row.completed, row.signs, row.soreness = 90.0, True, ["none"], 1.0
        document = {name: getattr(row, name) for name in SessionRow.__dataclass_fields__ if name != "script"}
        script = {"expires_at": instant(at), "steps": [], "muscle": "quadratus_lumborum", **head}
        sessions.append(
            SessionTable(id=id, person=person, document=document, script=script, case=case, started=stamp, last=stamp)
        )
        for what, moment, value in (("pain", "before", 6), ("pain", "after", 4), ("soreness", "morning", 1)):
            row_of = {"id": str(new_id()), "person": str(person.id), "at": instant(at), "local_date": f"{at:%Y-%m-%d}"}
            rating = {**row_of, "moment": moment, "value": value, "session": id, "what": what}
            ratings.append(
                RatingTable(
                    id=row_of["id"], person=person, document=rating, at=row_of["at"], local_date=at.date(), what=what
                )
            )
    SessionTable.objects.bulk_create(sessions, 500)
    RatingTable.objects.bulk_create(ratings, 500)


def queries(url: str) -> int:
    client = browser()
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("url", ["/today/", "/history/"])
def test_ten_times_the_days_ask_not_one_query_more(world: World, url: str) -> None:
    years(world.person, world.case, world.clock.now, 30)
    few = queries(url)
    years(world.person, world.case, world.clock.now - timedelta(days=30), 270)
    assert queries(url) == few
    assert few <= 14


def test_a_page_of_sessions_is_bounded_and_the_pages_hold_every_session_once(world: World) -> None:
    years(world.person, world.case, world.clock.now, 45)
    seen: list[str] = []
    older = ""
    for _ in range(9):
        rows, older = sessions_page(world.person, older)
        assert len(rows) <= PAGE_SESSIONS
        seen += [row.id for row in rows]
        if not older:
            break
    assert len(seen) == len(set(seen)) == 45


def test_the_history_goes_on_to_older_sessions_and_days_by_its_links(world: World) -> None:
    years(world.person, world.case, world.clock.now, 90)
    page = world.client.get("/history/").content.decode()
    for label in ("Older sessions", "Earlier days"):
        link = re.search(rf'href="(\?[^"]+)">{label}', page)
        assert link
        assert world.client.get("/history/" + link[1].replace("&amp;", "&")).status_code == 200


def rating(person: Person, day: date, hour: int, what: str, moment: str, value: float) -> None:
    at = datetime.combine(day, time(hour), UTC)
    RatingTable.objects.create(
        id=str(new_id()),
        person=person,
        document={"moment": moment, "value": value},
        at=instant(at),
        local_date=day,
        what=what,
    )


def test_the_numbers_of_a_day_are_their_mean_and_gaps_are_no_zeros(person: Person) -> None:
    monday = date(2026, 3, 2)
    rating(person, monday, 8, "pain", "before", 6)
    rating(person, monday, 12, "pain", "now", 5)
    rating(person, monday, 13, "pain", "after", 3)
    rating(person, monday + timedelta(days=2), 8, "soreness", "morning", 2)
    rating(person, monday - timedelta(days=60), 8, "pain", "now", 9)
    first, second = days(person, monday + timedelta(days=3), 14)
    assert (first.day, first.pain, first.after, first.soreness) == (monday, 5.5, 3, None)
    assert (second.pain, second.after, second.soreness) == (None, None, 2)


def test_an_empty_cell_of_the_chart_stays_empty(world: World) -> None:
    rating(world.person, world.clock.today, 8, "pain", "now", 4)
    page = world.client.get("/history/").content.decode()
    cells = re.findall(r"<td>([^<]*)</td>", page)
    assert cells == ["4", "", ""]
    assert f'<time datetime="{world.clock.today:%Y-%m-%d}">' in page


def test_a_new_person_is_welcomed_and_has_no_today(person: Person) -> None:
    client = browser()
    assert "Where does it hurt?" in client.get("/").content.decode()
    assert client.get("/today/").headers["Location"] == "/"


def test_today_offers_the_next_session_and_says_when_to_look_again(world: World) -> None:
    page = world.client.get("/today/").content.decode()
    assert "Plan a session" in page
    assert "Look again on" in page


def test_an_unfinished_complaint_is_gone_on_with(world: World) -> None:
    from unknot.app.cases import use_cases as cases

    world.later(minutes=1)
    other = cases.start(world.person, world.clock)
    page = world.client.get("/today/").content.decode()
    assert "Go on where you left" in page
    assert f"/case/{other}/pain/" in page
    assert f"/case/{world.case}/" in page


def test_a_session_that_was_left_is_shown_until_it_has_an_end(world: World) -> None:
    session = world.plan()
    world.tell(session, "started")
    assert f"/session/{session}/" in world.client.get("/today/").content.decode()
    world.later(hours=13)
    page = world.client.get("/today/").content.decode()
    assert f'href="/session/{session}/"' not in page
    assert f'action="/session/{session}/done/"' in page
    world.client.post(f"/session/{session}/done/", {"press": "finished"})
    assert "A session without an end" not in world.client.get("/today/").content.decode()


def test_a_number_for_the_pain_now_can_be_given_without_a_session(world: World) -> None:
    assert world.client.post("/today/", {"pain": "7"}).status_code == 302
    assert world.client.post("/today/", {"pain": "eleven"}).status_code == 422
    (kept,) = RatingTable.objects.values_list("document", flat=True)
    assert (kept["what"], kept["value"], kept["moment"], kept["case"]) == ("pain", 7, "now", world.case)


def test_what_stands_from_a_closed_complaint_comes_first_all_the_same(world: World) -> None:
    from ready_case import told_danger

    from unknot.app.cases import use_cases as cases

    told_danger(world.person, world.clock, world.case, ces_saddle=True)
    world.later(minutes=1)
    cases.close(world.person, world.clock, world.case)
    world.later(minutes=1)
    page = world.client.get("/today/").content.decode()
    assert page.index("This comes first") < page.index("Pain right now")
    assert world.client.get("/").headers["Location"].endswith("/stop/")


def test_the_list_says_how_each_session_ended(world: World) -> None:
    session = world.plan()
    world.tell(session, "started")
    world.tell(session, "stopped", reason="too_strong")
    assert "stopped: Pain of 7 or more out of 10" in world.client.get("/history/").content.decode()


def test_a_forged_page_address_is_answered_calmly(world: World) -> None:
    for query in ("until=yesterday", "until=9999-99-99", "before=zzz"):
        assert world.client.get(f"/history/?{query}").status_code == 200, query
