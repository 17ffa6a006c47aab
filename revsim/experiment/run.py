"""Plan, execute, keep: runs what is missing, a part at a time; the whole tables are made at the end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator

from revsim.errors import IncompleteError, UserError
from revsim.experiment.executors import Begun, Say, execute
from revsim.experiment.keeper import Keeper
from revsim.experiment.plan import Plan, missing
from revsim.experiment.session import Finished, Session, session
from revsim.experiment.task import Outcome
from revsim.experiment.unseen_folder import unseen_folder
from revsim.notices import silent
from revsim.store.layout import Folder
from revsim.store.rows import Rows

Progress = Callable[[int, int], None]


def _silent(_done: int, _of: int) -> None:
    """No progress."""


def run_study(
    plan: Plan,
    folder: Folder | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    at_work: Begun | None = None,
    say: Say = silent,
) -> Finished:
    """Run what is missing of `plan`; in `folder`, or in a temporary one that is removed when the rows are read.

    `at_work` are workers that have begun with all replications of the plan; they end if others are missing.

    In a folder the rows stay on disk until somebody looks at them: memory does not grow with the study.

    `say` is told in one line where fewer workers can be had than are asked for, or none. The rows are the same.

    `progress` is told (done, of) of the whole study: first how many are there, which may be more than are asked for.
    What failed before is tried again. Ctrl-C (KeyboardInterrupt) keeps finished replications as parts and goes on to
    the caller. Raises UserError if the folder is unfit, in use or holds another study; IncompleteError if nothing at
    all could be run, or if the system refused to keep what was run, e.g. on a full disk.
    """
    if folder is None:
        return _run_for_once(plan, workers, progress, at_work, say)
    with session(plan, folder) as work:
        have, report = work.done(), progress or _silent
        wanted = missing(plan.replications, have)
        report(plan.replications - len(wanted) if wanted else len(have), plan.replications)
        with _stopping(work):
            _execute(work, wanted, lambda: execute(plan.task, wanted, workers, at_work, say), report)
            return work.finish()


def _execute(work: Session, wanted: list[int], run: Callable[[], Generator[Outcome]], progress: Progress) -> None:
    """Run what is wanted; whatever stops it, what is done is kept."""
    total = work.plan.replications
    keeper = Keeper(work.store, dict(work.plan.contents))
    try:
        # closed at once, so that workers end before the last part is written
        with contextlib.closing(run()) as outcomes:
            for count, outcome in enumerate(outcomes, start=total - len(wanted) + 1):
                keeper.add(outcome)
                progress(count, total)
    finally:
        keeper.flush()


@contextlib.contextmanager
def _stopping(work: Session) -> Iterator[None]:
    """What is stopped, by Ctrl-C or because the system takes no more, says in its manifest how far it came."""
    try:
        yield
    except (KeyboardInterrupt, OSError, MemoryError):  # also a reader of the progress who went away
        with contextlib.suppress(UserError):
            work.note()
        raise
    except UserError as error:
        with contextlib.suppress(UserError):  # a full disk refuses this too; the ledger knows
            work.note()
        raise IncompleteError(
            f"{error}\n  The study has stopped. What is done is kept in {work.folder.root}; "
            "the same command goes on from there."
        ) from error


def _run_for_once(plan: Plan, workers: int, progress: Progress | None, at_work: Begun | None, say: Say) -> Finished:
    """In a folder that nobody sees, so that memory holds no rows while the study runs."""
    with unseen_folder() as place:
        try:
            finished = run_study(plan, Folder(place), workers, progress, at_work, say)
            return finished._replace(rows=Rows(*finished.rows))
        except IncompleteError as error:
            if isinstance(error.__cause__, UserError):  # what is done goes with the folder
                raise UserError(
                    f"{error.__cause__}\n  TMPDIR names another; or give the study a folder: out=..."
                ) from None
            raise
