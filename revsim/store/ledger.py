"""What is done of a study: SQLite, a row for each run, which is a scenario's content in a replication.

Whoever has a ledger open holds the study: SQLite's own exclusive lock is kept from opening to closing. It belongs
to the process, so that it vanishes with one that is killed.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.ledger_file import check_files
from revsim.store.ledger_schema import SCHEMA, TABLES, why_foreign
from revsim.store.locks import has_locks
from revsim.store.manifest import WAY_OUT

PATIENCE = 1.0  # seconds that a process just killed may take to let go
LONGEST = 100_000_000  # bytes of a value
HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
BROKEN = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_TOOBIG}
REFUSED = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}


class Run(NamedTuple):
    """One run: a scenario's content in a replication."""

    content: str
    replication: int


class Failed(NamedTuple):
    """A run that went wrong, at which stage and how."""

    run: Run
    stage: str
    message: str
    traceback: str


class Part(NamedTuple):
    """A part that counts: its number, and a digest of each table's file by the table's name."""

    number: int
    digests: Mapping[str, str]


class Ledger:
    """An open ledger. Every method raises UserError where the system or the file refuses."""

    def __init__(self, folder: Folder) -> None:
        """Open it, or make it where there is none. Raises UserError if another process holds it, or it is none."""
        self.folder = folder
        check_files(folder.ledger)
        try:
            self._base = self._opened(with_locks=True)
        except _HeldError:
            if has_locks(folder.parts):
                raise
            logging.getLogger(__name__).warning(
                "%s: its file system has no locks, so that nothing hinders a second revsim from writing there, too",
                folder.root,
            )
            self._base = self._opened(with_locks=False)

    def _opened(self, *, with_locks: bool) -> sqlite3.Connection:
        with _told(self.folder, opening=True):
            base = _connected(self.folder, with_locks=with_locks)
            try:
                self._begin(base)
            except BaseException:
                base.close()
                raise
        return base

    def _begin(self, base: sqlite3.Connection) -> None:
        """Lock it, see that it is one of revsim's, make what is not there yet."""
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA synchronous = EXTRA")  # what is committed outlives a power cut
        # first of all that touches the file: two that open at once must not both hold a lock that hinders the other
        base.execute("BEGIN EXCLUSIVE")
        base.execute("PRAGMA locking_mode = EXCLUSIVE")  # the lock outlives this transaction, and all others
        (version,) = base.execute("PRAGMA user_version").fetchone()
        tables = base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        _check_version(self.folder, version, is_empty=not tables)
        if not tables:
            for table in TABLES:
                base.execute(table)
            base.execute(f"PRAGMA user_version = {SCHEMA}")
        base.execute("COMMIT")
        fault = why_foreign(base)
        if fault:
            raise _broken(self.folder, fault)

    def close(self) -> None:
        """Let go of it."""
        self._base.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it, or nothing."""
        with _told(self.folder):
            self._base.execute("BEGIN")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:  # a full disk has rolled it back already
                    self._base.execute("ROLLBACK")
                raise

    def _all(self, question: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        with _told(self.folder):
            return self._base.execute(question, values).fetchall()

    def facts(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Facts of the study as they stand there; those that do not stand there yet are kept as wanted."""
        with self._transaction() as base:
            base.executemany("INSERT OR IGNORE INTO fact VALUES (?, ?)", wanted.items())
        return {str(name): str(value) for name, value in self._all("SELECT name, value FROM fact")}

    def places(self, content: str) -> Iterator[tuple[int, int]]:
        """(replication, number of its part) of all that is done of a content, by replication; one after the other."""
        question = "SELECT replication, part FROM run WHERE content = ? AND part IS NOT NULL ORDER BY replication"
        with _told(self.folder):
            yield from self._base.execute(question, (content,))

    def count(self, content: str) -> int:
        """How many replications of a content are done."""
        ((count,),) = self._all("SELECT count(*) FROM run WHERE content = ? AND part IS NOT NULL", (content,))
        assert isinstance(count, int), "SQLite counts"
        return count

    def has(self, run: Run) -> bool:
        """Whether a run is done."""
        question = "SELECT 1 FROM run WHERE content = ? AND replication = ? AND part IS NOT NULL"
        return bool(self._all(question, run))

    def parts(self) -> list[Part]:
        """All parts, by number."""
        rows = self._all("SELECT number, quarters, weeks FROM part ORDER BY number")
        return [Part(number, {"quarters": quarters, "weeks": weeks}) for number, quarters, weeks in rows]  # type: ignore[arg-type,dict-item]  # as the table is made

    def runs_by_part(self) -> Iterator[tuple[int, list[Run]]]:
        """The runs that each part counts, by content and replication; one part after the other."""
        order = "part, content, replication"
        question = f"SELECT {order} FROM run WHERE part IS NOT NULL ORDER BY {order}"  # noqa: S608 - words of ours
        with _told(self.folder):
            for number, rows in groupby(self._base.execute(question), key=itemgetter(0)):
                yield number, [Run(*row[1:]) for row in rows]

    def failed(self) -> list[Failed]:
        """All that went wrong and was not done since, by replication."""
        rows = self._all(
            "SELECT content, replication, stage, message, traceback FROM run WHERE part IS NULL "
            "ORDER BY replication, content"
        )
        return [Failed(Run(row[0], row[1]), *row[2:]) for row in rows]  # type: ignore[arg-type]  # as the table is made

    def add(self, part: Part, runs: Iterable[Run]) -> None:
        """Count a part and the runs in it; a run that had failed is done."""
        with self._transaction() as base:
            base.execute(
                "INSERT INTO part VALUES (?, ?, ?)", (part.number, part.digests["quarters"], part.digests["weeks"])
            )
            rows = [(*run, part.number) for run in runs]
            base.executemany("INSERT OR REPLACE INTO run (content, replication, part) VALUES (?, ?, ?)", rows)

    def add_failed(self, failed: Iterable[Failed]) -> None:
        """Keep what went wrong, the latest of each run; what is done stays done."""
        rows = [(*one.run, one.stage, one.message, one.traceback) for one in failed]
        with self._transaction() as base:
            base.executemany(
                "INSERT INTO run (content, replication, stage, message, traceback) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (content, replication) DO UPDATE SET stage = excluded.stage, message = excluded.message, "
                "traceback = excluded.traceback WHERE part IS NULL",
                rows,
            )

    def forget(self, number: int) -> None:
        """A part and its runs no longer count."""
        with self._transaction() as base:
            base.execute("DELETE FROM run WHERE part = ?", (number,))
            base.execute("DELETE FROM part WHERE number = ?", (number,))


class _HeldError(UserError):
    """A lock could not be had."""


def _connected(folder: Folder, *, with_locks: bool) -> sqlite3.Connection:
    """A connection to a file that has the permissions of any new file; SQLite would narrow them."""
    with _told_of_system(folder):
        os.close(os.open(folder.ledger, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666))
    name = folder.ledger.absolute().as_uri() + ("" if with_locks else "?vfs=unix-none")
    base = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, uri=True)
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    base.text_factory = lambda text: text.decode("utf-8", "replace")
    return base


def _check_version(folder: Folder, version: int, *, is_empty: bool) -> None:
    """Raise UserError unless this version of revsim made the ledger, or nothing did yet."""
    if version > SCHEMA:
        raise UserError(
            f"{folder.ledger}: was written by a later revsim (ledger {version}, this version reads {SCHEMA}).\n"
            f"  Go on with that version. Or: {WAY_OUT[0].lower()}{WAY_OUT[1:]}."
        )
    if 0 < version < SCHEMA:
        raise UserError(
            f"{folder.ledger}: was written by an earlier revsim (ledger {version}, this version reads {SCHEMA}).\n"
            f"  Its tables and report can be read on; the study cannot be gone on with. {WAY_OUT}."
        )
    if version != SCHEMA and not is_empty:
        raise _broken(folder, "it is a database of something else")


def _broken(folder: Folder, fault: object) -> UserError:
    return UserError(f"{folder.ledger}: is no ledger of revsim's, or damaged ({fault}).\n  {WAY_OUT}.")


@contextmanager
def _told_of_system(folder: Folder) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(folder, error.strerror) from error


def _unwritable(folder: Folder, why: object) -> UserError:
    return UserError(
        f"{folder.ledger}: cannot be written ({why}).\n"
        "  Choose another place, or make this one writable and free some space."
    )


@contextmanager
def _told(folder: Folder, *, opening: bool = False) -> Iterator[None]:
    """What SQLite says, in words of a user's. What is a fault of ours goes on as it is: in opening nothing is."""
    try:
        yield
    except UnicodeDecodeError:  # of what SQLite says of a name in the file
        raise _broken(folder, "it holds names that are no text") from None
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF  # the rest of it says where inside
        if code in HELD or _is_lock(error):
            raise _HeldError(
                f"{folder.root}: another revsim is at work there, and only one at a time may write a results "
                "folder.\n  Wait until it has ended and give the same command again, or choose another --out."
            ) from None
        if code in BROKEN:
            raise _broken(folder, error) from None
        if code in REFUSED:
            raise _unwritable(folder, error) from error
        if opening:
            raise _broken(folder, error) from None
        raise


def _is_lock(error: sqlite3.Error) -> bool:
    """Whether it is an input error in taking a lock: SQLite's word where a file system has none."""
    return getattr(error, "sqlite_errorcode", 0) in {
        sqlite3.SQLITE_IOERR_LOCK,
        sqlite3.SQLITE_IOERR_RDLOCK,
        sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
    }
