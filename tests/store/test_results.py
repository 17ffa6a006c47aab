"""A study's rows: which are kept, which are done, and whose they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from revsim.errors import IncompleteError, UserError
from revsim.store.layout import Folder
from revsim.store.ledger import Failed, Run
from revsim.store.part_check import Wanted
from revsim.store.results import Store, opened, read_rows
from revsim.store.rows import Rows
from revsim.store.stamp import Stamp
from tests.store.test_part_check import STAMP, rows_of

A0, A1, A2, B0, B1 = Run("a", 0), Run("a", 1), Run("a", 2), Run("b", 0), Run("b", 1)
BOTH = [("one", "a"), ("two", "b")]


def keep(store: Store, *runs: Run) -> None:
    store.keep(Rows(*rows_of(list(runs))), list(runs))


def parts(folder: Folder, table: str = "weeks") -> list[str]:
    return [path.name for path in folder.parts_of(table)]


def test_a_replication_is_done_when_every_scenario_has_it(store: Store) -> None:
    assert store.is_empty(BOTH)
    keep(store, A0, A2, B0, B1)
    assert (store.done(BOTH[:1]), store.done(BOTH), store.done([*BOTH, ("three", "c")])) == ({0, 2}, {0}, set())
    assert [store.has(run) for run in (A0, A1, B1)] == [True, False, True]
    assert [store.is_empty(some) for some in (BOTH[1:], BOTH, [("three", "c")])] == [False, False, True]


def test_parts_are_numbered_from_one_and_a_part_of_no_runs_is_none(store: Store, folder: Folder) -> None:
    store.keep(Rows(*rows_of([])), [])
    assert parts(folder) == []
    keep(store, A0)
    keep(store, A1)
    assert parts(folder) == ["weeks-0000001.parquet", "weeks-0000002.parquet"]


def test_failures_are_told_of_the_scenarios_that_are_asked_for_below_a_number(store: Store) -> None:
    one, two, other = (Failed(run, "draw", "m", "t") for run in (B0, B1, Run("c", 0)))
    store.keep_failed([two, one, other])
    store.keep_failed([])
    assert store.failed(BOTH, 2) == [one, two]
    assert store.failed(BOTH, 1) == [one]
    assert store.failed(BOTH[:1], 2) == []


@pytest.mark.parametrize(("stamp", "name"), [(Stamp(4, "code"), "seed 4"), (Stamp(3, "other"), "results other")])
def test_a_ledger_belongs_to_the_seed_and_the_results_that_first_claimed_it(
    folder: Folder, stamp: Stamp, name: str
) -> None:
    for claim in (stamp, stamp):
        with opened(folder, Wanted(claim)) as store:
            store.claim()
    with opened(folder, Wanted(STAMP)) as store, pytest.raises(UserError, match=f"its ledger is of {name}"):
        store.claim()


def test_a_folder_whose_ledger_is_gone_or_another_file_takes_no_more_rows(store: Store, folder: Folder) -> None:
    keep(store, A0)
    folder.ledger.rename(folder.root / "was")
    with pytest.raises(IncompleteError, match="removed, moved or replaced"):
        keep(store, A1)
    folder.ledger.write_bytes((folder.root / "was").read_bytes())
    with pytest.raises(IncompleteError, match="removed, moved or replaced"):
        store.merge(BOTH[:1])
    assert len(parts(folder)) == 1
    (folder.root / "was").replace(folder.ledger)
    store.check_there()


@pytest.mark.parametrize("there", ["quarters.parquet", "weeks.parquet", "parts/weeks-0000001.parquet"])
def test_rows_without_a_ledger_are_not_gone_on_with(folder: Folder, there: str) -> None:
    folder.parts.mkdir()
    (folder.root / there).touch()
    with pytest.raises(UserError, match="holds rows and no"), opened(folder, Wanted(STAMP)):
        pass
    folder.ledger.touch()
    with opened(folder, Wanted(STAMP)) as store:
        assert store.is_empty(BOTH)


def test_merged_tables_hold_each_scenario_s_replications_and_know_them(store: Store, folder: Folder) -> None:
    keep(store, A0, B0, B1)
    keep(store, A2)
    kept = store.merge([*BOTH, ("again", "a")])
    quarters, weeks = read_rows(folder)
    own = quarters.groupby("scenario", sort=False)["replication"].unique()
    assert {name: numbers.tolist() for name, numbers in own.items()} == {"one": [0, 2], "two": [0, 1], "again": [0, 2]}
    assert list(own.index) == ["one", "two", "again"]
    assert (len(quarters), len(weeks)) == (12, 156)
    common, apart = kept.common(["one", "two"])
    assert (common.tolist(), apart, common.dtype) == ([0], 2, np.int64)
    pd.testing.assert_frame_equal(kept.weeks, weeks)
