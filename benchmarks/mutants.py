"""Would a test notice if the marking scheme changed? One small change at a time in what scores, and the tests that reach it.

Usage: python benchmarks/mutants.py [--only PATTERN] [--slice 1/4] [--minutes 30] [--list]

Numbers, comparisons, sums, conditions and outcomes are changed in functions and constants of the modules named in
``TARGETS``; words are left alone. The tests are collected once. For each change a child process is forked in which the
changed function takes the place of the real one, and only the tests that called it before are run, until one fails.
A change that no test notices has survived; each is printed with its line. Linux and macOS: it needs fork().
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import gc
import json
import os
import pkgutil
import random
import re
import signal
import sys
import time
import types
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import medialit

# Modules by name, so that a file may move inside its room.
TARGETS = re.compile(
    r"medialit\.(scoring|exercises|forms|units\.\w+)\.|medialit\.units\.record$|medialit\.classroom\.(scorer|sat|report\.)"
)
# What only draws, reads files or finds words for what was measured elsewhere; a unit.py is what a lesson shows beside tasks.
APART = re.compile(r"\.(quiz_load|quiz_schema|statements|sittings|seals|page|cardform_view|views?|unit)$")
WORDS = re.compile(
    r"\.(facts|form|__str__|_repr_\w+|as_dict|prompt|hints|solution_text|version|sentence|model_config|sample|_heat|_strip|_chart)$"
)
# Fast ones first; a test runs for a change only if it called the changed function.
TESTS = (
    "marks_*", "scor*", "calibration", "clusters", "labels", "ranking", "items_and_detection", "answers*", "quiz_*", "units",
    "welcome_unit", "claimreview", "desk", "framing_unit", "sources_unit", "second_case", "statements",
    "tests_of_a_class", "review", "my_course", "report*", "forms*", "free_text", "skill_tasks", "correction_*", "wall",
    "fair_keys", "guesses", "highlighter", "look_again", "marking", "panel", "sources_reuse",
)  # fmt: skip
# How wide, high or thick a picture is drawn, and after how many letters words are cut, measures nobody.
_SIZES = ("width", "height", "least", "thick", "lines")
_DRAWN = {"Axis", "shortened"}
IMPOSSIBLE = 9
LONG = 3.0  # seconds: a test that takes longer, most of them pictures and pages, is not run again for each change
SECONDS = 120.0  # a change that makes a test run for ever counts as noticed

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_SUMS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_OUTCOMES = {
    "PASSED": "PARTLY",
    "PARTLY": "NOT_YET",
    "NOT_YET": "PARTLY",
    "NOT_ATTEMPTED": "NOT_YET",
    "COULD_NOT_CHECK": "NOT_YET",
}


@dataclass(frozen=True)
class Mutant:
    """One change: in which function (or constant) of which module, on which line, and what it is."""

    module: str
    name: str
    line: int
    change: str
    nth: int
    constant: bool = False


class _Changer(ast.NodeTransformer):
    """Walks a function and offers its changes in order; makes the one whose number is ``wanted``."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.found = wanted, []

    def _offer(self, node: ast.AST, new: ast.AST, change: str) -> ast.AST:
        self.found.append((node.lineno, change))
        return ast.copy_location(new, node) if len(self.found) - 1 == self.wanted else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node  # words

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if node.value is True or node.value is False:
            return self._offer(node, ast.Constant(not node.value), f"{node.value} -> {not node.value}")
        if type(node.value) in (int, float):
            new = node.value + 1 if type(node.value) is int else round(node.value * 1.1 + 0.01, 6)
            return self._offer(node, ast.Constant(new), f"{node.value} -> {new}")
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        # zip(strict=True) only guards what was counted before; the others are sizes on a page.
        return node if node.arg in ("strict", "maxsize", *_SIZES) else self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        node = self.generic_visit(node)
        for i, op in enumerate(node.ops):
            new = copy.copy(node)
            new.ops = [*node.ops[:i], _COMPARED[type(op)](), *node.ops[i + 1 :]]
            node = self._offer(node, new, f"{type(op).__name__} -> {type(new.ops[i]).__name__}")
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        node = self.generic_visit(node)
        worded = isinstance(node.left, ast.JoinedStr) or isinstance(node.right, ast.JoinedStr)
        if type(node.op) in _SUMS and not worded:
            new = copy.copy(node)
            new.op = _SUMS[type(node.op)]()
            return self._offer(node, new, f"{type(node.op).__name__} -> {type(new.op).__name__}")
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        node = self.generic_visit(node)
        new = copy.copy(node)
        new.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        return self._offer(node, new, "and <-> or")

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        node = self.generic_visit(node)
        if isinstance(node.op, ast.Not | ast.USub):
            return self._offer(node, node.operand, f"drop {type(node.op).__name__}")
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        node = self.generic_visit(node)
        new = copy.copy(node)
        new.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
        return self._offer(node, new, "if -> if not")

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        node = self.generic_visit(node)
        new = copy.copy(node)
        new.body, new.orelse = node.orelse, node.body
        return self._offer(node, new, "other branch")

    def visit_Call(self, node: ast.Call) -> ast.AST:
        drawn = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "drawing"
        if drawn or (isinstance(node.func, ast.Name) and node.func.id in _DRAWN):
            return node
        if isinstance(node.func, ast.Name) and node.func.id == "round":
            node.args[0] = self.visit(node.args[0])  # how many digits are kept, nobody reads
            return node
        node = self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            new = copy.copy(node)
            new.func = ast.copy_location(ast.Name(_CALLS[node.func.id], ast.Load()), node.func)
            return self._offer(node, new, f"{node.func.id} -> {new.func.id}")
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == "Outcome" and node.attr in _OUTCOMES:
            new = copy.copy(node)
            new.attr = _OUTCOMES[node.attr]
            return self._offer(node, new, f"{node.attr} -> {new.attr}")
        return self.generic_visit(node)

    # Types and defaults of records are not what is measured.
    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value:
            node.value = self.visit(node.value)
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]
        return node


def _places(tree: ast.Module) -> list[tuple[str, ast.AST, bool]]:
    """(name, node, is a constant) of every function, also inside classes, and every constant of a module or a class."""
    found: list[tuple[str, ast.AST, bool]] = []

    def look(body: list[ast.stmt], inside: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                found.append((inside + node.name, node, False))
            elif isinstance(node, ast.ClassDef):
                look(node.body, f"{inside}{node.name}.")
            elif (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name | ast.Tuple)
                # The type of a field, such as Annotated[…], was read when its record was made.
                and not isinstance(node.value, ast.Subscript)
            ):
                found.append((inside + ast.unparse(node.targets[0]), node, True))

    look(tree.body, "")
    return found


@functools.cache
def _source(module: str) -> str:
    return Path(sys.modules[module].__file__).read_text(encoding="utf-8")


def mutants_of(module: str) -> list[Mutant]:
    """Every change in one module."""
    found = []
    for name, node, constant in _places(ast.parse(_source(module))):
        if not WORDS.search(f".{name}"):
            changer = _Changer()
            changer.visit(copy.deepcopy(node))
            found += [Mutant(module, name, line, change, i, constant) for i, (line, change) in enumerate(changer.found)]
    return found


def apply(mutant: Mutant) -> None:
    """Make the change in this process."""
    tree = ast.parse(_source(mutant.module))
    node = next(n for name, n, constant in _places(tree) if (name, constant) == (mutant.name, mutant.constant))
    _Changer(mutant.nth).visit(node)
    home = sys.modules[mutant.module]
    if mutant.constant:
        _set_constant(home, mutant.name, node)
        return
    code = compile(ast.fix_missing_locations(tree), home.__file__, "exec")
    new = next(c for c in _codes(code) if c.co_qualname == mutant.name)
    functions = [one for one in gc.get_objects() if type(one) is types.FunctionType and one.__module__ == mutant.module]
    # A wrapper has the name of what it wraps, and other code.
    changed = [function for function in functions if function.__code__.co_qualname == mutant.name]
    if not changed:
        raise LookupError(mutant.name)
    for function in changed:
        function.__code__ = new


def _codes(code: types.CodeType) -> Any:
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield part
            yield from _codes(part)


def _set_constant(home: types.ModuleType, name: str, node: ast.Assign) -> None:
    inside, _, target = name.rpartition(".")
    holder = functools.reduce(getattr, filter(None, inside.split(".")), home)
    space = dict(vars(home)) | (dict(vars(holder)) if inside else {})
    exec(compile(ast.fix_missing_locations(ast.Module([node], [])), "mutant", "exec"), space)
    for one in re.findall(r"\w+", target):
        old, new = getattr(holder, one), space[one]
        setattr(holder, one, new)
        if not inside:
            # Whoever imported the name holds it too.
            for other in list(sys.modules.values()):
                if getattr(other, "__name__", "").startswith(("medialit", "test_")) and vars(other).get(one) is old:
                    setattr(other, one, new)


class Run:
    """A pytest plugin: collects once, then forks for each change."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.survived, self.killed, self.unreached, self.unmade = options, [], 0, [], 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.unfreeze()  # the suite hides from the collector what it has loaded, and changes are made by way of that
        everything = [module.name for module in pkgutil.walk_packages(medialit.__path__, "medialit.")]
        names = [n for n in everything if TARGETS.match(n) and not APART.search(n) and self.options.only.search(n)]
        mutants = [mutant for name in names for mutant in mutants_of(import_module(name).__name__)]
        part, _, parts = self.options.slice.partition("/")
        mutants = mutants[int(part) - 1 :: int(parts)]
        if self.options.list:
            print(*(f"{m.module}:{m.line} {m.name} {m.change}" for m in mutants), sep="\n")
            return True
        # In another order than in the files, so that a run that ends early has tried a fair sample.
        random.Random(1).shuffle(mutants)
        began = time.monotonic()
        print(f"{len(mutants)} changes. First, which test calls what.", flush=True)
        reached, failing = self._baseline(session)
        if failing:
            print(f"These tests fail without any change: {', '.join(failing[:5])}.")
            return True
        everywhere = list(dict.fromkeys(node for nodes in reached.values() for node in nodes))
        unsteady = self._in_a_child(lambda: self._failing(session, everywhere))
        for node in unsteady:
            print(f"left out, because it fails without any change when tests run in another order: {node}", flush=True)
        for number, mutant in enumerate(mutants):
            if time.monotonic() - began > 60 * self.options.minutes:
                print(f"The time is up: {number} of {len(mutants)} changes were tried.")
                break
            key = mutant.module if mutant.constant else f"{mutant.module}:{mutant.name}"
            nodes = [node for node in reached.get(key, []) if node not in unsteady]
            if not nodes:
                self.unreached.append(mutant)
            elif (noticed := self._noticed(session, mutant, nodes)) is None:
                self.unmade += 1
                print(f"left out, because it could not be made: {mutant}", flush=True)
            elif noticed:
                self.killed += 1
            else:
                self.survived.append(mutant)
                print(f"survived: {mutant.module}:{mutant.line} {mutant.name}: {mutant.change}", flush=True)
        for mutant in self.unreached:
            print(f"no test: {mutant.module}:{mutant.line} {mutant.name}: {mutant.change}")
        tried = self.killed + len(self.survived) + len(self.unreached)
        share = 100 * self.killed / tried if tried else 0
        print(f"{self.killed} of {tried} changes were noticed: {share:.1f}%. {self.unmade} could not be made.")
        return True

    def _baseline(self, session: pytest.Session) -> tuple[dict[str, list[str]], list[str]]:
        """Which tests call which function of the targets (and which module at all), found by one run in a child."""

        def work() -> tuple[dict[str, list[str]], list[str]]:
            reached: dict[str, set[tuple[float, str]]] = defaultdict(set)
            failing = []
            for i, item in enumerate(session.items):
                seen: set[types.CodeType] = set()

                def note(frame: types.FrameType, event: str, _: Any, seen: set[types.CodeType] = seen) -> None:
                    if event == "call":
                        seen.add(frame.f_code)

                started = time.perf_counter()
                sys.settrace(note)
                try:
                    good = self._run(session, item, session.items[i + 1] if i + 1 < len(session.items) else None)
                finally:
                    sys.settrace(None)
                took = time.perf_counter() - started
                if not good:
                    failing.append(item.nodeid)
                for code in seen if took < LONG else ():
                    module = _module_of(code.co_filename)
                    if module and TARGETS.match(module):
                        name = code.co_qualname.split(".<locals>")[0]
                        for key in (module, f"{module}:{name}"):
                            reached[key].add((took, item.nodeid))
            return {key: [node for _, node in sorted(nodes)] for key, nodes in reached.items()}, failing

        return self._in_a_child(work)

    def _in_a_child(self, work: Callable[[], Any]) -> Any:
        """What ``work`` finds, as plain data; it may leave whatever it likes behind."""
        read, write = os.pipe()
        if not os.fork():
            os.close(read)
            _quiet()
            try:
                with os.fdopen(write, "w") as out:
                    json.dump(work(), out)
            finally:
                os._exit(0)
        os.close(write)
        with os.fdopen(read) as back:
            found = json.load(back)
        os.wait()
        return found

    def _failing(self, session: pytest.Session, nodes: list[str]) -> list[str]:
        """Which tests fail in this order, without any change."""
        _forget()
        named = {item.nodeid: item for item in session.items}
        items = [named[node] for node in nodes]
        after = [*items[1:], None]
        return [item.nodeid for item, then in zip(items, after, strict=True) if not self._run(session, item, then)]

    def _noticed(self, session: pytest.Session, mutant: Mutant, nodes: list[str]) -> bool | None:
        """Does one of these tests fail with this change? None when the change could not be made."""
        named = {item.nodeid: item for item in session.items}
        items = [named[node] for node in nodes]
        child = os.fork()
        if not child:
            _quiet()
            code = IMPOSSIBLE
            try:
                _forget()
                code = self._fails(session, mutant, items)
            finally:
                os._exit(code)
        code = os.waitpid(child, 0)[1]
        return None if code == IMPOSSIBLE << 8 else code != 0

    def _fails(self, session: pytest.Session, mutant: Mutant, items: list[pytest.Item]) -> bool:
        try:
            apply(mutant)
        except Exception:
            if mutant.constant:
                return True  # the module could not be imported any more
            raise
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        return not all(self._run(session, item, after) for item, after in zip(items, [*items[1:], None], strict=True))

    @staticmethod
    def _run(session: pytest.Session, item: pytest.Item, after: pytest.Item | None) -> bool:
        from _pytest.runner import runtestprotocol

        reports = runtestprotocol(item, log=False, nextitem=after)
        return not any(report.failed for report in reports)


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _forget() -> None:
    """Empty the caches of the kit and of the tests, but for the stories: what was worked out before the change goes."""
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper):
            home = one.__module__
            if home.startswith(("medialit.", "test_", "marks")) and ".case" not in home and "lexicon" not in home:
                one.cache_clear()


@functools.cache
def _module_of(file: str) -> str | None:
    return next((n for n, m in list(sys.modules.items()) if getattr(m, "__file__", None) == file), None)


def main() -> None:
    """Try the changes and print what survived."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--only", type=re.compile, default=re.compile(""), help="modules whose name matches")
    asked.add_argument("--slice", default="1/1", help="every fourth change, from the first: 1/4")
    asked.add_argument("--minutes", type=float, default=600)
    asked.add_argument("--list", action="store_true", help="only name the changes")
    options = asked.parse_args()
    os.environ["MEDIALIT_PROGRESS"] = ":memory:"
    folder = Path(__file__).resolve().parent.parent / "tests"
    tests = list(dict.fromkeys(str(path) for name in TESTS for path in sorted(folder.glob(f"test_{name}.py"))))
    plain = ["-o", "addopts=", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:terminal"]
    pytest.main([*plain, *tests], plugins=[Run(options)])


if __name__ == "__main__":
    main()
