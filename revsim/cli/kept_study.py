"""A study in its folder, as every command keeps it: where it is, how it runs, what is said when it ends or stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from revsim.cli.kept_rows import counts, is_after_first_row, remember, words_for
from revsim.cli.stopping import code_of, is_at_its_end, words_of
from revsim.cli.streams import libraries_on_stderr, tell
from revsim.errors import IncompleteError, UnwritableError, UserError
from revsim.paths import absolute, display_path
from revsim.refusals import is_refused, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.api import Scenario, Study
    from revsim.cli.progress import Report
    from revsim.settings import Settings
    from revsim.store.layout import Folder

INCOMPLETE = 3
SHOWN_LETTERS = 12


def folder_for(name: str, out: str | None, scenarios: Sequence[Scenario], settings: Settings) -> Folder:
    """--out, or results/<name>; where that holds another study, results/<name>-<hash> instead."""
    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help
    from revsim.store.entries import check_entries  # noqa: PLC0415 - as above
    from revsim.store.layout import Folder, slug  # noqa: PLC0415 - as above
    from revsim.store.manifest import difference, read_manifest  # noqa: PLC0415 - as above
    from revsim.store.place import folder_at  # noqa: PLC0415 - as above

    if out is not None:
        return folder_at("--out", out)
    results = absolute("results", "results")
    folder = Folder(results / slug(name))
    wanted = plan_of(scenarios, settings).manifest()
    check_entries(folder)
    there = read_manifest(folder.manifest)
    reason = difference(there, wanted) if there else ""
    if not reason:
        return folder
    from hashlib import sha256  # noqa: PLC0415 - as above

    chosen = (wanted.code, str(wanted.seed), str(wanted.continuations))
    parts = [*chosen, *(f"{facts.name}:{facts.content_hash}" for facts in wanted.scenarios)]
    other = Folder(results / f"{slug(name)}-{sha256(' '.join(parts).encode()).hexdigest()[:8]}")
    typer.echo(
        f"note: {display_path(folder.root)} holds another study ({reason}), so this one is kept in "
        f"{display_path(other.root)}",
        err=True,
    )
    return other


def named_by(name: str, sets: Sequence[str]) -> str:
    """A study's name; what `--set` changes makes it another study, whose folder is not taken for that without."""
    from hashlib import sha256  # noqa: PLC0415 - not on the way to --help

    return f"{name}-set-{sha256(repr(list(sets)).encode()).hexdigest()[:8]}" if sets else name


@contextmanager
def stoppable(folder: Folder) -> Iterator[None]:
    """Whatever stops what is inside, how much is kept is told, and how to go on.

    Raises IncompleteError where the system refused something and rows are kept, UserError where none are.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        is_at_its_end()
        words = words_of(stop)
        tell(f"\n{words[0].upper()}{words[1:]}. {words_for(folder)}")
        raise typer.Exit(code_of(stop)) from None
    except BrokenPipeError:
        raise
    except Exception as error:
        if not is_refused(error):
            raise
        raise (IncompleteError if is_after_first_row() or counts(folder)[0] else UserError)(
            f"{reason(error)}\n  {words_for(folder)}"
        ) from error


def carry_out(
    scenarios: Sequence[Scenario], settings: Settings, folder: Folder, *, quiet: bool, goes_on: bool = False
) -> Study:
    """Run what is missing, with progress."""
    from revsim.api import run_plan  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.progress import progress  # noqa: PLC0415 - as above

    with stoppable(folder), libraries_on_stderr(), progress(quiet=quiet, goes_on=goes_on) as report:
        study = run_plan(scenarios, replace(settings, quiet=quiet), folder, _drawing_first(report))
    remember(folder)
    return study


def carry_out_longer(study: Study, settings: Settings, quarters: int, folder: Folder, *, quiet: bool) -> None:
    """Run what is missing of the same scenarios over more quarters, with progress."""
    from revsim.api import run_longer  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.progress import progress  # noqa: PLC0415 - as above

    if not quiet:
        typer.echo(f"net value over {quarters} quarters:", err=True)
    with stoppable(folder), libraries_on_stderr(), progress(quiet=quiet, goes_on=True) as report:
        run_longer(study, replace(settings, quiet=True), quarters, folder, report)


def _drawing_first(report: Report | None) -> Report:
    """The report; at its first call, when workers have been started, it is seen that pages and figures can be made.

    Workers take longer to begin than that. Raises UserError then, before the first replication is taken.
    """
    from revsim.reports.drawing import check_drawing  # noqa: PLC0415 - not on the way to --help

    is_checked = False

    def both(done: int, of: int) -> None:
        nonlocal is_checked
        if not is_checked:
            check_drawing()
        is_checked = True
        if report is not None:
            report(done, of)

    return both


def written(write: Callable[[], None], folder: Folder) -> IncompleteError | None:
    """Write what is found. Says what is lacking, a figure or what the disk took no more, when all else is written.

    Raises IncompleteError if the folder went away.
    """
    from revsim.store.lost import lost  # noqa: PLC0415 - not on the way to --help

    with stoppable(folder):
        try:
            write()
        except IncompleteError as error:
            return error
        except UserError as error:
            if not folder.ledger.exists():
                raise lost(folder) from error
            if not isinstance(error, UnwritableError):
                raise
            return IncompleteError(f"{error}\n  {words_for(folder)}")
    return None


def note_letters(study: Study) -> None:
    """One line on stderr if no font of this machine has some letters of the study's names."""
    from revsim.reports.letters import without_font  # noqa: PLC0415 - not on the way to --help

    letters = without_font([study.plan.currency, *(each.name for each in study.scenarios)])
    if letters:
        shown = letters[:SHOWN_LETTERS] + "..." * (len(letters) > SHOWN_LETTERS)
        typer.echo(
            f"note: no font here has {shown}: PNG figures show boxes; the report and SVG figures have the letters",
            err=True,
        )


def end(study: Study, folder: Folder, lacking: IncompleteError | None = None) -> None:
    """Exit with 3 if replications failed, or something could not be written."""
    longer = study.longer.finished.failed if study.longer else []
    failed = [*study.finished.failed, *longer]
    if failed:
        first = failed[0]
        typer.echo(
            f"Incomplete: {len(failed)} runs failed, the first of `{first.scenario}`, replication {first.replication}, "
            f"stage {first.stage}: {first.message}\n"
            f"  What is done is kept; all tracebacks are in {display_path(folder.manifest)}.",
            err=True,
        )
    if lacking is not None:
        typer.echo(f"Incomplete: {lacking}", err=True)
    if failed or lacking is not None:
        raise typer.Exit(INCOMPLETE)
