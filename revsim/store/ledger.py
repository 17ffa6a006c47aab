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
from typing import Any, NamedTuple

from revsim.store import holders
from revsim.store.layout import Folder
from revsim.store.ledger_errors import HeldError, held, told, told_of_system
from revsim.store.ledger_file import check_files, is_to_be_played_back, remove_done_with
from revsim.store.ledger_open import check_ledger, connect, prepare_connection, rehearse
from revsim.store.ledger_schema import SCHEMA, TABLES
from revsim.store.locks import has_locks, is_locked


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
        # first of all: to look into a file that this process has locked would let go of its locks (POSIX)
        if not os.path.lexists(folder.ledger):  # then nobody has locked it
            check_files(folder.ledger)
        with told_of_system(folder):
            self._claim = holders.claim(folder.ledger)
        if self._claim is None:
            raise held(folder)
        try:
            self._base = self._looked_at()
        except BaseException:
            holders.release(self._claim)
            raise

    def _looked_at(self) -> sqlite3.Connection:
        """The ledger, open and locked, after all that can be known of its files before."""
        ledger = self.folder.ledger
        check_files(ledger)
        if is_to_be_played_back(ledger):
            if is_locked(ledger):
                raise held(self.folder)
            rehearse(self.folder)
        try:
            return self._opened(with_locks=True)
        except HeldError:
            if has_locks(self.folder.parts):
                raise
            logging.getLogger(__name__).warning(
                "%s: its file system has no locks, so that nothing hinders a second revsim from writing there, too",
                self.folder.root,
            )
            return self._opened(with_locks=False)

    def _opened(self, *, with_locks: bool) -> sqlite3.Connection:
        with told(self.folder, opening=True):
            base = connect(self.folder.ledger, "" if with_locks else "?vfs=unix-none")
            try:
                self._begin(base)
            except BaseException:
                base.close()
                raise
        return base

    def _begin(self, base: sqlite3.Connection) -> None:
        """Lock it, see that it is one of revsim's, make what is not there yet; nothing is written before it is seen."""
        prepare_connection(base)
        # first of all that touches the file: two that open at once must not both hold a lock that hinders the other
        base.execute("BEGIN EXCLUSIVE")
        base.execute("PRAGMA locking_mode = EXCLUSIVE")  # the lock outlives this transaction, and all others
        is_new = check_ledger(self.folder, base)
        with told_of_system(self.folder):
            remove_done_with(self.folder.ledger)
        if is_new:
            for table in TABLES:
                base.execute(table)
            base.execute(f"PRAGMA user_version = {SCHEMA}")
        base.execute("COMMIT")

    def close(self) -> None:
        """Let go of it."""
        self._base.close()
        if self._claim is not None:
            holders.release(self._claim)
            self._claim = None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it, or nothing."""
        with told(self.folder):
            self._base.execute("BEGIN")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:  # a full disk has rolled it back already
                    self._base.execute("ROLLBACK")
                raise

    def _all(self, question: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        with told(self.folder):
            return self._base.execute(question, values).fetchall()

    def facts(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Facts of the study as they stand there; those that do not yet are kept, unless others contradict."""
        there = {str(name): str(value) for name, value in self._all("SELECT name, value FROM fact")}
        new = {name: value for name, value in wanted.items() if name not in there}
        if new and all(there[name] == wanted[name] for name in wanted if name in there):
            with self._transaction() as base:
                base.executemany("INSERT INTO fact VALUES (?, ?)", new.items())
        return {**new, **there}

    def places(self, content: str) -> Iterator[tuple[int, int]]:
        """(replication, number of its part) of all that is done of a content, by replication; one after the other."""
        question = "SELECT replication, part FROM run WHERE content = ? AND part IS NOT NULL ORDER BY replication"
        with told(self.folder):
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

    def counts_by_part(self) -> dict[int, int]:
        """How many runs each part counts; parts that count none are left out."""
        rows = self._all("SELECT part, count(*) FROM run WHERE part IS NOT NULL GROUP BY part")
        return {number: count for number, count in rows}  # type: ignore[misc]  # noqa: C416 - as the table is made

    def runs_by_part(self) -> Iterator[tuple[int, list[Run]]]:
        """The runs that each part counts, by content and replication; one part after the other."""
        order = "part, content, replication"
        question = f"SELECT {order} FROM run WHERE part IS NOT NULL ORDER BY {order}"  # noqa: S608 - words of ours
        with told(self.folder):
            for number, rows in groupby(self._base.execute(question), key=itemgetter(0)):
                yield number, [Run(*row[1:]) for row in rows]

    def failed(self, contents: Iterable[str], below: int) -> list[Failed]:
        """What went wrong of these contents and was not done since, by replication; those below a number."""
        question = (
            "SELECT content, replication, stage, message, traceback FROM run "
            "WHERE content = ? AND replication < ? AND part IS NULL"
        )
        rows: list[Any] = [row for content in contents for row in self._all(question, (content, below))]
        return sorted((Failed(Run(*row[:2]), *row[2:]) for row in rows), key=lambda one: (one.run[1], one.run[0]))

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

    def forget(self, numbers: Sequence[int]) -> None:
        """Parts and their runs no longer count."""
        if numbers:
            with self._transaction() as base:
                base.executemany("DELETE FROM part WHERE number = ?", [(number,) for number in numbers])
                base.execute("DELETE FROM run WHERE part IS NOT NULL AND part NOT IN (SELECT number FROM part)")
