"""What a ledger tells of its rows, and what it leaves of files that it does not open."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.ledger import Failed, Ledger, Part, Run
from revsim.store.ledger_open import LONGEST

A0, A1, B0, B1, C0 = Run("a", 0), Run("a", 1), Run("b", 0), Run("b", 1), Run("c", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "r")
    folder.parts.mkdir(parents=True)
    return folder


def part(number: int) -> Part:
    return Part(number, {"quarters": f"q{number}", "weeks": f"w{number}"})


def filled(folder: Folder) -> Ledger:
    """Two parts and two failures."""
    ledger = Ledger(folder)
    ledger.add(part(7), [B0, A1])
    ledger.add(part(2), [B1, C0, A0])
    ledger.add_failed([Failed(Run("b", 3), "draw", "m", "t"), Failed(Run("a", 3), "draw", "m", "t")])
    return ledger


def test_runs_are_told_by_part_content_and_replication(folder: Folder) -> None:
    ledger = filled(folder)
    assert list(ledger.runs_by_part()) == [(2, [A0, B1, C0]), (7, [A1, B0])]
    assert ledger.counts_by_part() == {2: 3, 7: 2}
    assert ledger.parts() == [part(2), part(7)]
    assert [ledger.count(content) for content in "abcd"] == [2, 2, 1, 0]
    assert list(ledger.places("b")) == [(0, 7), (1, 2)]
    ledger.close()


def test_failures_are_told_by_replication_and_then_by_content(folder: Folder) -> None:
    ledger = filled(folder)
    ledger.add_failed([Failed(Run("c", 1), "draw", "m", "t")])
    assert [one.run for one in ledger.failed("cba", 4)] == [Run("c", 1), Run("a", 3), Run("b", 3)]
    assert [one.run for one in ledger.failed("cba", 3)] == [Run("c", 1)]
    ledger.close()


def test_some_of_many_parts_are_forgotten(folder: Folder) -> None:
    ledger = filled(folder)
    ledger.forget([])
    ledger.forget([7])
    assert (ledger.counts_by_part(), ledger.parts()) == ({2: 3}, [part(2)])
    assert [one.run for one in ledger.failed("ab", 9)] == [Run("a", 3), Run("b", 3)]
    ledger.close()


def test_a_ledger_trusts_nothing_in_its_file_and_outlives_a_power_cut(folder: Folder) -> None:
    ledger = Ledger(folder)
    asked = ("trusted_schema", "synchronous", "locking_mode", "user_version")
    assert [ledger._base.execute(f"PRAGMA {one}").fetchone()[0] for one in asked] == [0, 3, "exclusive", 2]
    assert ledger._base.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == LONGEST == 100_000_000
    ledger.close()


def test_a_log_beside_no_ledger_is_refused_and_no_ledger_is_made(folder: Folder) -> None:
    (folder.parts / "ledger.sqlite-wal").touch()
    with pytest.raises(UserError, match="no write-ahead log"):
        Ledger(folder)
    assert [path.name for path in folder.parts.iterdir()] == ["ledger.sqlite-wal"]


def test_a_log_beside_a_ledger_is_refused(folder: Folder) -> None:
    Ledger(folder).close()
    (folder.parts / "ledger.sqlite-wal").touch()
    with pytest.raises(UserError, match="no write-ahead log"):
        Ledger(folder)


def test_a_ledger_that_is_refused_is_let_go_of_at_once(folder: Folder) -> None:
    Ledger(folder).close()
    with sqlite3.connect(folder.ledger) as base:
        base.execute("PRAGMA user_version = 7")
    base.close()
    with pytest.raises(UserError, match="later revsim") as kept:
        Ledger(folder)
    other = sqlite3.connect(folder.ledger, timeout=0.0, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("ROLLBACK")
    other.execute("PRAGMA user_version = 2")
    other.close()
    Ledger(folder).close()
    assert "ledger 7" in str(kept.value)
