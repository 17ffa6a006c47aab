"""Libraries get open files: of a path as text they make what they like, an address or somebody's home."""

from __future__ import annotations

import ast
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from revsim.store.grid import Grid
from revsim.store.tables import QUARTER_KEYS, read_table, table_of, write_groups, write_trace

PACKAGE = Path(__file__).resolve().parents[2] / "revsim"
# which argument is the file, by the function's name
TAKES_FILE = {
    **dict.fromkeys(("ParquetFile", "ParquetWriter", "read_metadata", "read_schema", "read_csv", "read_parquet"), 0),
    **dict.fromkeys(("read_excel", "read_json", "savefig", "print_figure", "print_svg", "print_png", "to_csv"), 0),
    **dict.fromkeys(("to_parquet", "to_excel", "loadtxt", "genfromtxt", "read_feather", "OSFile", "memory_map"), 0),
    "write_table": 1,
}
OPENERS = {"open", "opened", "BytesIO", "StringIO"}  # `opened` is that of revsim.store.regular
FILES = {"BinaryIO", "TextIO"}  # what a parameter is declared as
WRITES = "write"  # of revsim.store.atomic, which gives an open file to the function that it takes


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def opened(function: ast.AST) -> set[str]:
    """Names that an open file or a buffer is bound to."""
    names = set()
    for node in ast.walk(function):
        pairs: list[tuple[ast.expr | None, ast.expr | None]] = []
        if isinstance(node, ast.With):
            pairs = [(item.optional_vars, item.context_expr) for item in node.items]
        elif isinstance(node, ast.Assign):
            pairs = [(node.targets[0], node.value)]
        elif isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name) and node.annotation.id in FILES:
            names.add(node.arg)
        elif isinstance(node, ast.Call) and name_of(node) == WRITES and isinstance(node.args[-1], ast.Lambda):
            names |= {one.arg for one in node.args[-1].args.args}
        names |= {
            target.id
            for target, value in pairs
            if isinstance(target, ast.Name) and isinstance(value, ast.Call) and name_of(value) in OPENERS
        }
    return names


def paths_given(text: str) -> Iterator[str]:
    """Calls of libraries that get anything but an open file."""
    if not any(f"{name}(" in text for name in TAKES_FILE):
        return
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef):
            continue
        files = opened(function)
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or name_of(call) not in TAKES_FILE:
                continue
            given = call.args[TAKES_FILE[name_of(call)] :][:1]
            if [each for each in given if not isinstance(each, ast.Name) or each.id not in files]:
                yield ast.unparse(call)


def test_no_library_is_given_a_path() -> None:
    found = {path.name: list(paths_given(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")}
    # `write_table(log, file)` of ours are as strict; a frame's `to_csv` without a file gives text
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "text", ["pq.ParquetFile(path)", "pd.read_csv(folder / 'x')", "frame.to_csv(path)", "pq.write_table(table, place)"]
)
def test_a_planted_path_is_seen(text: str) -> None:
    assert list(paths_given(f"def f(path, place, folder):\n    return {text}")) == [text]
    assert not list(paths_given("def f(path):\n    with path.open('rb') as file:\n        pq.ParquetFile(file)"))


def rows() -> pd.DataFrame:
    return pd.DataFrame({"scenario": ["a"] * 2, "replication": [0, 1], "quarter": [1, 1], "plan": [1.0, 2.0]})


@pytest.mark.parametrize("name", ["exp:1", "~", "s3:", "a b", "#x?y=%20", "x.parquet/", os.fsdecode(b"caf\xe9")])
def test_a_table_is_where_its_path_says_whatever_the_folder_is_called(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    path = Path(name) / "quarters.parquet"
    path.parent.mkdir()
    write_groups([table_of(rows(), QUARTER_KEYS, path)], path)
    assert (tmp_path / name / "quarters.parquet").is_file()
    assert read_table(path, QUARTER_KEYS)["plan"].tolist() == [1.0, 2.0]
    write_trace(rows(), path.with_name("trace.parquet"))
    with (tmp_path / name / "trace.parquet").open("rb") as file:
        assert pd.read_parquet(file)["plan"].sum() == 3.0


def test_a_grid_keeps_its_file_open(tmp_path: Path) -> None:
    path = tmp_path / "quarters.parquet"
    write_groups([table_of(rows(), QUARTER_KEYS, path)], path)
    grid = Grid(path, QUARTER_KEYS, ["a"], np.arange(2))
    path.unlink()
    assert grid["plan"][0].ravel().tolist() == [1.0, 2.0]
    del grid
    gc.collect()  # an open file that nobody holds would be warned of
