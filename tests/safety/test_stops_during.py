"""A sign during a session above self-care stands until a clinician has looked at it."""

from datetime import UTC, datetime, timedelta

import pytest
from safety_cases import make_case

from unknot.knowledge import load
from unknot.record import History, PastSession, StandingStop
from unknot.safety import screen
from unknot.safety.past import past_of
from unknot.safety.stops import DURING, during_rules

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URGENT = [rule.id for rule in during_rules(load()).values() if rule.level != "self_care"]


def stood(sign: str) -> History:
    rule = during_rules(load())[sign]
    return History(stops=(StandingStop(rule=DURING + sign, level=rule.level, since=NOW - timedelta(days=3)),))


@pytest.mark.parametrize("sign", URGENT)
def test_a_sign_during_a_session_gives_its_level_and_names_itself(sign: str) -> None:
    triage = screen(make_case(["lumbar_paraspinal left 5"]), stood(sign), load(), now=NOW)
    assert triage.level == during_rules(load())[sign].level
    assert triage.reasons[0].text.params == {"sign": f"@stop.{sign}.sign"}


@pytest.mark.parametrize(
    ("days_ago", "new", "ruled_out", "level"),
    [(1, False, "nerve", "self_care"), (1, True, "nerve", None), (5, False, "nerve", None), (1, False, "heart", None)],
)
def test_it_ends_only_when_a_clinician_looked_at_it_since(
    days_ago: int, new: bool, ruled_out: str, level: str | None
) -> None:
    seen = {"clinician_seen_days_ago": days_ago, "new_since_clinician": new, "clinician_ruled_out": [ruled_out]}
    triage = screen(make_case(["lumbar_paraspinal left 5"], answers=seen), stood("new_weakness"), load(), now=NOW)
    assert triage.level == (level or "same_day")


def test_of_several_signs_in_one_session_the_worst_counts() -> None:
    past = PastSession(
        at=NOW - timedelta(days=2),
        site="qls1",
        side="left",
        tool="massage_ball",
        posture="wall_lean",
        hold_seconds=30,
        stopped_for="too_strong",
        also_stopped_for=("chest_pain",),
    )
    found = past_of(History(sessions=(past,)), NOW, bleeds=False, seen=lambda sign, since: False, knowledge=load())
    assert [rest.until for rest in found.rests if rest.site is None and rest.region is None] == [None]


def test_every_sign_that_needs_a_clinician_says_what_must_be_ruled_out() -> None:
    for rule in during_rules(load()).values():
        if rule.level != "self_care" or any(still.level != "self_care" for still in rule.still):
            assert rule.rules_out, rule.id
            assert set(rule.rules_out) <= set(load().questions["clinician_ruled_out"].values)
