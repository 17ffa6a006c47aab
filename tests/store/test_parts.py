"""Parts: which files are removed, which are whole, and where their row groups end."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from revsim.store import parts
from revsim.store.layout import Folder
from revsim.store.ledger import Part
from revsim.store.parts import is_whole, remove_others, write_part
from revsim.store.rows import Rows
from revsim.store.stamp import Stamp

STAMP = Stamp(1, "code")


def rows_of(counts: dict[str, int]) -> Rows:
    """So many replications of each content: two quarters, and one week of each."""
    table = [(content, r, q) for content, n in sorted(counts.items()) for r in range(n) for q in (1, 2)]
    quarters = pd.DataFrame(table, columns=["content", "replication", "quarter"]).assign(bookings=1.5)
    weeks = quarters.assign(week=1)[["content", "replication", "quarter", "week"]].assign(forecast=2.5)
    return Rows(quarters, weeks)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "parts").mkdir()
    return Folder(tmp_path)


def test_a_part_that_counts_stays_and_others_and_half_written_ones_go(folder: Folder) -> None:
    counted, other = (write_part(folder, number, rows_of({"a": 2}), STAMP) for number in (1, 2))
    half = folder.parts / ".weeks-0000003.parquet.0123abcd.tmp"
    half.touch()
    theirs = [folder.parts / name for name in ("weeks-1.parquet", "notes.txt", ".weeks-0000003.parquet.tmp")]
    for path in theirs:
        path.touch()
    remove_others(folder, [counted])
    left = {folder.part(table, counted.number) for table in ("quarters", "weeks")}
    assert set(folder.parts.iterdir()) == left | set(theirs)
    assert other.number == 2


def test_what_is_named_as_a_part_and_is_no_plain_file_stays(folder: Folder) -> None:
    """Nothing is removed through a link, and a folder of that name is somebody else's."""
    (folder.parts / "weeks-0000007.parquet").mkdir()
    (folder.parts / "quarters-0000007.parquet").symlink_to(folder.parts / "weeks-0000007.parquet")
    remove_others(folder, [])
    assert len(list(folder.parts.iterdir())) == 2


@pytest.mark.parametrize("table", ["quarters", "weeks"])
def test_a_part_is_whole_only_if_both_files_are_there_to_the_last_bit(folder: Folder, table: str) -> None:
    part = write_part(folder, 1, rows_of({"a": 2}), STAMP)
    assert is_whole(folder, part, 2)
    path = folder.part(table, 1)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert not is_whole(folder, part, 2)
    path.unlink()
    assert not is_whole(folder, part, 2)


def test_what_is_larger_than_its_runs_and_one_more_can_be_is_not_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = write_part(folder, 1, rows_of({"a": 2}), STAMP)
    size = max(folder.part(table, 1).stat().st_size for table in ("quarters", "weeks"))
    monkeypatch.setattr(parts, "LARGEST_RUN", -(-size // 3))
    assert is_whole(folder, part, 2)
    assert not is_whole(folder, part, 1)


@pytest.mark.parametrize(("runs", "size"), [(0, 1_048_576), (1, 2_097_152)])
def test_a_run_has_a_megabyte_at_most(folder: Folder, runs: int, size: int) -> None:
    for more in (0, 1):
        folder.part("weeks", 1).write_bytes(bytes(size + more))
        part = Part(1, {"weeks": hashlib.sha256(bytes(size + more)).hexdigest()})
        assert is_whole(folder, part, runs) == (not more)


def groups(folder: Folder, counts: dict[str, int]) -> list[int]:
    """Rows of each group of a part's quarters."""
    part: Part = write_part(folder, 1, rows_of(counts), STAMP)
    facts = pq.ParquetFile(folder.part("quarters", part.number)).metadata
    return [facts.row_group(k).num_rows for k in range(facts.num_row_groups)]


def test_a_row_group_ends_where_a_content_ends_and_holds_a_tenth_of_the_part_at_least(folder: Folder) -> None:
    """Of 20 replications of two rows a tenth is 4 rows: small contents go together, and none is cut."""
    assert groups(folder, {"a": 8, "b": 8, "c": 4}) == [16, 16, 8]
    assert groups(folder, {"a": 1, "b": 1, "c": 1, "d": 16, "e": 1}) == [4, 34, 2]
    assert groups(folder, {"a": 5}) == [10]
    assert groups(folder, dict.fromkeys("abcdefghij", 1)) == [2] * 10
    assert groups(folder, dict.fromkeys("abcdefghijk", 1)) == [4] * 5 + [2]
