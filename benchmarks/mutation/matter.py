"""Which tests are of the matter of a file: those of its layer's own folders that say something of it.

Tests that only compare the two engines, or whole studies, are in no row of this table: a rule that both engines share
would be wrong in both.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

RECOMPUTED = "tests/recomputed"
ACTS = (
    "definitions_act", "remedies_act", "leadership_acts", "heroes", "forms", "desk_and_customers", "handoff", "selling",
    "stress", "controls", "market", "conservation", "definitions_guards",
)  # fmt: skip
WEEKLY = (
    "capacity", "customers", "definitions", "forecasting", "heroics", "history", "leadership", "market", "people",
    "remedies",
)  # fmt: skip


class Layer(NamedTuple):
    """Some folders of code, and where the tests of their matter stand."""

    name: str
    code: tuple[str, ...]  # globs from the root
    always: tuple[str, ...]  # tests that run for every file of it, first those that say most
    chosen: tuple[str, ...]  # folders of tests of which a file's own are chosen, by their names and what they import


LAYERS = (
    Layer(
        "formulas",
        ("revsim/formulas/[a-z]*.py",),
        (
            "tests/formulas/test_known_points.py",
            "tests/formulas/test_directions.py",
            "tests/formulas/test_quantiles.py",
            RECOMPUTED,
        ),
        (),
    ),
    Layer(
        "mechanisms",
        ("revsim/mechanisms/**/[a-z]*.py", *(f"revsim/model/{name}.py" for name in WEEKLY)),
        (RECOMPUTED, *(f"tests/model/test_{name}.py" for name in ACTS)),
        ("tests/mechanisms",),
    ),
    Layer("measures", ("revsim/measures/**/[a-z]*.py",), ("tests/measures",), ()),
    Layer("analysis", ("revsim/analysis/**/[a-z]*.py",), (), ("tests/analysis",)),
    Layer(
        "store", ("revsim/store/[a-z]*.py",), ("tests/store", "tests/experiment/test_kept.py"), ("tests/experiment",)
    ),
)


def files_of(layer: Layer, root: Path) -> list[str]:
    """The layer's files, from the root."""
    found = {path.relative_to(root).as_posix() for glob in layer.code for path in root.glob(glob)}
    return sorted(found)


def tests_of(layer: Layer, path: str, root: Path) -> list[str]:
    """Tests of a file's matter, in the order in which they run."""
    module = path.removesuffix(".py").replace("/", ".")
    files = sorted(file for folder in layer.chosen for file in (root / folder).rglob("test_*.py"))
    named = [file for file in files if file.stem == f"test_{Path(path).stem}"]  # studies know it by name
    users = [module, *(name for name in _modules(layer, root) if module in _imports(root / _path(name)))]
    chosen = named + [file for name in users for file in files if name in _imports(file)]
    always = [test for test in layer.always if (root / test).exists()]
    return [*always, *dict.fromkeys(file.relative_to(root).as_posix() for file in chosen)]


def _modules(layer: Layer, root: Path) -> list[str]:
    return [path.removesuffix(".py").replace("/", ".") for path in files_of(layer, root)]


def _path(module: str) -> str:
    return module.replace(".", "/") + ".py"


@cache
def _imports(path: Path) -> frozenset[str]:
    """Modules that a file imports, and what it imports from packages as if it were one."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return frozenset(found)
