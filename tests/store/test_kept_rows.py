"""What is kept of a finished study: its rows, some of their columns, and which replications scenarios share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from revsim.errors import IncompleteError, UserError
from revsim.store.kept import Kept
from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Run
from revsim.store.rows import Rows
from revsim.store.stamp import Stamp
from revsim.store.tables import KEYS, table_of, write_groups
from tests.store.test_part_check import STAMP, rows_of

OWN = {"a": np.array([0, 1, 2]), "b": np.array([0, 2, 3])}
RUNS = [Run(name, int(number)) for name, numbers in OWN.items() for number in numbers]


def rows(runs: list[Run]) -> Rows:
    quarters, weeks = (frame.rename(columns={"content": "scenario"}) for frame in rows_of(runs))
    return Rows(quarters, weeks.assign(trust=0.5))


def put(folder: Folder, runs: list[Run]) -> None:
    for table, frame in zip(TABLES, rows(runs), strict=True):
        write_groups([table_of(frame, KEYS[table], folder.whole(table))], folder.whole(table), STAMP)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    put(Folder(tmp_path), RUNS)
    return Folder(tmp_path)


@pytest.fixture
def kept(folder: Folder) -> Kept:
    return Kept(folder, OWN, STAMP)


def test_both_tables_are_kept_quarters_first(kept: Kept) -> None:
    for there, own in zip(kept, rows(RUNS), strict=True):
        pd.testing.assert_frame_equal(there, own)


def test_some_columns_are_read_alone_until_somebody_has_looked_at_all(kept: Kept) -> None:
    assert list(kept.of_quarters(["bookings"])) == ["scenario", "replication", "quarter", "bookings"]
    assert list(kept.of_weeks([])) == ["scenario", "replication", "quarter", "week"]
    assert kept.quarters is kept.of_quarters(["bookings"])
    assert kept.weeks is kept.of_weeks([])


def test_numbers_are_counted_of_all_quarters_and_of_some_columns_of_weeks(kept: Kept) -> None:
    """Six runs of two quarters with five columns, and of 26 weeks."""
    assert [kept.cells(columns) for columns in ([], ["x"], ["x", "y"])] == [60, 60 + 156, 60 + 312]


def test_replications_that_all_have_and_those_that_some_lack(kept: Kept) -> None:
    common, apart = kept.common(["a", "b"])
    assert (common.tolist(), apart) == ([0, 2], 2)
    assert kept.common(["b"])[0].tolist() == [0, 2, 3]


def test_a_grid_has_the_rows_of_its_table(kept: Kept, folder: Folder) -> None:
    frames = [rows([run for run in RUNS if run.content == name]).weeks for name in OWN]
    path = folder.weeks
    write_groups((table_of(frame, KEYS["weeks"], path) for frame in frames), path, STAMP)
    grid = kept.grid("weeks", ["b", "a"], np.array([0, 2]))
    assert grid.shape == (2, 13)
    assert grid["forecast"][0].shape == (2, 2, 13)


@pytest.mark.parametrize("more", [[Run("a", 3)], [Run("b", 1)], [Run("c", 0)]])
def test_rows_that_came_later_are_none_of_these(kept: Kept, folder: Folder, more: list[Run]) -> None:
    put(folder, sorted(RUNS + more))
    pd.testing.assert_frame_equal(kept.weeks, rows(RUNS).weeks)


@pytest.mark.parametrize("there", [RUNS[1:], [*RUNS[1:], Run("c", 0), Run("c", 1)]])
def test_rows_that_are_gone_are_missed(kept: Kept, folder: Folder, there: list[Run]) -> None:
    put(folder, there)
    with pytest.raises(UserError, match="no longer holds all rows"):
        _ = kept.quarters


def test_a_table_that_is_gone_is_a_folder_that_was_lost(kept: Kept, folder: Folder) -> None:
    folder.weeks.unlink()
    assert len(kept.quarters) == 12
    with pytest.raises(IncompleteError, match="was removed, moved or replaced"):
        _ = kept.weeks


def test_tables_of_another_stamp_are_another_study_s(folder: Folder) -> None:
    with pytest.raises(UserError, match="not of seed 4"):
        Kept(folder, OWN, Stamp(4, "code"))
