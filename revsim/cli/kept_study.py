"""A study in its folder, as every command keeps it: where it is, how it runs, what is said when it ends or stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import typer

from revsim.paths import absolute, display_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.api import Scenario, Study
    from revsim.cli.progress import Report
    from revsim.settings import Settings
    from revsim.store.layout import Folder

INCOMPLETE, INTERRUPTED = 3, 130
GOES_ON = "What is done is kept in {root}; the same command goes on from there."
WRITES = "All rows are kept in {root}; the same command writes the report."


def folder_for(name: str, out: str | None, scenarios: Sequence[Scenario], settings: Settings) -> Folder:
    """--out, or results/<name>; where that holds another study, results/<name>-<hash> instead."""
    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help
    from revsim.store.layout import Folder, slug  # noqa: PLC0415 - as above
    from revsim.store.manifest import difference, read_manifest  # noqa: PLC0415 - as above
    from revsim.store.place import folder_at  # noqa: PLC0415 - as above

    if out is not None:
        return folder_at("--out", out)
    results = absolute("results", "results")
    folder = Folder(results / slug(name))
    wanted = plan_of(scenarios, settings).manifest()
    there = read_manifest(folder.manifest)
    if there is None or not difference(there, wanted):
        return folder
    from hashlib import sha256  # noqa: PLC0415 - as above

    parts = [wanted.code, str(wanted.seed), *(f"{facts.name}:{facts.content_hash}" for facts in wanted.scenarios)]
    other = Folder(results / f"{slug(name)}-{sha256(' '.join(parts).encode()).hexdigest()[:8]}")
    typer.echo(
        f"note: {display_path(folder.root)} holds another study, so this one is kept in {display_path(other.root)}",
        err=True,
    )
    return other


def named_by(name: str, sets: Sequence[str]) -> str:
    """A study's name; what `--set` changes makes it another study, whose folder is not taken for that without."""
    from hashlib import sha256  # noqa: PLC0415 - not on the way to --help

    return f"{name}-set-{sha256(repr(list(sets)).encode()).hexdigest()[:8]}" if sets else name


@contextmanager
def stoppable(folder: Folder, kept: str) -> Iterator[None]:
    """Ctrl-C inside says what is kept, and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"\nInterrupted. {kept.format(root=display_path(folder.root))}", err=True)
        raise typer.Exit(INTERRUPTED) from None


def carry_out(
    scenarios: Sequence[Scenario], settings: Settings, folder: Folder, *, quiet: bool, goes_on: bool = False
) -> Study:
    """Run what is missing, with progress."""
    from revsim.api import run_plan  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.progress import progress  # noqa: PLC0415 - as above

    with stoppable(folder, GOES_ON), progress(quiet=quiet, goes_on=goes_on) as report:
        return run_plan(scenarios, settings, folder, _reading_ahead(report))


def _reading_ahead(report: Report | None) -> Report:
    """The report; at its first call, when workers are about to begin, what tells and draws begins to be imported."""
    begun = False

    def both(done: int, of: int) -> None:
        nonlocal begun
        if not begun:
            Thread(target=_read_ahead, daemon=True).start()
        begun = True
        if report is not None:
            report(done, of)

    return both


def _read_ahead() -> None:
    from revsim.reports.publish import read_ahead  # noqa: PLC0415 - as above

    read_ahead()


def end(study: Study, folder: Folder) -> None:
    """Exit with 3 if replications failed."""
    failed = study.finished.failed
    if failed:
        first = failed[0]
        typer.echo(
            f"Incomplete: {len(failed)} runs failed, the first of `{first.scenario}`, replication {first.replication}, "
            f"stage {first.stage}: {first.message}\n"
            f"  What is done is kept; all tracebacks are in {display_path(folder.manifest)}.",
            err=True,
        )
        raise typer.Exit(INCOMPLETE)
