"""Nothing but the gate makes a clearance, and nothing but a clearance becomes a session: read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from unknot.case import read_case
from unknot.knowledge import load
from unknot.plan.session import build
from unknot.safety import Clearance, gate

SOURCE = Path(__file__).parents[2] / "src" / "unknot"
MODULES = {
    str(path.relative_to(SOURCE)): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))
}


def _who(finds: type[ast.AST], named: str) -> set[str]:
    """The modules that hold such a node with this name."""
    return {name for name, tree in MODULES.items() for node in ast.walk(tree) if named in _names(node, finds)}


def _names(node: ast.AST, finds: type[ast.AST]) -> Iterator[str]:
    if not isinstance(node, finds):
        return
    if isinstance(node, ast.Call):
        function = node.func
        yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    elif isinstance(node, ast.ImportFrom | ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.Attribute):
        yield node.attr


def test_the_token_of_the_gate_is_imported_by_the_gate_alone():
    assert _who(ast.ImportFrom, "_GATE") == {"safety/gate.py"}
    assert not _who(ast.Attribute, "_GATE")


def test_a_clearance_is_made_by_the_gate_alone():
    assert _who(ast.Call, "Clearance") == {"safety/gate.py"}


def test_a_session_is_made_by_its_builder_alone():
    assert _who(ast.Call, "Session") == {"plan/session.py"}


@pytest.mark.parametrize("token", [None, object(), "gate", True])
def test_a_clearance_that_somebody_makes_up_is_refused(token):
    given = {name for name, one in Clearance.__dataclass_fields__.items() if one.init}
    fields = dict.fromkeys(given - {"token"})
    with pytest.raises(TypeError, match="made by the safety gate"):
        Clearance(token=token, **fields)


def test_the_builder_takes_nothing_else_than_a_clearance():
    known = load()
    case = read_case({"schema": "unknot.case/1", "person": {"age": 40}, "answers": {}})
    for instead in (None, object(), gate(case, None, None, known)):
        with pytest.raises(TypeError, match="from a clearance"):
            build(instead, "qls2", "left", case, known)
