"""Proof: whatever clause of a safety rule is deleted, negated or shifted by one unit, somebody notices.

The people of tests/vectors/clauses.json are told to every changed condition. A change that none of them notices must
stand in EXPLAINED of tools/rule_clauses.py, and every explanation must still be needed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

INPUTS = [
    "src/unknot/knowledge/safety/*.toml",
    "src/unknot/knowledge/conditions.py",
    "src/unknot/knowledge/rules.py",
    "src/unknot/safety/evaluate.py",
    "src/unknot/safety/facts.py",
    "tests/vectors/clauses.json",
    "tools/rule_clauses.py",
    "tools/people_for.py",
]
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

import rule_clauses


def main() -> int:
    vectors = json.loads(rule_clauses.FILE.read_text(encoding="utf-8"))
    changes, left = 0, []
    for name, condition in rule_clauses.conditions().items():
        count, unnoticed = rule_clauses.unnoticed(name, condition, vectors.get(name, []))
        changes, left = changes + count, left + unnoticed
    result = {
        "conditions": len(vectors),
        "people": sum(map(len, vectors.values())),
        "changes": changes,
        "explained": {name: why for name, why in rule_clauses.EXPLAINED.items() if name in left},
        "unnoticed": sorted(set(left) - set(rule_clauses.EXPLAINED)),
        "needless_explanations": sorted(set(rule_clauses.EXPLAINED) - set(left)),
    }
    print(json.dumps(result))
    return 1 if result["unnoticed"] or result["needless_explanations"] else 0


if __name__ == "__main__":
    sys.exit(main())
