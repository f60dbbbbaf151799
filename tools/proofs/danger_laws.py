"""Proof: over 5,000 made-up people a danger sign never lowers the level, and nobody gets leave with an open question.

Each person is drawn from a seed: a scenario, a published case or nobody in particular, with answers, conditions and
places at random. Half of them have the rest of the questions answered without danger, so that many do get leave, and
what shuts the gate for them can be tried one question at a time.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

INPUTS = [
    "src/unknot/safety/*.py",
    "src/unknot/knowledge/conditions.py",
    "src/unknot/knowledge/rules.py",
    "src/unknot/knowledge/safety/*.toml",
    "src/unknot/knowledge/questions/*.toml",
    "src/unknot/knowledge/conditions.toml",
]
PEOPLE = 5_000
CHUNK = 250
SIGNS = 2  # signs tried one by one with each person
TAKEN_AWAY = 8  # answers taken away one by one from each person who gets leave
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "safety")]

import yaml
from safety_cases import make_case

from unknot.case import Answer, Case, PainArea
from unknot.knowledge import load
from unknot.lab.published import published_cases
from unknot.safety import Clearance, gate, screen, unanswered
from unknot.safety.asked import not_sure
from unknot.safety.rulebook import SEVERITY

KNOWN = load()
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = {q.id: q for q in KNOWN.questions.values() if q.group not in ("person", "pain", "palpation")}
YES_NO = sorted(id for id, q in ASKED.items() if q.type == "bool")
CONDITIONS = sorted(KNOWN.conditions)
PLACES = sorted(id for id, region in KNOWN.regions.items() if region.lateral)


def main() -> int:
    counts: Counter[str] = Counter()
    broken: list[str] = []
    with ProcessPoolExecutor() as pool:
        for found, faults in pool.map(_some_people, range(0, PEOPLE, CHUNK)):
            counts += found
            broken += faults
    print(json.dumps({**dict(sorted(counts.items())), "people": PEOPLE, "broken": broken[:20]}))
    return 1 if broken or counts["leave"] < PEOPLE / 20 else 0


def _some_people(first: int) -> tuple[Counter[str], list[str]]:
    """The next CHUNK people: what was tried with them, and every law that they break."""
    counts: Counter[str] = Counter()
    broken = []
    starts = _starts()
    for number in range(first, min(first + CHUNK, PEOPLE)):
        rng = Random(number)
        case = _person(rng, starts)
        if number % 2:
            case = _completed(case)
        broken += [f"person {number}: {fault}" for fault in _broken_laws(case, rng, counts)]
    return counts, broken


def _starts() -> list[Case]:
    found = [published.case for published in published_cases()]
    for path in sorted((ROOT / "tests" / "scenarios").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append(make_case(entry.get("pain", []), entry["person"], entry.get("answers")))
    return found


def _person(rng: Random, starts: list[Case]) -> Case:
    case = replace(make_case(person={"age": rng.randint(16, 95)}))
    if rng.random() < 0.6:
        case = rng.choice(starts)
    drawn = {id: _answer(rng, id) for id in rng.sample(sorted(ASKED), rng.randint(0, 6))}
    conditions = frozenset(rng.sample(CONDITIONS, rng.choice((0, 0, 0, 1, 1, 2, 4)))) | (
        case.person.conditions or set()
    )
    person = replace(case.person, conditions=conditions, sex=case.person.sex or rng.choice(("male", "female")))
    return replace(case, person=person, answers={**drawn, **case.answers}, pain=case.pain or _places(rng))


def _places(rng: Random) -> tuple[PainArea, ...]:
    return tuple(
        PainArea(region=region, side=rng.choice(("left", "right")), intensity=float(rng.randint(1, 9)))
        for region in rng.sample(PLACES, rng.randint(1, 3))
    )


def _answer(rng: Random, id: str) -> Answer:
    """Mostly harmless, so that people differ; a danger or a "not sure" now and then."""
    question = ASKED[id]
    match question.type:
        case "bool":
            return rng.choice((False, False, False, False, True, None))
        case "number":
            return rng.choice((None, 0.3, 1.0, 3.0, 6.0, 13.0, 30.0, 60.0))
        case "one_of":
            return rng.choice((*question.values, None))
    values = question.values or ("neck_side", "chest_upper")
    return tuple(rng.sample(values, min(len(values), rng.randint(0, 2))))


def _completed(case: Case) -> Case:
    """Whatever was not told, answered without danger."""
    harmless: dict[str, Answer] = {"bool": False, "many_of": (), "number": 5.0}
    rest = {id: q.values[-1] if q.type == "one_of" else harmless[q.type] for id, q in ASKED.items()}
    return replace(case, answers={**rest, **case.answers})


def _broken_laws(case: Case, rng: Random, counts: Counter[str]) -> list[str]:
    found = []
    before = _severity(case)
    for sign in rng.sample(YES_NO, SIGNS):
        counts["signs_added"] += 1
        if _severity(_with(case, sign, True)) < before:
            found.append(f"{sign} lowers the level")
        counts["doubts_added"] += 1
        if _severity(_with(case, sign, None)) < _severity(_with(case, sign, False)):
            found.append(f"a doubt about {sign} is milder than no")
    condition = rng.choice(CONDITIONS)
    person = replace(case.person, conditions=(case.person.conditions or frozenset()) | {condition})
    counts["conditions_added"] += 1
    if _severity(replace(case, person=person)) < before:
        found.append(f"{condition} lowers the level")
    return found + _broken_gate(case, rng, counts)


def _broken_gate(case: Case, rng: Random, counts: Counter[str]) -> list[str]:
    leave = gate(case, None, NOW, KNOWN)
    if not isinstance(leave, Clearance):
        counts["no_leave"] += 1
        return []
    counts["leave"] += 1
    triage = screen(case, None, KNOWN, now=NOW)
    found = []
    if triage.level != "self_care" or not triage.complete or unanswered(case, KNOWN) or not_sure(case, KNOWN):
        found.append("leave with an open question or above self-care")
    told = sorted(id for id in case.answers if id in ASKED)
    for id in rng.sample(told, min(TAKEN_AWAY, len(told))):
        without = replace(case, answers={key: value for key, value in case.answers.items() if key != id})
        counts["questions_taken_away"] += 1
        if unanswered(without, KNOWN) and isinstance(gate(without, None, NOW, KNOWN), Clearance):
            found.append(f"leave although {id} was not asked")
    for id in rng.sample(YES_NO, SIGNS):
        worse = _with(case, id, True)
        counts["gates_tried_with_a_sign"] += 1
        if _severity(worse) > 0 and isinstance(gate(worse, None, NOW, KNOWN), Clearance):
            found.append(f"leave with {id} above self-care")
        unsure = _with(case, id, None)
        if not_sure(unsure, KNOWN) and isinstance(gate(unsure, None, NOW, KNOWN), Clearance):
            found.append(f"leave with a doubt about {id}")
    return found


def _with(case: Case, id: str, value: Answer) -> Case:
    return replace(case, answers={**case.answers, id: value})


def _severity(case: Case) -> int:
    return SEVERITY.index(screen(case, None, KNOWN).level)


if __name__ == "__main__":
    sys.exit(main())
