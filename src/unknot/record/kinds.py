"""The kinds of entry a record can hold, and what each must say."""

from __future__ import annotations

from collections.abc import Mapping

from unknot.record.checks import (
    Check,
    answers,
    at_least,
    boolean,
    clock_time,
    day,
    identifier,
    instant_text,
    many,
    nothing_or,
    number,
    one_of,
    only_true,
    table,
    text,
    zone_faults,
)

_name = text(80)
_share = number(0, 1)
_score = number(0, 10)
_seconds = number(0, 86_400)
_side = one_of("left", "right", "midline")
_level = one_of("emergency", "same_day", "provider", "self_care")
_in_case: dict[str, Check] = {"case": identifier}
_in_session: dict[str, Check] = {"session": identifier}

_pain_area = table(
    {"region": _name, "side": _side},
    {"intensity": _score, "coverage": _share, "qualities": many(_name, 30)},
)
_press = table(
    {"site": _name, "side": _side},
    {"tender": nothing_or(boolean), "familiar": nothing_or(boolean), "spreads_to": nothing_or(many(_name, 98))},
)
_reason = table({"id": _name, "level": _level}, {"facts": many(_name, 80)})
_candidate = table({"site": _name, "side": _side, "probability": _share})
_mechanism = table(dict.fromkeys(("muscle", "nerve_root", "other", "unknown"), _share))


MOST_ITEMS, LONGEST_NAME = 12, 60
_millimetres = number(0, 1000)
_routine_item = table(
    {"site": _name, "side": _side, "tool": _name, "posture": _name},
    {
        "form": table({}, {"length": one_of("full", "short"), "no_floor": boolean, "both_sides": boolean}),
        # a tool that nobody listed (unknot.dose.described); it is used like the tool of the item
        "described": table(
            {"shape": _name, "tip_width_mm": _millimetres, "height_mm": _millimetres}, {"thumb_mm": _millimetres}
        ),
    },
)
ROUTINE: dict[str, Check] = {"name": text(LONGEST_NAME), "items": many(_routine_item, MOST_ITEMS)}
"""What a routine says; ``record.routine`` reads a file of one."""

SCRIPT_HEAD: dict[str, Check] = {
    "site": _name,
    "side": _side,
    "tool": _name,
    "posture": _name,
    "total_hold_s": _seconds,
}


_SPOTS = many(table({"site": _name, "side": _side, "seconds": _seconds}), 6)

_SCRIPT: dict[str, Check] = {
    **SCRIPT_HEAD,
    "muscle": _name,
    "cap_kpa": number(0, 1000),
    "expires_at": instant_text,
    "steps": many(at_least({"kind": _name, "duration_s": _seconds, "text": text(2000)})),
}
"""What the player and the record read of a session script; the safety gate builds and checks the whole of it."""

ADVERSE = ("bruise", "numbness", "dizziness", "pain_worse", "skin", "fall", "other")
"""What can go wrong, as it is reported."""
SEVERITY = ("mild", "moderate", "severe")

KINDS: Mapping[str, Check] = {
    # the person and the complaint
    "person_described": table({"person": answers}),
    "settings_changed": table({"settings": answers}),
    "case_started": table(_in_case),
    "case_closed": table(_in_case),
    "pain_painted": table({**_in_case, "pain": many(_pain_area)}, {"confirmed": boolean}),  # left and right confirmed
    "answers_given": table({**_in_case, "answers": answers}),
    "palpated": table({**_in_case, "press": _press}),
    # taking back: an answer that was wrong ("mistake") or no longer holds ("gone")
    "answer_amended": table(
        {**_in_case, "answers": answers, "reason": one_of("mistake", "gone"), "confirmed": only_true}
    ),
    "person_amended": table({"person": answers, "reason": one_of("mistake", "gone"), "confirmed": only_true}),
    # what was made of it
    "screened": table(_in_case),
    "assessed": table(
        {**_in_case, "level": _level, "complete": boolean, "reasons": many(_reason)},
        {
            "blocked_regions": many(_name),
            "review_after_days": number(0, 366),
            "candidates": many(_candidate),
            "mechanism": _mechanism,
            "abstained": boolean,
            "version": _name,
        },
    ),
    "stop_dismissed": table({**_in_case, "rules": many(_name)}),
    "clinician_seen": table({**_in_case, "on": day}, {"ruled_out": many(_name, 20), "new_since": nothing_or(boolean)}),
    # a session and what followed
    "session_planned": table(
        {**_in_case, **_in_session, "script": at_least(_SCRIPT, {"spots": _SPOTS})}, {"routine": identifier}
    ),
    "session_started": table(_in_session),
    "session_event": table(
        {**_in_session, "what": one_of("step", "comfort", "more", "less", "pause", "resume", "stop")},
        {"value": number(-1000, 1000), "reason": _name, "t_s": _seconds},
    ),
    "session_finished": table(
        {**_in_session, "hold_s": _seconds, "completed": boolean},
        {"stopped_for": nothing_or(_name)},
    ),
    # a sign that was named by mistake: only a confirmed entry takes it back
    "session_amended": table({**_in_case, **_in_session, "sign": _name, "confirmed": only_true}),
    # something went wrong: what, how bad, when; and what it asks for (signs and stops of the safety rules)
    "adverse_event": table(
        {
            **_in_case,
            "what": one_of(*ADVERSE),
            "severity": one_of(*SEVERITY),
            "when": one_of("during", "same_day", "next_day", "later"),
            "still": nothing_or(boolean),
        },
        {**_in_session, "signs": many(_name, 20), "stops": many(_name, 20)},
    ),
    "rated": table(
        {
            "what": _name,
            "value": number(0, 1000),
            "moment": one_of("before", "after", "after_10", "morning", "evening", "now"),
        },
        {**_in_case, **_in_session},
    ),
    # reminders: the person's own times on the clock of one zone, and what was said to one of them
    "reminders_set": table(
        {
            "on": boolean,
            "times": many(clock_time, 8),
            "days": many(number(1, 7), 7),
            "zone": zone_faults,
            "quiet": table({"from": clock_time, "to": clock_time}),
        },
        {"title": text(60)},
    ),
    "reminder_answered": table(
        {"day": day, "time": clock_time, "what": one_of("skipped", "later")}, {"until": instant_text}
    ),
    "reminders_kept": table({}),
    # spots in an order of the person's own, or of somebody who shared it
    "routine_saved": table({"routine": identifier, **ROUTINE}),
    "routine_removed": table({"routine": identifier}),
    "look_back": table(
        {**_in_session, "moment": one_of("two_hours", "morning", "day_3", "before_next")},
        {"soreness": _score, "bruise_cm": number(0, 100), "signs": many(_name, 20)},
    ),
}
"""Kind of entry -> check of its payload (``kind_version`` 1 for all)."""

KIND_VERSION = 1
"""The version that is written. An older one is brought up by a function here before it is folded; there is none yet."""
