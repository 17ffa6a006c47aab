"""Plan, execute, keep: runs what is missing, a part at a time; the whole tables are made at the end."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from revsim.errors import IncompleteError, UserError
from revsim.experiment.executors import execute
from revsim.experiment.keeper import Keeper
from revsim.experiment.plan import Plan, missing
from revsim.experiment.replicate import Failure
from revsim.settings import asking_for
from revsim.store.layout import Folder
from revsim.store.ledger import Failed, Run
from revsim.store.manifest import Manifest, check_same_study, now, read_manifest, write_manifest
from revsim.store.place import prepare
from revsim.store.results import Store, opened
from revsim.store.rows import Rows

Progress = Callable[[int, int], None]


class Finished(NamedTuple):
    """The rows of a study so far, and what of the asked replications failed."""

    rows: Rows
    failed: list[Failure]
    manifest: Manifest


def resume(plan: Plan, folder: Folder, store: Store) -> Manifest:
    """The manifest to go on with. Raises UserError if the folder holds another study."""
    manifest, there = plan.manifest(), read_manifest(folder.manifest)
    check_same_study(there, manifest, folder.root)
    store.claim(manifest.seed, manifest.code)
    store.mend()
    manifest.start = there.start if there and there.start else now()
    _write(manifest, plan, folder, store)
    return manifest


def _write(manifest: Manifest, plan: Plan, folder: Folder, store: Store) -> None:
    """Say how many are done and wanted; the command asks for as many as there are, also where the folder held more."""
    have = store.done(plan.contents)
    manifest.replications = len(have)
    manifest.replications_wanted = max(plan.replications, 1 + max(have, default=-1))
    manifest.command = list(asking_for(plan.command, manifest.replications_wanted))
    manifest.failed = [failure._asdict() for failure in _failed(plan, store)]
    write_manifest(manifest, folder.manifest)


def _failed(plan: Plan, store: Store) -> list[Failure]:
    """All failures that stand in the ledger, under each name that the content has here."""
    return [
        Failure(name, failed.run.replication, failed.stage, failed.message, failed.traceback)
        for failed in store.failed()
        for name, content in plan.contents
        if content == failed.run.content
    ]


def _execute(plan: Plan, store: Store, wanted: list[int], workers: int, progress: Progress) -> None:
    """Run `wanted`; whatever stops it, what is done is kept."""
    before = plan.replications - len(wanted)
    keeper = Keeper(store, dict(plan.contents))
    try:
        with contextlib.closing(execute(plan.task, wanted, workers)) as outcomes:
            for count, outcome in enumerate(outcomes, start=before + 1):
                keeper.add(outcome)
                progress(count, plan.replications)
    finally:
        keeper.flush()


def finish(manifest: Manifest, plan: Plan, folder: Folder, store: Store) -> Finished:
    """Write the whole tables and the manifest that says so. Raises IncompleteError if there is nothing to write."""
    failed = [failure for failure in _failed(plan, store) if failure.replication < plan.replications]
    if store.is_empty(plan.contents):
        _write(manifest, plan, folder, store)
        first = failed[0]
        raise IncompleteError(
            f"All {plan.replications} replications failed; the first at stage `{first.stage}`: {first.message}\n"
            f"{first.traceback}"
        )
    rows = store.merge(plan.contents)
    manifest.complete = not missing(plan.replications, store.done(plan.contents))
    manifest.end = now()
    _write(manifest, plan, folder, store)
    return Finished(rows, failed, manifest)


def _silent(_done: int, _of: int) -> None:
    """No progress."""


@contextlib.contextmanager
def _keeping(manifest: Manifest, plan: Plan, folder: Folder, store: Store) -> Iterator[None]:
    """What is stopped, by Ctrl-C or because the system takes no more, says in its manifest how far it came."""
    try:
        yield
    except KeyboardInterrupt:
        _write(manifest, plan, folder, store)
        raise
    except UserError as error:
        with contextlib.suppress(UserError):  # a full disk refuses this too; the ledger knows
            _write(manifest, plan, folder, store)
        raise IncompleteError(
            f"{error}\n  The study has stopped. What is done is kept in {folder.root}; "
            "the same command goes on from there."
        ) from error


def run_study(plan: Plan, folder: Folder | None = None, workers: int = 1, progress: Progress | None = None) -> Finished:
    """Run what is missing of `plan`; in `folder`, or in a temporary one that is removed when the rows are read.

    `progress` is told (done, of) of the whole study: first how many are there, which may be more than are asked for.
    What failed before is tried again. Ctrl-C (KeyboardInterrupt) keeps finished replications as parts and goes on to
    the caller. Raises UserError if the folder is unfit, in use or holds another study; IncompleteError if nothing at
    all could be run, or if the system refused to keep what was run, e.g. on a full disk.
    """
    if folder is None:
        return _run_for_once(plan, workers, progress)
    prepare(folder)
    with opened(folder) as store:
        manifest, report = resume(plan, folder, store), progress or _silent
        have = store.done(plan.contents)
        wanted = missing(plan.replications, have)
        report(plan.replications - len(wanted) if wanted else len(have), plan.replications)
        with _keeping(manifest, plan, folder, store):
            _execute(plan, store, wanted, workers, report)
            return finish(manifest, plan, folder, store)


def _run_for_once(plan: Plan, workers: int, progress: Progress | None) -> Finished:
    """In a folder that nobody sees, so that memory holds no rows while the study runs."""
    with tempfile.TemporaryDirectory(prefix="revsim-") as place:
        try:
            return run_study(plan, Folder(Path(place)), workers, progress)
        except IncompleteError as error:
            if isinstance(error.__cause__, UserError):
                raise UserError(
                    f"{error.__cause__}\n  TMPDIR names another; or give the study a folder: out=..."
                ) from None
            raise


def save(plan: Plan, finished: Finished, folder: Folder) -> None:
    """Keep a finished study in a folder, beside what that has of it. Raises UserError as `run_study` does."""
    prepare(folder)
    with opened(folder) as store:
        manifest = resume(plan, folder, store)
        contents = dict(plan.contents)
        for name in {content: name for name, content in plan.contents}.values():
            mine = [frame[frame["scenario"] == name].rename(columns={"scenario": "content"}) for frame in finished.rows]
            runs = [Run(contents[name], int(number)) for number in mine[0]["replication"].unique()]
            fresh = [run for run in runs if not store.has(run)]
            numbers = {run.replication for run in fresh}
            rows = Rows(*(frame[frame["replication"].isin(numbers)].assign(content=contents[name]) for frame in mine))
            store.keep(rows, fresh)
        store.keep(
            finished.rows,
            [],
            [Failed(Run(contents[one.scenario], one.replication), *one[2:]) for one in finished.failed],
        )
        finish(manifest, plan, folder, store)
