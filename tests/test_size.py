"""Small files, short functions, few parameters."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MOST_PARAMETERS = 6
ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "revsim").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "handler", "misc", "common"}


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Parameters that a caller gives by place or name; keyword-only ones read as words and are free."""
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return len([name for name in names if name not in {"self", "cls"}])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_small_and_named_after_what_it_holds(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_are_short_and_take_few_parameters(path: Path) -> None:
    # a formula's symbols and a command's options are named one by one, so their number is the subject's
    counted = path.parent.name not in {"formulas", "cli"}
    long = [function.name for function in functions(path) if lines_of(function) > LONGEST_FUNCTION]
    wide = [function.name for function in functions(path) if counted and parameters_of(function) > MOST_PARAMETERS]
    assert (long, wide) == ([], [])


def test_a_long_function_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def f(a, b, c, d, e, f, g):\n" + "    pass\n" * 60, encoding="utf-8")
    assert [(lines_of(function), parameters_of(function)) for function in functions(path)] == [(61, 7)]


@pytest.mark.parametrize("path", [*FILES, ROOT / "pyproject.toml", ROOT / "Makefile"], ids=name_of)
def test_no_file_names_the_path_of_one_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("/home/", "/Users/", "/root/", "/work/", "C:\\\\") if word in text]
