"""`revsim run`: one scenario, many replications."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_CONTINUATIONS, DEFAULT_REPLICATIONS, Settings, checked_most


def run(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenario: Annotated[str, typer.Argument(help="Scenario file, or the name of a shipped one.", metavar="SCENARIO")],
    replications: options.Replications = DEFAULT_REPLICATIONS,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    precision: options.Precision = None,
    max_replications: options.MaxReplications = None,
    require: options.Require = None,
    continuations: options.Continuations = DEFAULT_CONTINUATIONS,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Run one scenario many times; write its results folder and print its levels."""
    from revsim.cli.study import Wish, conduct, workers_meanwhile  # noqa: PLC0415 - not on the way to --help

    most = checked_most(replications, max_replications)
    wish = Wish("run", out, precision, most, quiet, json, tuple(require or ()), sets=tuple(sets or ()))
    with workers_meanwhile(out, engine, workers, replications):
        from revsim.cli.reading import command_line, read  # noqa: PLC0415 - as above

        settings = Settings(replications, seed, engine, workers, None, command_line(), continuations)
        conduct(read([scenario], sets, quiet=quiet), settings, wish)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run)
