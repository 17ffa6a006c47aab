"""Parts that are torn are forgotten, those that are foreign are refused, and what was half written goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Ledger, Part, Run
from revsim.store.part_check import Wanted
from revsim.store.parts import write_part
from revsim.store.results import Store, opened
from revsim.store.rows import Rows
from tests.store.test_part_check import STAMP, rows_of
from tests.store.test_results import A0, A1, A2, B0, BOTH, keep, parts


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
    [
        ([A0, A1], [A0, A1, A2], "has 4 rows, and the ledger counts 3 runs"),
        ([A0], [A1], "`replication` does not run through"),
    ],
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
