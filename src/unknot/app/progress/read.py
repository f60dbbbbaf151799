"""What the pages of today and history read: always a bounded number of rows, however long the record is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from unknot.app.cases.state import CaseState, load_case
from unknot.app.journal.models import CaseTable, RatingTable, SessionTable
from unknot.app.journal.shelf import row_document
from unknot.app.journal.write import Clock
from unknot.app.people.models import Person
from unknot.app.sessions.look_back import ASKED_FOR_DAYS, Moment, all_due
from unknot.knowledge import load
from unknot.record import CaseRow, SessionRow, instant, moment, parse_instant
from unknot.safety.stops import during_rules
from unknot.script import Text

OPEN_SHOWN = 5
RECENT_DAYS = ASKED_FOR_DAYS + 2
RECENT_SESSIONS = 60
CHART_DAYS = 60
LATELY_DAYS = 14
PAGE_SESSIONS = 20
_SCALES = ("pain", "soreness")


@dataclass(frozen=True, slots=True)
class Open:
    """A session that was planned or begun and has no end yet. ``playable``: its script may still be begun."""

    row: SessionRow
    playable: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the chart: the mean of the numbers of each kind, None where there are none."""

    day: date
    pain: float | None
    after: float | None
    soreness: float | None


def current_case(person: Person, clock: Clock) -> CaseState | None:
    """The complaint touched last, an open one first. What stands from any complaint stands in it."""
    kept = CaseTable.objects.filter(person=person).order_by("-open", "-touched").values_list("id", flat=True).first()
    return None if kept is None else load_case(person, kept, clock)


def open_rows(person: Person) -> list[CaseRow]:
    """The complaints that are not closed, the one touched last first."""
    kept = CaseTable.objects.filter(person=person, open=True).order_by("-touched")
    return [CaseRow(**document) for document in kept.values_list("document", flat=True)[:OPEN_SHOWN]]


def recent_sessions(person: Person, clock: Clock) -> list[SessionRow]:
    """The sessions of the last days, with their scripts."""
    since = instant(clock.now - timedelta(days=RECENT_DAYS))
    kept = SessionTable.objects.filter(person=person, last__gte=since).order_by("-last")[:RECENT_SESSIONS]
    return [SessionRow(**row_document(one)) for one in kept]


def left_open(rows: list[SessionRow], clock: Clock) -> list[Open]:
    """The sessions without an end: begun ones until it is said how they ended, planned ones while they may begin."""
    found = []
    for row in rows:
        if row.finished or not row.script:
            continue
        playable = parse_instant(row.script["expires_at"]) > clock.now
        if row.started or playable:
            found.append(Open(row, playable))
    return found


def perhaps_still_there(rows: list[SessionRow], clock: Clock) -> dict[str, Any] | None:
    """The sign that the last day's session was stopped for, while nobody has looked back on it."""
    yesterday = instant(clock.now - timedelta(days=2))
    for row in rows:
        if row.finished >= yesterday and row.stopped_for and not row.looked_back:
            named = [rule for rule in during_rules(load()).values() if rule.id in row.stopped_for and rule.still]
            if named:
                return {"session": row.id, "sign": named[0].sign}
    return None


def due_now(rows: list[SessionRow], clock: Clock) -> tuple[SessionRow, Moment] | None:
    """The look-back to ask for now: that of the latest session."""
    return next(iter(all_due(rows, clock)), None)


def place(row: CaseRow) -> Text | None:
    """Where a complaint hurts most, in words."""
    areas = row.pain.get("areas") or []
    if not areas:
        return None
    worst = max(areas, key=lambda area: area.get("intensity") or 0)
    lateral = load().regions[worst["region"]].lateral
    params = {"region": f"@region.{worst['region']}", "side": f"@side.{worst['side']}"}
    return Text(id=f"app_progress.place.{'sided' if lateral else 'middle'}", params=params)


def review_on(row: CaseRow, clock: Clock) -> date | None:
    """The day on which to look again, in the person's calendar."""
    days = row.assessed.get("review_after_days")
    if days is None:
        return None
    return local(moment(row.assessed["stamp"]), clock).date() + timedelta(days=days)


def local(at: datetime, clock: Clock) -> datetime:
    """An instant as the person's clock shows it, without its zone (pages show it as it is)."""
    return at.astimezone(ZoneInfo(clock.zone)).replace(tzinfo=None)


def days(person: Person, until: date, count: int) -> list[Day]:
    """The numbers of each of ``count`` days up to ``until``, oldest first; days without a number are left out."""
    since = until - timedelta(days=count - 1)
    earliest = f"{since - timedelta(days=2):%Y-%m-%d}"  # the calendar day of a person is at most a day off that of UTC
    given = RatingTable.objects.filter(
        person=person, what__in=_SCALES, at__gte=earliest, local_date__gte=since, local_date__lte=until
    )
    found: dict[date, dict[str, list[float]]] = {}
    for day, what, document in given.values_list("local_date", "what", "document"):
        found.setdefault(day, {}).setdefault(_column(what, document), []).append(document["value"])
    return [
        Day(day, *(_mean(found[day].get(column)) for column in ("pain", "after", "soreness"))) for day in sorted(found)
    ]


def _column(what: str, document: dict[str, Any]) -> str:
    return "after" if what == "pain" and document["moment"] == "after" else what


def _mean(values: list[float] | None) -> float | None:
    return None if not values else round(sum(values) / len(values), 1)


def sessions_page(person: Person, older_than: str) -> tuple[list[SessionRow], str]:
    """One page of sessions, newest first, and the stamp from which the next page goes on ("" = none)."""
    kept = SessionTable.objects.filter(person=person).exclude(started="")
    if older_than:
        kept = kept.filter(started__lt=older_than)
    rows = [
        SessionRow(**doc) for doc in kept.order_by("-started").values_list("document", flat=True)[: PAGE_SESSIONS + 1]
    ]
    more = len(rows) > PAGE_SESSIONS
    return rows[:PAGE_SESSIONS], rows[PAGE_SESSIONS - 1].started if more else ""
