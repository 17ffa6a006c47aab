"""How a ledger is opened, and which errors of SQLite say that it is none, that it is held, or that the disk refuses."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from revsim.errors import UnwritableError, UserError
from revsim.store import ledger_open
from revsim.store.layout import Folder
from revsim.store.ledger import Ledger
from revsim.store.ledger_errors import HeldError, told, told_of_system
from revsim.store.ledger_open import connect
from tests.store.test_journals import journal


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "r")
    folder.parts.mkdir(parents=True)
    Ledger(folder).close()
    return folder


def test_a_ledger_is_opened_by_an_address_and_waits_a_second_for_its_lock(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = sqlite3.connect, {}

    def recording(name: str, **how: Any) -> sqlite3.Connection:
        asked.update(how, name=name)
        return real(name, **how)

    monkeypatch.setattr(ledger_open.sqlite3, "connect", recording)
    base = connect(folder.ledger, "?mode=ro")
    assert asked["name"] == f"{folder.ledger.as_uri()}?mode=ro"
    assert (asked["uri"], asked["timeout"], base.isolation_level) == (True, 1.0, None)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        base.execute("CREATE TABLE t (a)")
    base.close()


def test_text_that_is_none_is_read_with_marks_in_its_place(folder: Folder) -> None:
    base = connect(folder.ledger)
    assert base.execute("SELECT CAST(x'61ff' AS TEXT)").fetchone() == ("a\ufffd",)
    base.close()


@pytest.mark.parametrize(
    ("version", "why"), [(0, "something else"), (1, "earlier revsim"), (3, "later revsim"), (-1, "something else")]
)
def test_a_ledger_of_another_version_is_told_which_way_it_is_off(folder: Folder, version: int, why: str) -> None:
    base = sqlite3.connect(folder.ledger)
    base.execute(f"PRAGMA user_version = {version}")
    base.close()
    with pytest.raises(UserError, match=why):
        Ledger(folder)


@pytest.mark.parametrize("beside", [False, True])
def test_a_ledger_that_sqlite_cannot_read_is_broken_also_where_a_journal_waits(folder: Folder, *, beside: bool) -> None:
    content = bytearray(folder.ledger.read_bytes())
    content[44:48] = (9).to_bytes(4, "big")  # a format of the future: an error of no kind of its own
    folder.ledger.write_bytes(content)
    if beside:
        journal(folder.parts, pages=len(content) // 4096)
    with pytest.raises(UserError, match="unsupported file format"):
        Ledger(folder)
    assert folder.ledger.read_bytes() == content


def test_runs_of_a_part_that_is_not_there_are_told(folder: Folder) -> None:
    base = sqlite3.connect(folder.ledger, isolation_level=None)
    base.execute("INSERT INTO run (content, replication, part) VALUES ('a', 0, 9)")
    base.close()
    with pytest.raises(UserError, match="counts runs of a part that it does not know"):
        Ledger(folder)


def failing(code: int | None) -> sqlite3.Error:
    error = sqlite3.OperationalError("what it says")
    if code is not None:
        error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_BUSY, HeldError, "another revsim"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, HeldError, "another revsim"),
        (sqlite3.SQLITE_IOERR_LOCK, HeldError, "another revsim"),
        (sqlite3.SQLITE_IOERR_RDLOCK, HeldError, "another revsim"),
        (sqlite3.SQLITE_CORRUPT_INDEX, UserError, "is no ledger"),
        (sqlite3.SQLITE_NOTADB, UserError, "is no ledger"),
        (sqlite3.SQLITE_IOERR_WRITE, UnwritableError, "cannot be written"),
        (sqlite3.SQLITE_FULL, UnwritableError, "cannot be written"),
        (sqlite3.SQLITE_READONLY_DBMOVED, UnwritableError, "cannot be written"),
    ],
)
@pytest.mark.parametrize("opening", [True, False])
def test_what_sqlite_says_is_told_by_its_kind(code: int, kind: type[UserError], words: str, *, opening: bool) -> None:
    with pytest.raises(kind, match=words), told(Folder(Path("r")), opening=opening):
        raise failing(code)


@pytest.mark.parametrize("code", [None, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT_CHECK])
def test_what_is_a_fault_of_ours_goes_on_as_it_is_but_in_opening_where_nothing_is(code: int | None) -> None:
    with pytest.raises(sqlite3.OperationalError, match="what it says"), told(Folder(Path("r"))):
        raise failing(code)
    with pytest.raises(UserError, match="is no ledger"), told(Folder(Path("r")), opening=True):
        raise failing(code)


def test_what_the_system_refuses_is_told_of_the_ledger() -> None:
    with pytest.raises(UnwritableError, match=r"r/parts/ledger\.sqlite: .*\(why\)"), told_of_system(Folder(Path("r"))):
        raise OSError(5, "why")
