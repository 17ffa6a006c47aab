"""Columns that are read when they are asked for are those of the table, and a table that is not whole is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from revsim.errors import UserError
from revsim.store import grid as grids
from revsim.store.grid import Grid
from revsim.store.tables import WEEK_KEYS, table_of, write_groups

NAMES = ("base", "other")
NUMBERS = np.arange(7)
SHAPE = (2, 7, 2, 3)  # scenario, replication, quarter, week


def frame(scenario: str, replications: list[int]) -> pd.DataFrame:
    """The rows of some replications: `forecast` says where a row belongs."""
    keys = pd.MultiIndex.from_product([[scenario], replications, [1, 2], [1, 2, 3]], names=WEEK_KEYS)
    rows = keys.to_frame(index=False)
    place = 1000 * NAMES.index(scenario) + 100 * rows["replication"] + 10 * rows["quarter"] + rows["week"]
    return rows.assign(forecast=place.astype(float), trust=-place.astype(float))


def written(path: Path, frames: list[pd.DataFrame]) -> Path:
    """A table with a row group for each frame."""
    file = path / "weeks.parquet"
    write_groups([table_of(each, WEEK_KEYS, file) for each in frames], file)
    return file


def groups() -> list[pd.DataFrame]:
    return [frame(name, some) for name in NAMES for some in ([0, 1, 2], [3, 4, 5], [6])]


def whole(sign: float = 1.0) -> np.ndarray:
    own, replication, quarter, week = np.indices(SHAPE)
    return sign * (1000.0 * own + 100.0 * replication + 10.0 * (quarter + 1) + week + 1)


def test_each_part_of_a_column_is_that_of_the_whole_array(tmp_path: Path) -> None:
    column, array = Grid(written(tmp_path, groups()), WEEK_KEYS, NAMES, NUMBERS)["forecast"], whole()
    for own in range(2):
        np.testing.assert_array_equal(column[own], array[own])
        np.testing.assert_array_equal(column[own, :, :, 2], array[own, :, :, 2])
        np.testing.assert_array_equal(column[:, 2:5][own], array[own, 2:5])
        np.testing.assert_array_equal(column[:, 2:][:, 1:9][own, :, :, 0], array[own, 3:, :, 0])


def test_what_was_asked_for_before_comes_again_though_little_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grids, "CACHED", 700)  # two of the arrays
    grid = Grid(written(tmp_path, groups()), WEEK_KEYS, NAMES, NUMBERS)
    for _ in range(3):
        for name, sign in (("forecast", 1.0), ("trust", -1.0)):
            for own in range(2):
                np.testing.assert_array_equal(grid[name][own], whole(sign)[own])


def test_only_replications_that_are_wanted_are_read(tmp_path: Path) -> None:
    grid = Grid(written(tmp_path, groups()), WEEK_KEYS, NAMES, np.asarray([1, 4, 6]))
    np.testing.assert_array_equal(grid["forecast"][1], whole()[1, [1, 4, 6]])


def test_columns_are_all_but_the_keys(tmp_path: Path) -> None:
    grid = Grid(written(tmp_path, groups()), WEEK_KEYS, NAMES, NUMBERS)
    assert list(grid) == ["forecast", "trust"]
    assert len(grid) == 2
    assert "week" in grid.labels
    with pytest.raises(KeyError):
        grid["bookings"]


@pytest.mark.parametrize(
    ("frames", "why"),
    [
        ([frame("base", [0, 1]), frame("base", [1, 2]), frame("other", [0, 1])], "`base` stand there once, in order"),
        ([frame("base", [1]), frame("base", [0]), frame("other", [0, 1])], "`base` stand there once, in order"),
        ([frame("base", [0, 1]), frame("other", [0])], "not all replications of `other`"),
        ([frame("base", [0, 1]).drop(index=3), frame("other", [0, 1])], "missing, doubled"),
        ([frame("base", [1, 0]), frame("other", [0, 1])], "not in order"),
        ([pd.concat([frame("base", [0, 1]), frame("other", [0, 1])])], "missing, doubled"),
        ([frame("base", [0, 1]), frame("other", [0, 1]).query("quarter == 1")], "the same quarters"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(tmp_path: Path, frames: list[pd.DataFrame], why: str) -> None:
    with pytest.raises(UserError, match=why):
        Grid(written(tmp_path, frames), WEEK_KEYS, NAMES, np.arange(2))
