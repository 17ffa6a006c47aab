"""Which row groups of a table are read for a column, and which arrays are kept for the next one who asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from revsim.errors import UserError
from revsim.store import grid as grids
from revsim.store.grid import Grid
from revsim.store.tables import QUARTER_KEYS, WEEK_KEYS, table_of, write_groups
from tests.store.test_grid import NAMES, NUMBERS, frame, groups, whole, written

SIZE = 7 * 2 * 3 * 8  # bytes of a column of one scenario

Opened = Callable[..., tuple[Grid, list[int]]]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """A grid, and the row groups that are read from now on."""

    def of(wanted: list[int] | None = None, scenarios: tuple[str, ...] = NAMES) -> tuple[Grid, list[int]]:
        numbers = NUMBERS if wanted is None else np.asarray(wanted)
        grid, read = Grid(written(tmp_path, groups()), WEEK_KEYS, scenarios, numbers), []
        real = grid._file.read_row_group

        def noted(number: int, columns: list[str], **how: Any) -> Any:
            read.append(number)
            return real(number, columns, **how)

        grid._file.read_row_group = noted  # type: ignore[method-assign]
        return grid, read

    return of


@pytest.mark.parametrize(
    ("wanted", "read"), [([2, 3], [0, 1]), ([3, 5], [1]), ([5, 6], [1, 2]), ([6], [2]), ([0, 6], [0, 1, 2]), ([0], [0])]
)
def test_row_groups_that_may_hold_what_is_wanted_are_read(opened: Opened, wanted: list[int], read: list[int]) -> None:
    grid, seen = opened(wanted)
    np.testing.assert_array_equal(grid["forecast"][0], whole()[0, wanted])
    assert seen == read


def test_some_replications_of_a_column_are_read_from_their_row_groups_each_time(opened: Opened) -> None:
    grid, seen = opened()
    part = grid["forecast"][:, 3:6]
    for _ in range(2):
        np.testing.assert_array_equal(part[1], whole()[1, 3:6])
    assert seen == [4, 4]
    np.testing.assert_array_equal(part[:, 1:][0, :, :, 1], whole()[0, 4:6, :, 1])
    np.testing.assert_array_equal(part[:, :-1][:, -1:][0], whole()[0, 4:5])


def test_scenarios_may_come_in_another_order_or_alone(opened: Opened) -> None:
    grid, seen = opened(scenarios=("other", "base"))
    np.testing.assert_array_equal([grid["forecast"][own] for own in (0, 1)], whole()[::-1])
    assert seen == [3, 4, 5, 0, 1, 2]
    grid, _ = opened(scenarios=("other",))
    np.testing.assert_array_equal(grid["forecast"][0], whole()[1])


def test_the_array_asked_for_longest_ago_gives_way(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "CACHED", 2 * SIZE)
    grid, seen = opened()
    one, two = grid["forecast"], grid["trust"]
    for column, own, read in (
        (one, 0, 3),
        (two, 0, 3),
        (one, 0, 0),
        (two, 0, 0),
        (one, 0, 0),
        (one, 1, 3),
        (one, 0, 0),
    ):
        seen.clear()
        assert not column[own].flags.writeable
        assert len(seen) == read
    seen.clear()
    assert two[0] is two[0]
    assert len(seen) == 3


@pytest.mark.parametrize(("room", "times"), [(SIZE, 1), (SIZE - 1, 2)])
def test_an_array_that_has_just_room_is_kept(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, room: int, times: int
) -> None:
    monkeypatch.setattr(grids, "CACHED", room)
    grid, seen = opened()
    for _ in range(2):
        np.testing.assert_array_equal(grid["forecast"][0], whole()[0])
    assert len(seen) == 3 * times


def test_an_array_too_large_to_be_kept_drives_no_other_out(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "CACHED", SIZE // 3)
    grid, seen = opened()
    week = grid["forecast"]
    first = week[0, :, :, 0]
    assert week[0, :, :, 0] is first
    np.testing.assert_array_equal(week[0], whole()[0])
    seen.clear()
    assert week[0, :, :, 0] is first
    np.testing.assert_array_equal(week[0, :, :, 1], whole()[0, :, :, 1])
    assert seen == [0, 1, 2]


def test_a_table_of_quarters_has_one_number_for_each(tmp_path: Path) -> None:
    keys = pd.MultiIndex.from_product([["a"], [0, 2], [1, 2, 3]], names=QUARTER_KEYS).to_frame(index=False)
    path = tmp_path / "quarters.parquet"
    write_groups([table_of(keys.assign(won=range(6)), QUARTER_KEYS, path)], path)
    grid = Grid(path, QUARTER_KEYS, ["a"], np.array([0, 2]))
    assert (grid.shape, {name: label.tolist() for name, label in grid.labels.items()}) == ((3,), {"quarter": [1, 2, 3]})
    assert grid["won"][0].dtype == np.float64
    np.testing.assert_array_equal(grid["won"][0], [[0, 1, 2], [3, 4, 5]])
    assert (list(grid), "scenario" in list(grid)) == (["won"], False)


def test_weeks_are_the_same_in_every_replication(tmp_path: Path) -> None:
    shorter = frame("base", [1]).query("week < 3")
    with pytest.raises(UserError, match="the same weeks"):
        Grid(written(tmp_path, [frame("base", [0]), shorter]), WEEK_KEYS, ["base"], np.arange(2))


def test_a_scenario_without_rows_lacks_its_replications(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not all replications of `none` stand there"):
        Grid(written(tmp_path, groups()), WEEK_KEYS, ["base", "none"], NUMBERS)
