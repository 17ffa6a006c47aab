"""`revsim trace`: the event log of one run."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.paths import absolute, display_path
from revsim.settings import Settings


def trace(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenario: Annotated[str, typer.Argument(help="Scenario file, or the name of a shipped one.", metavar="SCENARIO")],
    out: Annotated[str, typer.Option("--out", help="File that ends in .parquet or .csv.")],
    replication: options.Replication = 0,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    sets: options.Sets = None,
    quiet: options.Quiet = False,
) -> None:
    """Write the event log of one replication: time, kind, entity, actor, value."""
    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.reading import read  # noqa: PLC0415 - not on the way to --help
    from revsim.errors import UserError  # noqa: PLC0415 - not on the way to --help
    from revsim.experiment.events import event_log  # noqa: PLC0415 - not on the way to --help
    from revsim.store.place import check_file, file_at  # noqa: PLC0415 - not on the way to --help
    from revsim.store.tables import write_trace  # noqa: PLC0415 - not on the way to --help

    place = absolute("--out", out, example="run.csv")
    if place.suffix not in (".parquet", ".csv"):
        raise UserError(f"--out {out}: must end in .parquet or .csv, which says how the log is written.")
    place = file_at("--out", place)
    check_file("--out", place)
    loaded = read([scenario], sets, quiet=quiet)
    plan = plan_of(loaded, Settings(seed=seed, engine=engine, continuations=0))
    log = event_log(plan.task, plan.task.cases[0], replication)
    write_trace(log, place)
    if not quiet:
        typer.echo(f"{len(log)} rows of replication {replication}: {display_path(place)}", err=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trace")(trace)
