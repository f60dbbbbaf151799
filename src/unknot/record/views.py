"""What the engine reads from the rows: the document of a complaint, and the history for the safety gate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from unknot.knowledge.model import Question
from unknot.record.claims import latest, standing
from unknot.record.event import parse_instant
from unknot.record.history import History, PainRating, PastPress, PastSession, StandingStop
from unknot.record.merge import settle, union
from unknot.record.rows import CaseRow, PersonRow, RatingRow, SessionRow, StopRow

GRAVITY = 9.80665
SCALE_SPREAD = 1.18  # P95 / P50 of a force that was weighed: a tenth as standard deviation

AGEING = {"duration_weeks": timedelta(weeks=1), "clinician_seen_days_ago": timedelta(days=1)}
"""Answers that count time from the day they were given: each unit that has passed since adds one."""


def moment(stamp: str) -> datetime:
    """The instant of a stamp."""
    return parse_instant(stamp.partition("|")[0])


def case_document(
    case: CaseRow,
    person: PersonRow | None,
    questions: Mapping[str, Question],
    now: datetime,
    *,
    condition_groups: Collection[str] = (),
    last_session: SessionRow | None = None,
) -> dict[str, Any]:
    """The complaint as ``unknot.case/1``, as it stands at ``now``. ``person.age`` may still be missing.

    ``condition_groups``: see ``person_facts``. ``last_session``: the last one that was started, in any complaint; what
    was noticed after it stands under ``after_session_signs``.
    """
    document: dict[str, Any] = {"schema": "unknot.case/1", "person": person_facts(person, condition_groups)}
    if case.pain:
        document["pain"] = case.pain["areas"]
    answers = {key: _answer(case, key, questions, now) for key in sorted(case.answers) if standing(case.answers, key)}
    if last_session is not None and last_session.signs is not None:
        exclusive = questions["after_session_signs"].exclusive if "after_session_signs" in questions else ()
        answers["after_session_signs"] = union([last_session.signs], exclusive)
    if answers:
        document["answers"] = answers
    if case.presses:
        document["palpation"] = [entry["press"] for _, entry in sorted(case.presses.items())]
    return document


def person_facts(person: PersonRow | None, condition_groups: Collection[str] = ()) -> dict[str, Any]:
    """The facts about the person; a condition once named stands until it is taken back and confirmed.

    Conditions are asked group by group and kept as ``conditions.<group>``; together they count as asked
    (``conditions`` is there, perhaps empty) once every one of ``condition_groups`` was answered.
    """
    if person is None:
        return {}
    facts: dict[str, Any] = {}
    groups: dict[str, list[str] | None] = {}
    for key in sorted(person.facts):
        claims = standing(person.facts, key)
        name, _, group = key.partition(".")
        if claims and name == "conditions":
            groups[group] = settle(claims, _CONDITIONS)
        elif claims:
            facts[key] = settle(claims, None)
    if "" in groups or groups.keys() >= set(condition_groups) != set():
        facts["conditions"] = union([named or [] for named in groups.values()])
    return facts


def settings(person: PersonRow | None) -> dict[str, Any]:
    """The settings, each as it was last chosen."""
    return {} if person is None else {key: latest(person.settings, key) for key in sorted(person.settings)}


def routines(person: PersonRow | None) -> dict[str, dict[str, Any]]:
    """The routines that stand, by id, the one saved last first: {"name", "items"}.

    Saved after it was removed, one stands again.
    """
    kept = {} if person is None else person.routines
    standing_ = {id: one for id, one in kept.items() if one["stamp"] > one["removed"]}
    return dict(sorted(standing_.items(), key=lambda pair: pair[1]["stamp"], reverse=True))


def history(
    sessions: Iterable[SessionRow],
    stops: Iterable[StopRow],
    cases: Mapping[str, CaseRow],
    case: CaseRow | None = None,
    ratings: Iterable[RatingRow] = (),
) -> History:
    """The history for the safety gate. ``case`` is the complaint at hand, whose last screening and pain count."""
    in_order = sorted(ratings, key=lambda row: row.at)
    pain = [row for row in in_order if row.what == "pain"]
    around = {(row.what, row.session, row.moment): row.value for row in in_order if row.session}
    return History(
        sessions=tuple(
            past
            for row in sorted(sessions, key=lambda row: row.started)
            if row.started
            for past in past_sessions(row, around)
        ),
        pain=tuple(
            PainRating(at=moment(row.at), value=row.value)
            for row in pain
            if row.session is None and case is not None and row.case == case.id
        ),
        stops=tuple(
            standing_stop(row) for row in sorted(stops, key=lambda row: row.id) if stands(row, cases.get(row.case))
        ),
        screened_at=moment(case.screened) if case is not None and case.screened else None,
        presses=past_presses(row for row in cases.values() if case is None or row.id != case.id),
    )


def past_presses(cases: Iterable[CaseRow]) -> tuple[PastPress, ...]:
    """What pressing did in these complaints, earliest first. What was not sure says nothing."""
    entries = [(entry["stamp"], place, entry["press"]) for row in cases for place, entry in row.presses.items()]
    entries.sort(key=lambda one: one[:2])
    return tuple(
        PastPress(
            at=moment(stamp),
            site=press["site"],
            side=press["side"],
            tender=press.get("tender"),
            familiar=press.get("familiar"),
        )
        for stamp, _, press in entries
    )


Around = Mapping[tuple[str, str, str], float]
"""What, session and moment of a rating -> its latest value."""


def past_sessions(row: SessionRow, around: Around) -> Iterator[PastSession]:
    """A session that was started, once for each spot that it pressed. One that was never finished counts with its whole
    planned hold; of several spots each counts with all of its own, because nobody knows which was pressed less."""
    spots = row.head.get("spots") or [{"site": row.head["site"], "side": row.head["side"]}]
    whole = row.hold_s if row.finished else row.head["total_hold_s"]
    first = _past_session(row, around)
    for number, spot in enumerate(spots):
        seconds = min(spot.get("seconds", whole), whole)
        again = number > 0
        yield replace(first, site=spot["site"], side=spot["side"], hold_seconds=seconds, same_visit_spot=again)


def _past_session(row: SessionRow, around: Around) -> PastSession:
    later = (around.get(("comfort", row.id, moment)) for moment in ("after_10", "after"))
    return PastSession(
        at=moment(row.started),
        site=row.head["site"],
        side=row.head["side"],
        tool=row.head["tool"],
        posture=row.head["posture"],
        hold_seconds=row.hold_s,
        comfort_peak=row.comfort_peak,
        stopped_for=row.stopped_for[0] if row.stopped_for else None,
        also_stopped_for=tuple(row.stopped_for[1:]),
        soreness_next_day=row.soreness,
        bruise_cm=row.bruise_cm,
        ended=moment(row.finished) if row.finished else None,
        force_n=_weighed(around.get(("scale_kg", row.id, "before"))) or _force(row.script.get("start_force_n")),
        pain_before=around.get(("pain", row.id, "before")),
        pain_after=around.get(("pain", row.id, "after")),
        pain_later=around.get(("pain", row.id, "after_10")),
        left_over=next((value for value in later if value is not None), None),
    )


def _weighed(kilograms: float | None) -> tuple[float, float, float] | None:
    """The force of a session whose tool was pressed on a household scale: the reading, within about a sixth."""
    if not kilograms:
        return None
    force = kilograms * GRAVITY
    return (force / SCALE_SPREAD, force, force * SCALE_SPREAD)


def _force(band: Any) -> tuple[float, float, float] | None:
    """The band of force of a script, where it holds one that can be read."""
    found = [band.get(key) for key in ("p05", "p50", "p95")] if isinstance(band, Mapping) else []
    numbers = [float(one) for one in found if isinstance(one, int | float) and not isinstance(one, bool)]
    if len(numbers) != 3 or not 0 < numbers[0] <= numbers[1] <= numbers[2] < float("inf"):
        return None
    return (numbers[0], numbers[1], numbers[2])


def standing_stop(row: StopRow) -> StandingStop:
    """A stop as the gate reads it."""
    level: Any = row.level
    return StandingStop(rule=row.rule, level=level, since=moment(row.since), regions=frozenset(row.regions))


def stands(stop: StopRow, case: CaseRow | None) -> bool:
    """Whether a stop still stands.

    It falls only when an answer behind it, or the sign itself, was taken back as a mistake after the rule last fired,
    and a newer assessment no longer names it. An answer that is merely gone leaves it to the gate.
    """
    if case is None:
        return True
    assessed = case.assessed.get("stamp", "")
    return not any(stop.last < case.mistakes.get(fact, "") < assessed for fact in (*stop.facts, stop.rule))


def _answer(case: CaseRow, key: str, questions: Mapping[str, Question], now: datetime) -> Any:
    claims = standing(case.answers, key)
    value = settle(claims, questions.get(key))
    if key in AGEING and isinstance(value, int | float):
        passed = max((now - moment(claims[-1][0])) / AGEING[key], 0.0)
        return round(value + passed, 2)
    return value


_CONDITIONS = Question(id="conditions", type="many_of", group="history")
