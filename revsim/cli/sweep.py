"""`revsim sweep`: every combination of a file's factors, on the same luck, in one folder that goes on."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.errors import UserError
from revsim.settings import DEFAULT_REPLICATIONS, Settings

LOCAL = "local"
Executor = Annotated[
    str, typer.Option("--executor", help="Where it runs; only `local` (processes of this machine) for now.")
]


def sweep(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: Annotated[str, typer.Argument(help="A sweep file, or the name of a shipped one.", metavar="SWEEP")],
    replications: options.Replications = DEFAULT_REPLICATIONS,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    executor: Executor = LOCAL,
    out: options.Out = None,
    sets: options.Sets = None,
    continuations: options.Continuations = 0,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Run all points of a sweep; of one factor also what announces its harm, what hides it, and what waiting costs."""
    _check_executor(executor)
    from revsim.cli.reading import command_line, note_equal_levers  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_sweep import SHOWN  # noqa: PLC0415 - as above
    from revsim.studies.sweep import files_of, question  # noqa: PLC0415 - as above

    settings = Settings(replications, seed, engine, workers, None, command_line(), continuations)
    asked = question(file, sets or [], settings)
    notes = note_equal_levers(files_of(file), sets, quiet=quiet)
    conduct(asked, Wish(out, quiet, json, tuple(sets or ()), notes), SHOWN)


def _check_executor(given: str) -> None:
    """Raise UserError for anything but this machine."""
    if given == LOCAL:
        return
    if given.partition(":")[0] == "dask":
        raise UserError(
            f"--executor {given}: is not there yet; a sweep runs on this machine only. Leave it out, and take "
            "--workers N for more processes."
        )
    raise UserError(f"--executor {given}: must be {LOCAL}; leave it out.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sweep")(sweep)
