"""Which facts speak against which treatment: the whole table, so that a clause taken out or turned round is noticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from safety.people import KNOWN

from unknot.case import read_case
from unknot.plan.modality import caution_rules
from unknot.safety.compiled import language
from unknot.safety.evaluate import holds
from unknot.safety.facts import facts_of

TABLE = Path(__file__).parents[1] / "vectors" / "cautions.json"
WELL: dict[str, Any] = {
    "schema": "unknot.case/1",
    "person": {"age": 40, "sex": "male", "conditions": []},
    "pain": [{"region": "lumbar_paraspinal", "side": "left"}],
}


def _holding(**changes: Any) -> list[str]:
    """The cautions that hold for a well person with low back pain, and these changes."""
    case = read_case({**WELL, **changes})
    facts = facts_of(case, language(KNOWN).places)
    return [id for id, condition in caution_rules(KNOWN).items() if holds(condition, facts) is True]


def table() -> dict[str, list[str]]:
    """Every single fact that makes some caution hold, with the cautions."""
    single: dict[str, dict[str, Any]] = {
        **{id: {"person": {**WELL["person"], "conditions": [id]}} for id in KNOWN.conditions},
        **{f"age {age}": {"person": {**WELL["person"], "age": age}} for age in (69, 70)},
        **{
            region: {"pain": [{"region": region, "side": "left"}]}
            for region, one in KNOWN.regions.items()
            if one.lateral
        },
        **{id: {"answers": {id: True}} for id, question in KNOWN.questions.items() if _yes_no(question)},
        **{f"skin {one}": {"answers": {"skin_at_site": [one]}} for one in KNOWN.questions["skin_at_site"].values},
    }
    found = {name: _holding(**changes) for name, changes in single.items()}
    return {name: cautions for name, cautions in found.items() if cautions}


def _yes_no(question: Any) -> bool:
    return question.type == "bool" and question.group not in ("person", "pain", "palpation")


def test_a_well_person_with_low_back_pain_meets_no_caution():
    assert _holding() == []


def test_each_single_fact_raises_the_cautions_that_the_table_names():
    assert table() == json.loads(TABLE.read_text()), "a change of cautions.toml: look at it, then write the table anew"


def test_the_table_reaches_every_caution():
    assert {id for cautions in table().values() for id in cautions} == set(KNOWN.cautions)


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table(), indent=1) + "\n")
