"""What a killed process left of a transaction is put back, first on a copy."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store import ledger as ledgers
from revsim.store import ledger_open
from revsim.store.layout import Folder
from revsim.store.ledger import Ledger
from revsim.store.ledger_open import connect, rehearse
from tests.store.test_ledger_rows import A0, A1, B0, B1, C0, filled


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "r")
    folder.parts.mkdir(parents=True)
    return folder


def test_a_journal_that_is_done_with_goes_when_the_ledger_is_opened(folder: Folder) -> None:
    Ledger(folder).close()
    beside = folder.parts / "ledger.sqlite-journal"
    beside.write_bytes(bytes(512))
    ledger = Ledger(folder)
    assert not beside.exists()
    ledger.close()


def torn(folder: Folder, place: Path) -> Folder:
    """The files of a process that is killed in a transaction: some pages are new already."""
    filled(folder).close()
    base = connect(folder.ledger)
    base.execute("PRAGMA cache_size = 1")
    base.execute("BEGIN")
    runs = [("z" * 99, number) for number in range(999)]
    base.executemany("INSERT INTO run (content, replication, part) VALUES (?, ?, 2)", runs)
    copy = Folder(place)
    copy.parts.mkdir(parents=True)
    for path in folder.parts.iterdir():
        (copy.parts / path.name).write_bytes(path.read_bytes())
    base.close()
    return copy


def test_what_a_killed_process_had_not_committed_is_put_back(folder: Folder, tmp_path: Path) -> None:
    killed = torn(folder, tmp_path / "torn")
    assert (killed.parts / "ledger.sqlite-journal").read_bytes()[:1] != b"\0"
    ledger = Ledger(killed)
    assert list(ledger.runs_by_part()) == [(2, [A0, B1, C0]), (7, [A1, B0])]
    assert [path.name for path in killed.parts.iterdir()] == ["ledger.sqlite"]
    ledger.close()


def test_a_journal_is_first_played_back_on_a_copy_that_is_trusted_no_more(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed, seen = torn(folder, tmp_path / "torn"), []

    def looked_at(_: Folder, base: sqlite3.Connection) -> None:
        ((_, _, place),) = base.execute("PRAGMA database_list")
        asked = ("SELECT count(*) FROM run", "PRAGMA trusted_schema")
        seen.append((base, Path(place).name, *(base.execute(one).fetchone()[0] for one in asked)))
        assert Path(place) != killed.ledger

    before = killed.ledger.read_bytes()
    monkeypatch.setattr(ledger_open, "check_ledger", looked_at)
    rehearse(killed)
    ((base, *facts),) = seen
    assert facts == ["ledger.sqlite", 7, 0]
    assert killed.ledger.read_bytes() == before
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        base.execute("SELECT 1")


def test_a_journal_that_another_process_has_taken_away_needs_no_rehearsal(folder: Folder) -> None:
    Ledger(folder).close()
    rehearse(folder)


@pytest.mark.parametrize("is_torn", [False, True])
def test_only_a_journal_that_waits_is_rehearsed(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_torn: bool
) -> None:
    own, seen = torn(folder, tmp_path / "torn") if is_torn else folder, []
    monkeypatch.setattr(ledgers, "rehearse", seen.append)
    Ledger(own).close()
    assert seen == [own] * is_torn


def test_a_journal_of_a_process_at_work_is_left_to_it(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = torn(folder, tmp_path / "torn")
    before = {path: path.read_bytes() for path in own.parts.iterdir()}
    monkeypatch.setattr(ledgers, "is_locked", lambda _: True)
    with pytest.raises(UserError, match="another revsim is at work there"):
        Ledger(own)
    assert {path: path.read_bytes() for path in own.parts.iterdir()} == before
    monkeypatch.undo()
    Ledger(own).close()
