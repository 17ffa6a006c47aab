"""A study's rows: which parts are kept, counted and forgotten, and what is removed from a folder that is gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from revsim.errors import IncompleteError, UserError
from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Failed, Ledger, Part, Run
from revsim.store.part_check import Wanted
from revsim.store.parts import write_part
from revsim.store.results import Store, opened, read_rows
from revsim.store.rows import Rows
from revsim.store.stamp import Stamp
from tests.store.test_part_check import STAMP, rows_of

A0, A1, A2, B0, B1 = Run("a", 0), Run("a", 1), Run("a", 2), Run("b", 0), Run("b", 1)
BOTH = [("one", "a"), ("two", "b")]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "r").mkdir()
    return Folder(tmp_path / "r")


@pytest.fixture
def store(folder: Folder) -> Iterator[Store]:
    with opened(folder, Wanted(STAMP)) as store:
        yield store


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


@pytest.mark.parametrize(
    ("torn", "told"), [([1], (1, "", "is")), ([2], (2, "", "is")), ([1, 3], (1, " and 1 more", "are"))]
)
def test_runs_of_torn_parts_are_missing_and_all_others_stay(
    store: Store, folder: Folder, torn: list[int], told: tuple[int, str, str], caplog: pytest.LogCaptureFixture
) -> None:
    runs = {1: A0, 2: A1, 3: A2}
    for run in runs.values():
        keep(store, run)
    for number in torn:
        folder.part("weeks", number).write_bytes(b"torn")
    store.mend()
    whole = set(runs) - set(torn)
    assert store.done(BOTH[:1]) == {runs[number].replication for number in whole}
    assert [Path(name) for name in parts(folder)] == [Path(folder.part("weeks", number).name) for number in whole]
    assert [record.args for record in caplog.records] == [(folder.part("quarters", told[0]), *told[1:])]


def test_a_folder_of_which_nothing_is_torn_is_warned_of_by_nobody(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    keep(store, A0)
    store.mend()
    assert (store.done(BOTH[:1]), caplog.records) == ({0}, [])


@pytest.mark.parametrize(("number", "is_taken"), [(8_999_999, True), (9_000_000, False)])
def test_a_million_part_numbers_are_left_to_a_study(folder: Folder, number: int, *, is_taken: bool) -> None:
    folder.parts.mkdir()
    ledger = Ledger(folder)
    ledger.add(Part(number, {"quarters": "q", "weeks": "w"}), [A0])
    ledger.close()
    with opened(folder, Wanted(STAMP)) as store:
        if is_taken:
            store.mend()
        else:
            with pytest.raises(UserError, match=f"has a part {number}"):
                store.mend()
        assert store.done(BOTH[:1]) == (set() if is_taken else {0})


@pytest.mark.parametrize(
    ("there", "counted", "why"),
    [([A0, A1], [A0, A1, A2], "has 4 rows, and the ledger counts 3 runs"), ([A0], [A1], "`replication` does not run through")],
)
def test_a_whole_part_that_holds_other_runs_is_refused_before_a_torn_one_is_forgotten(
    folder: Folder, there: list[Run], counted: list[Run], why: str
) -> None:
    folder.parts.mkdir()
    ledger = Ledger(folder)
    for number, own in ((1, counted), (2, [B0])):
        ledger.add(write_part(folder, number, Rows(*rows_of(there)), STAMP), own)
    folder.part("weeks", 2).write_bytes(b"torn")
    with pytest.raises(UserError, match=why):
        Store(folder, ledger, Wanted(STAMP)).mend()
    assert [part.number for part in ledger.parts()] == [1, 2]
    assert len(parts(folder)) == 2
    ledger.close()


def test_a_file_of_a_part_that_counts_no_runs_is_no_larger_than_one_run(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.parts.mkdir()
    part = write_part(folder, 1, Rows(*rows_of([A0])), STAMP)
    size = max(folder.part(table, 1).stat().st_size for table in TABLES)
    ledger = Ledger(folder)
    ledger.add(part, [])
    for largest, is_kept in ((size, True), (size - 1, False)):
        monkeypatch.setattr("revsim.store.parts.LARGEST_RUN", largest)
        Store(folder, ledger, Wanted(STAMP)).mend()
        assert ledger.parts() == [part] * is_kept
    ledger.close()


def test_what_was_half_written_goes_and_what_bears_other_names_stays(store: Store, folder: Folder) -> None:
    half = ["manifest.json", "quarters.parquet", "weeks.parquet", ".probe-0123abcd.parquet"]
    ours = [*(f".{name}.0123abcd.tmp" for name in half), ".probe-0123abcd.parquet"]
    theirs = [".notes.txt.0123abcd.tmp", ".probe.parquet", "x.probe-0123abcd.parquet", ".manifestxjson.0123abcd.tmp"]
    for name in (*ours, *theirs):
        (folder.root / name).touch()
    (folder.root / ".probe-00000000.parquet").mkdir()
    store.mend()
    left = {path.name for path in folder.root.iterdir()}
    assert left == {*theirs, ".probe-00000000.parquet", "parts"}


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
