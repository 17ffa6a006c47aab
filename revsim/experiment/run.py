"""Plan, execute, keep: runs what is missing, writes a part per batch, merges at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from revsim.errors import IncompleteError
from revsim.experiment.executors import execute
from revsim.experiment.frames import rows_of, together
from revsim.experiment.plan import Plan, missing
from revsim.experiment.replicate import Failure, Outcome
from revsim.settings import asking_for
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, check_same_study, now, read_manifest, write_manifest
from revsim.store.place import prepare
from revsim.store.results import Rows, done, merge, read_rows, sort_rows, write_part

BATCH = 25
BATCH_SECONDS = 5.0
Progress = Callable[[int, int], None]


class Finished(NamedTuple):
    """The rows of a study so far, and what failed."""

    rows: Rows
    failed: list[Failure]
    manifest: Manifest


class Keeper:
    """Outcomes as they come: in memory, and in a folder by batches."""

    def __init__(self, plan: Plan, folder: Folder | None, before: Rows | None) -> None:
        """`before` is what earlier runs left."""
        self.plan, self.folder = plan, folder
        self.kept: list[Rows] = [before] if before else []
        self.failed: list[Failure] = []
        self.batch: list[Outcome] = []
        self.since = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Take one; write the batch when it is large or old."""
        self.batch.append(outcome)
        self.failed += outcome.failures
        if len(self.batch) >= BATCH or time.monotonic() - self.since > BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what is there."""
        batch, self.batch = sorted(self.batch, key=lambda outcome: outcome.replication), []
        self.since = time.monotonic()
        rows = rows_of(batch, self.plan.task.cases)
        if not len(rows.quarters):
            return
        self.kept.append(rows)
        if self.folder:
            write_part(self.folder, rows, [outcome.replication for outcome in batch if outcome.tables])

    def rows(self) -> Rows | None:
        """All rows in order; each (scenario, replication) once."""
        rows = together(self.kept)
        if rows is None:
            return None
        keys = ["scenario", "replication", "quarter"]
        single = Rows(rows.quarters.drop_duplicates(keys), rows.weeks.drop_duplicates([*keys, "week"]))
        return sort_rows(single, self.plan.names)


def _execute(plan: Plan, keeper: Keeper, wanted: list[int], workers: int, progress: Progress) -> None:
    """Run `wanted`; whatever stops it, what is done is kept."""
    before = plan.replications - len(wanted)
    try:
        for count, outcome in enumerate(execute(plan.task, wanted, workers), start=before + 1):
            keeper.add(outcome)
            progress(count, plan.replications)
    finally:
        keeper.flush()


def _resume(plan: Plan, folder: Folder) -> tuple[Manifest, Rows | None]:
    """The manifest to go on with and what is done. Raises UserError if the folder is unfit or holds another study."""
    prepare(folder)
    manifest, there = plan.manifest(), read_manifest(folder.manifest)
    check_same_study(there, manifest, folder.root)
    manifest.start = there.start if there and there.start else now()
    before = read_rows(folder) if there else None
    _count(manifest, plan, before)
    write_manifest(manifest, folder.manifest)
    return manifest, before


def _count(manifest: Manifest, plan: Plan, rows: Rows | None) -> None:
    """How many are done and wanted; the command asks for as many as there are, also where the folder held more."""
    have = done(rows, plan.names)
    manifest.replications = len(have)
    manifest.replications_wanted = max(plan.replications, 1 + max(have, default=-1))
    manifest.command = list(asking_for(plan.command, manifest.replications_wanted))


def _stop(manifest: Manifest, keeper: Keeper, folder: Folder) -> None:
    """The manifest of a study that was stopped says how far it came."""
    _count(manifest, keeper.plan, keeper.rows())
    write_manifest(manifest, folder.manifest)


def _finish(manifest: Manifest, keeper: Keeper, rows: Rows, folder: Folder | None) -> None:
    """Write the whole tables and the manifest that says so."""
    _count(manifest, keeper.plan, rows)
    manifest.failed = [failure._asdict() for failure in keeper.failed]
    manifest.complete = not missing(keeper.plan.replications, done(rows, keeper.plan.names))
    manifest.end = now()
    if folder:
        merge(folder, rows)
        write_manifest(manifest, folder.manifest)


def _silent(_done: int, _of: int) -> None:
    """No progress."""


def run_study(plan: Plan, folder: Folder | None = None, workers: int = 1, progress: Progress | None = None) -> Finished:
    """Run what is missing of `plan`; in `folder`, or in memory only.

    `progress` is told (done, of) of the whole study: first how many are there, which may be more than are asked for.
    Ctrl-C (KeyboardInterrupt) keeps finished replications as parts and goes on to the caller.
    Raises UserError if the folder holds another study, IncompleteError if nothing at all could be run.
    """
    if folder:
        manifest, before = _resume(plan, folder)
    else:
        manifest, before = plan.manifest(), None
        manifest.start = now()
    keeper, have = Keeper(plan, folder, before), done(before, plan.names)
    wanted, report = missing(plan.replications, have), progress or _silent
    report(plan.replications - len(wanted) if wanted else len(have), plan.replications)
    try:
        _execute(plan, keeper, wanted, workers, report)
    except KeyboardInterrupt:
        if folder:
            _stop(manifest, keeper, folder)
        raise
    rows = keeper.rows()
    if rows is None:
        first = keeper.failed[0]
        raise IncompleteError(
            f"All {len(wanted)} replications failed; the first at stage `{first.stage}`: {first.message}\n"
            f"{first.traceback}"
        )
    _finish(manifest, keeper, rows, folder)
    return Finished(rows, keeper.failed, manifest)
