"""Small faults put into Python modules on purpose, each tried against the tests in a process of its own.

A mutant is one change of the syntax tree: a comparison turned or shifted, ``and`` for ``or``, a ``not`` dropped, a
branch taken always or never, a constant changed, a call or a filter left out.
A mutant is killed when a test fails (or hangs). tools/proofs/mutants.py runs this.
"""

from __future__ import annotations

import ast
import copy
import importlib.util
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the module, what was done in words, and the faulty source."""

    module: str
    what: str
    source: str

    @property
    def name(self) -> str:
        """A name that does not hang on line numbers."""
        return f"{self.module}: {self.what}"


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(source)
    _without_docstrings_and_types(tree)
    seen: dict[str, int] = {}
    for place, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            made = copy.deepcopy(tree)
            change(next(other for number, other in enumerate(ast.walk(made)) if number == place))
            words = f"{what} in `{ast.unparse(_statement(tree, node))[:90]}`".replace("\n", " ")
            seen[words] = seen.get(words, 0) + 1
            yield Mutant(module, f"{words} #{seen[words]}", ast.unparse(ast.fix_missing_locations(made)))


def _statement(tree: ast.AST, wanted: ast.AST) -> ast.AST:
    """The smallest statement around a node."""
    found = wanted
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and any(inner is wanted for inner in ast.walk(node)):
            found = node
    return found


def _without_docstrings_and_types(tree: ast.AST) -> None:
    """Leave out what no test can notice: docstrings and notes of types in signatures."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.args, *node.args.kwonlyargs):
                argument.annotation = None


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """What may be done to one node: words, and a function that does it to a copy of the node."""
    match node:
        case ast.Compare(ops=ops):
            for number, op in enumerate(ops):
                other = SWAPS[type(op)]
                yield f"{other.__name__} for {type(op).__name__}", _turned(number, other)
        case ast.BoolOp():
            yield "and/or", lambda n: setattr(n, "op", ast.Or() if isinstance(n.op, ast.And) else ast.And())
            for number in range(len(node.values)):
                yield f"part {number} dropped", _dropped(number)
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", lambda n: _become(n, ast.Call(ast.Name("bool", ast.Load()), [n.operand], []))
        case ast.BinOp(op=sign) if type(sign) in ARITHMETIC:
            yield "sign turned", lambda n: setattr(n, "op", ARITHMETIC[type(n.op)]())
        case ast.If() | ast.IfExp():
            yield "always", lambda n: setattr(n, "test", ast.Constant(True))
            yield "never", lambda n: setattr(n, "test", ast.Constant(False))
        case ast.Constant(value=bool()):
            yield "other truth", lambda n: setattr(n, "value", not n.value)
        case ast.Constant(value=int() | float()):
            yield "one more", lambda n: setattr(n, "value", n.value + 1)
        case ast.Constant(value=None):
            yield "True for None", lambda n: setattr(n, "value", True)
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign():
            yield "left out", lambda n: _become(n, ast.Pass())
        case ast.comprehension(ifs=[_, *_]):
            yield "every item", lambda n: setattr(n, "ifs", [])
        case _:
            pass


def _turned(number: int, other: type[ast.cmpop]) -> Callable[[Any], None]:
    return lambda node: node.ops.__setitem__(number, other())


def _dropped(number: int) -> Callable[[Any], None]:
    return lambda node: node.values.pop(number)


def _become(node: ast.AST, other: ast.AST) -> None:
    """Turn a node of a copied tree into another one, in place."""
    node.__class__ = type(other)
    node.__dict__.clear()
    node.__dict__.update(other.__dict__)


class _Faulty(MetaPathFinder, Loader):
    """Imports one module from other source."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, f"<{self.mutant.name}>", "exec"), module.__dict__)


def killed(mutant: Mutant, tests: Sequence[str], seconds: int = 300) -> bool:
    """Whether a test fails with the mutant in place. The tests run in a child that has not imported the module yet."""
    child = os.fork()
    if child == 0:
        _try(mutant, tests, seconds)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def _try(mutant: Mutant, tests: Sequence[str], seconds: int) -> None:
    """In the child: run the tests until one fails. Never returns."""
    signal.alarm(seconds)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.meta_path.insert(0, _Faulty(mutant))
    try:
        import pytest

        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the web framework and the like only cost time here
        quietly = ["-c", os.devnull, "--rootdir=.", "-x", "-q", "--assert=plain", "-p", "no:cacheprovider"]
        status = int(pytest.main([*quietly, *tests]))
    except BaseException:
        status = 1
    os._exit(status)
