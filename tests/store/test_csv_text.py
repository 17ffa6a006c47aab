"""Text in CSV files: nothing of it is a formula or a command, and our readers have it back."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.printable import ACTING
from revsim.store.csv_text import as_read, as_written, read_frame
from revsim.store.tables import write_csv, write_trace

ANY = st.text(st.characters(exclude_categories=["Cs"]))
SHARP = st.text(st.sampled_from("=+-@\t\r\n'\\\"x1bu02e,; aé\x1b\x85\u202e\uff1d"), max_size=12)
TEXTS = ANY | SHARP
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


@given(TEXTS)
def test_a_cell_is_read_back_as_it_was(text: str) -> None:
    assert as_read(as_written(text)) == text


@given(TEXTS)
def test_no_cell_is_a_formula_or_moves_a_terminal(text: str) -> None:
    cell = as_written(text)
    assert not cell.startswith(FORMULAS)
    assert not ACTING.search(cell)


@given(st.lists(st.tuples(TEXTS.filter(bool), st.floats(allow_infinity=False)), min_size=1, max_size=5))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_is_read_back_as_it_was(tmp_path: Path, rows: list[tuple[str, float]]) -> None:
    frame = pd.DataFrame(rows, columns=["=name", "value"])
    write_csv(frame, tmp_path / "t.csv")
    again = read_frame(tmp_path / "t.csv", ["=name"])
    assert list(again["=name"]) == list(frame["=name"])
    assert np.array_equal(again["value"], frame["value"], equal_nan=True)


@pytest.mark.parametrize("name", ["NA", "nan", "2024", "'quoted'", "-1", "=1+1", r"a\x1bb", r"C:\users"])
def test_names_that_look_like_something_else_survive(tmp_path: Path, name: str) -> None:
    write_csv(pd.DataFrame({"scenario": [name], "estimate": [-1.5]}), tmp_path / "t.csv")
    assert list(read_frame(tmp_path / "t.csv", ["scenario"])["scenario"]) == [name]


def test_numbers_below_zero_stay_numbers(tmp_path: Path) -> None:
    write_csv(pd.DataFrame({"scenario": ["=A", None], "estimate": [-1.5, np.nan], "n": [-1, 2]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "scenario,estimate,n\n'=A,-1.5,-1\n,,2\n"


def test_an_empty_cell_of_text_or_numbers_has_no_value(tmp_path: Path) -> None:
    write_csv(pd.DataFrame({"name": ["=A", None], "n": [1.0, np.nan], "word": [None, "b"]}), tmp_path / "t.csv")
    read = read_frame(tmp_path / "t.csv", ["name"])
    assert read.isna().to_numpy().tolist() == [[False, False, True], [True, True, False]]
    assert (read["name"][0], read["n"][0], read["word"][1]) == ("=A", 1.0, "b")


def test_an_event_log_is_written_so_too(tmp_path: Path) -> None:
    write_trace(pd.DataFrame({"time": [-0.5], "kind": ["@won"]}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["time", "kind"], ["-0.5", "'@won"]]
