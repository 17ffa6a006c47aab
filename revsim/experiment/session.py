"""A plan at work in a folder that this process holds: what is there, what failed, and the manifest that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from revsim.errors import IncompleteError
from revsim.experiment.plan import Plan, missing
from revsim.experiment.task import Failure
from revsim.settings import asking_for
from revsim.store.kept import Kept
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, check_same_study, now, read_manifest, write_manifest
from revsim.store.part_check import Wanted
from revsim.store.place import prepare
from revsim.store.probe import check_room, check_takes_tables
from revsim.store.results import Store, opened
from revsim.store.rows import Rows
from revsim.store.stamp import Stamp


class Finished(NamedTuple):
    """The rows of a study so far, and what of the asked replications failed."""

    rows: Rows | Kept
    failed: list[Failure]
    manifest: Manifest


class Session(NamedTuple):
    """One study, one folder, one writer."""

    plan: Plan
    folder: Folder
    store: Store
    manifest: Manifest

    def done(self) -> set[int]:
        """Replications that every scenario has."""
        return self.store.done(self.plan.contents)

    def failed(self, below: int) -> list[Failure]:
        """Failures of replications below a number, in order, under each name that the content has here."""
        return [
            Failure(name, failed.run.replication, failed.stage, failed.message, failed.traceback)
            for failed in self.store.failed(self.plan.contents, below)
            for name, content in self.plan.contents
            if content == failed.run.content
        ]

    def note(self) -> None:
        """Write how many are done and wanted; the command asks for as many as there are, also where there are more."""
        self.store.check_there()
        have, manifest = self.done(), self.manifest
        manifest.replications = len(have)
        manifest.replications_wanted = max(self.plan.replications, 1 + max(have, default=-1))
        manifest.command = list(asking_for(self.plan.command, manifest.replications_wanted))
        manifest.failed = [failure._asdict() for failure in self.failed(manifest.replications_wanted)]
        write_manifest(manifest, self.folder.manifest)

    def finish(self) -> Finished:
        """Write the whole tables and the manifest that says so. Raises IncompleteError if there is nothing to write."""
        failed = self.failed(self.plan.replications)
        if self.store.is_empty(self.plan.contents):
            self.note()
            first = failed[0]
            error = IncompleteError(
                f"All {self.plan.replications} replications failed; the first at stage `{first.stage}`: {first.message}"
            )
            error.add_note(first.traceback)  # which Python shows, and a command does not
            raise error
        rows = self.store.merge(self.plan.contents)
        self.manifest.complete = not missing(self.plan.replications, self.done())
        self.manifest.end = now()
        self.note()
        return Finished(rows, failed, self.manifest)


@contextmanager
def session(plan: Plan, folder: Folder) -> Iterator[Session]:
    """Hold the folder and go on with what is there. Raises UserError if it is unfit, in use, or of another study."""
    prepare(folder)
    manifest = plan.manifest()
    check_same_study(read_manifest(folder.manifest), manifest, folder.root)  # before anything is made there
    with opened(folder, Wanted(Stamp(manifest.seed, manifest.code), plan.columns, plan.quarters)) as store:
        there = read_manifest(folder.manifest)
        check_same_study(there, manifest, folder.root)
        store.claim()
        store.mend()
        check_takes_tables(folder)
        check_room(folder, plan.bytes_of(len(missing(plan.replications, store.done(plan.contents)))))
        manifest.start = there.start if there and there.start else now()
        work = Session(plan, folder, store, manifest)
        work.note()
        yield work
