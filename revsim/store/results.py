"""The rows of a study on disk. A store is where they gather; the whole tables of the folder are what is read."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from revsim.errors import UserError
from revsim.store.atomic import half_written, make_folder, refused
from revsim.store.kept import Kept
from revsim.store.layout import PROBE, TABLES, Folder
from revsim.store.ledger import Failed, Ledger, Run
from revsim.store.ledger_schema import LAST_PART
from revsim.store.lost import lost
from revsim.store.manifest import WAY_OUT
from revsim.store.merging import merge
from revsim.store.part_check import Wanted, check_count, check_part
from revsim.store.parts import is_whole, remove_others, write_part
from revsim.store.regular import is_regular
from revsim.store.rows import Rows
from revsim.store.tables import KEYS, read_table

ROOM_FOR_PARTS = 1_000_000  # numbers of parts that are left to a study

Scenarios = list[tuple[str, str]]  # (name, content)


class Store:
    """A study's rows while this process holds them; nobody else can write there. Methods raise UserError."""

    def __init__(self, folder: Folder, ledger: Ledger, claim: Wanted) -> None:
        """`claim` is what its parts must be."""
        self.folder, self._ledger, self._wanted = folder, ledger, claim
        self._ledger_is = folder.ledger.stat()

    def claim(self) -> None:
        """Keep whose rows these are; refuse rows of another seed or version of results, whatever a manifest says."""
        wanted = {"seed": str(self._wanted.stamp.seed), "results": self._wanted.stamp.code}
        for name, value in self._ledger.facts(wanted).items():
            if name in wanted and value != wanted[name]:
                raise UserError(
                    f"{self.folder.root} holds another study: its ledger is of {name} {value[:8]}, not "
                    f"{wanted[name][:8]}.\n  Rows of different studies are never mixed. {WAY_OUT}."
                )

    def check_there(self) -> None:
        """Raise IncompleteError if the folder was removed, moved or replaced since it was opened."""
        try:
            is_there = os.path.samestat(self.folder.ledger.stat(), self._ledger_is)
        except OSError:
            is_there = False
        if not is_there:
            raise lost(self.folder)

    def mend(self) -> None:
        """Forget parts that are torn, so that their runs are missing, and remove what was left half done.

        Raises UserError, before anything is changed, for a part that is whole and none of this study's.
        """
        counts, parts = self._ledger.counts_by_part(), self._ledger.parts()
        if parts and parts[-1].number > LAST_PART - ROOM_FOR_PARTS:
            raise UserError(
                f"{self.folder.ledger}: has a part {parts[-1].number}, and no study makes so many.\n  {WAY_OUT}."
            )
        torn = {part.number for part in parts if not is_whole(self.folder, part, counts.get(part.number, 0))}
        for number, count in counts.items():
            if number not in torn:
                check_count(self.folder, number, count, self._wanted)
        for number, runs in self._ledger.runs_by_part():
            if number not in torn:
                check_part(self.folder, number, runs, self._wanted)
        self._forget(sorted(torn))

    def _forget(self, torn: Sequence[int]) -> None:
        """Count torn parts no more; remove them, and what was half written."""
        self._ledger.forget(torn)
        written = "|".join(re.escape(path.name) for path in (self.folder.manifest, *map(self.folder.whole, TABLES)))
        try:
            remove_others(self.folder, self._ledger.parts())
            probes = [path for path in self.folder.root.iterdir() if PROBE.fullmatch(path.name) and is_regular(path)]
            for path in half_written(self.folder.root, f"{written}|{PROBE.pattern}") + probes:
                path.unlink()
        except OSError as error:
            raise refused(self.folder.root, error) from error
        if torn:
            more = f" and {len(torn) - 1} more" if len(torn) > 1 else ""
            logging.getLogger(__name__).warning(
                "%s, or the file of weeks beside it,%s %s damaged: the runs are made again",
                self.folder.part(TABLES[0], torn[0]),
                more,
                "are" if more else "is",
            )

    def has(self, run: Run) -> bool:
        """Whether a run is done."""
        return self._ledger.has(run)

    def done(self, scenarios: Scenarios) -> set[int]:
        """Replications that every scenario has."""
        (_, first), *others = scenarios
        common = self._numbers(first)
        for _, content in others:
            common &= self._numbers(content)
        return common

    def _numbers(self, content: str) -> set[int]:
        return set(self._each(content))

    def _each(self, content: str) -> Iterator[int]:
        return (number for number, _ in self._ledger.places(content))

    def is_empty(self, scenarios: Scenarios) -> bool:
        """Whether no run of any scenario is done."""
        return not any(next(self._ledger.places(content), None) for _, content in scenarios)

    def failed(self, scenarios: Scenarios, below: int) -> list[Failed]:
        """What went wrong of these scenarios and was not done since, by replication; those below a number."""
        return self._ledger.failed({content for _, content in scenarios}, below)

    def keep(self, rows: Rows, runs: Sequence[Run]) -> None:
        """Keep finished runs, all or none of them.

        `rows` begin with the content in place of a scenario, and are sorted by it, replication, quarter, week.
        """
        if runs:
            self.check_there()
            number = 1 + max((part.number for part in self._ledger.parts()), default=0)
            self._ledger.add(write_part(self.folder, number, rows, self._wanted.stamp), runs)

    def keep_failed(self, failed: Sequence[Failed]) -> None:
        """Keep what went wrong, unless it is done."""
        if failed:
            self._ledger.add_failed(failed)

    def merge(self, scenarios: Scenarios) -> Kept:
        """Write the whole tables, the same whoever ran what and when. At least one run must be done."""
        self.check_there()
        merge(self.folder, self._ledger, scenarios, self._wanted.stamp)
        numbers = {content: np.fromiter(self._each(content), np.int64) for _, content in scenarios}
        return Kept(self.folder, {name: numbers[content] for name, content in scenarios}, self._wanted.stamp)


@contextmanager
def opened(folder: Folder, claim: Wanted) -> Iterator[Store]:
    """The store of a results folder, made where there is none; held until the end. `claim` is what its parts must be.

    Raises UserError if another process holds it, if its ledger is none or of a later version, or if the folder has
    rows and no ledger.
    """
    _check_has_ledger(folder)
    make_folder(folder.parts)
    ledger = Ledger(folder)
    try:
        yield Store(folder, ledger, claim)
    finally:
        ledger.close()


def _check_has_ledger(folder: Folder) -> None:
    if not folder.ledger.exists() and any(folder.whole(table).exists() or folder.parts_of(table) for table in TABLES):
        raise UserError(
            f"{folder.root}: holds rows and no {folder.ledger.relative_to(folder.root)}, which says what is done. "
            f"Was the folder copied? Then copy {folder.parts.name}/ too. "
            f"Otherwise the rows are of an earlier version of revsim, or that file was removed.\n  {WAY_OUT}."
        )


def read_rows(folder: Folder) -> Rows:
    """The whole tables. Raises UserError if they are not there."""
    return Rows(*(read_table(folder.whole(table), KEYS[table]) for table in TABLES))
