"""A part holds what the ledger counts in it, row by row; each way to be another part is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.ledger import Run
from revsim.store.part_check import MOST_QUARTERS, Wanted, check_count, check_part
from revsim.store.parts import write_part
from revsim.store.rows import Rows
from revsim.store.stamp import Stamp

STAMP = Stamp(3, "code")
RUNS = [Run("a", 0), Run("a", 2), Run("b", 0)]
COLUMNS = {"quarter": True, "won": True, "bookings": False}, {"quarter": True, "week": True, "forecast": False}
Change = Callable[[pd.DataFrame, pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]


def rows_of(runs: list[Run] = RUNS, quarters: int = 2, weeks: int = 13) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of runs as the model makes them: won is a count, the others are numbers."""
    keys = [(*run, quarter) for run in runs for quarter in range(1, quarters + 1)]
    quarter = pd.DataFrame(keys, columns=["content", "replication", "quarter"]).assign(won=3, bookings=1.5)
    longer = [(*key, week) for key in keys for week in range(1, weeks + 1)]
    week = pd.DataFrame(longer, columns=["content", "replication", "quarter", "week"]).assign(forecast=2.5)
    return quarter, week


def part(tmp_path: Path, change: Change = lambda quarters, weeks: (quarters, weeks), **given: int) -> Folder:
    folder = Folder(tmp_path)
    folder.parts.mkdir()
    write_part(folder, 1, Rows(*change(*rows_of(**given))), STAMP)
    return folder


def check(folder: Folder, wanted: Wanted = Wanted(STAMP, COLUMNS, 2), runs: list[Run] = RUNS) -> None:  # noqa: B008 - never changed
    check_count(folder, 1, len(runs), wanted)
    check_part(folder, 1, runs, wanted)


def test_a_part_that_holds_its_runs_is_right_also_where_the_model_says_nothing_of_it(tmp_path: Path) -> None:
    folder = part(tmp_path)
    check(folder)
    check(folder, Wanted(STAMP))


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Wanted(Stamp(4, "code"), COLUMNS, 2), "not of seed 4"),
        (Wanted(Stamp(3, "other"), COLUMNS, 2), "version other"),
        (Wanted(STAMP, COLUMNS, 3), "has 2 quarters in each run, and these scenarios measure 3"),
        (Wanted(STAMP, ({**COLUMNS[0], "lost": True}, COLUMNS[1])), "has other columns .*lost"),
        (Wanted(STAMP, ({**COLUMNS[0], "won": False}, COLUMNS[1])), "has other columns .*won"),
        (Wanted(STAMP, (COLUMNS[0], {"quarter": True, "forecast": False, "week": True})), "in another order"),
    ],
)
def test_a_part_of_another_study_is_told(tmp_path: Path, wanted: Wanted, why: str) -> None:
    with pytest.raises(UserError, match=why):
        check(part(tmp_path), wanted)


@pytest.mark.parametrize("runs", [4, 5, 7])
def test_there_are_as_many_rows_as_runs_are_counted(tmp_path: Path, runs: int) -> None:
    with pytest.raises(UserError, match=f"has 6 rows, and the ledger counts {runs} runs"):
        check_count(part(tmp_path), 1, runs, Wanted(STAMP))


@pytest.mark.parametrize(("quarters", "is_taken"), [(1, True), (MOST_QUARTERS, True), (MOST_QUARTERS + 1, False)])
def test_a_run_has_one_to_eighty_quarters(tmp_path: Path, quarters: int, *, is_taken: bool) -> None:
    assert MOST_QUARTERS == 80
    folder = part(tmp_path, quarters=quarters)
    if is_taken:
        check(folder, Wanted(STAMP))
    else:
        with pytest.raises(UserError, match="rows, and the ledger counts"):
            check(folder, Wanted(STAMP))


def test_quarters_and_weeks_are_of_as_many_quarters(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not as many quarters as the file of quarters"):
        check(part(tmp_path, lambda quarters, _: (quarters, rows_of(quarters=3)[1])), Wanted(STAMP))


def moved(column: str, by: int = 1, row: int = 4) -> Change:
    """One key of one row is another, in both tables."""

    def change(quarters: pd.DataFrame, weeks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        for frame in (quarters, weeks):
            if column in frame:
                frame.loc[row, column] += by
        return quarters, weeks

    return change


@pytest.mark.parametrize("column", ["replication", "quarter", "week"])
@pytest.mark.parametrize("by", [-1, 1])
def test_keys_run_through_runs_quarters_and_weeks(tmp_path: Path, column: str, by: int) -> None:
    with pytest.raises(UserError, match=f"its column `{column}` does not run through"):
        check(part(tmp_path, moved(column, by)))


@pytest.mark.parametrize("runs", [[Run("a", 0), Run("a", 2), Run("c", 0)], [Run("a", 0), Run("b", 2), Run("b", 0)]])
def test_contents_are_those_that_are_counted(tmp_path: Path, runs: list[Run]) -> None:
    with pytest.raises(UserError, match="holds rows of other contents"):
        check(part(tmp_path), runs=runs)


def put(column: str, *values: float) -> Change:
    """Other values in the first rows of a column."""

    def change(quarters: pd.DataFrame, weeks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        frame = quarters if column in quarters else weeks
        kept = frame[column].tolist()
        frame[column] = [*values, *kept[len(values) :]]
        return quarters, weeks

    return change


@pytest.mark.parametrize(
    ("column", "value", "is_taken"),
    [
        ("bookings", 1e150, True),
        ("bookings", -1e150, True),
        ("bookings", 1.01e150, False),
        ("bookings", -1.01e150, False),
        ("bookings", np.nan, True),
        ("forecast", np.inf, False),
        ("won", 0, True),
        ("won", -1, False),
        ("won", 1 << 53, True),
        ("won", (1 << 53) + 1, False),
    ],
)
def test_measures_have_squares_and_counts_are_whole_and_not_below_zero(
    tmp_path: Path, column: str, value: float, *, is_taken: bool
) -> None:
    folder = part(tmp_path, put(column, value))
    if is_taken:
        check(folder)
    else:
        with pytest.raises(UserError, match=f"its column `{column}` holds"):
            check(folder)


def test_a_measure_that_nobody_has_is_missing_in_every_row(tmp_path: Path) -> None:
    check(part(tmp_path, put("bookings", *[np.nan] * 6)))
