"""`revsim compare`: scenarios on the same luck, paired effects against the baseline, one verdict."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.errors import UserError
from revsim.settings import DEFAULT_CONTINUATIONS, DEFAULT_REPLICATIONS, Settings, checked_most


def compare(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files; the first is the baseline.", metavar="SCENARIO...")
    ],
    replications: options.Replications = DEFAULT_REPLICATIONS,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    precision: options.Precision = None,
    max_replications: options.MaxReplications = None,
    baseline: options.Baseline = None,
    require: options.Require = None,
    continuations: options.Continuations = DEFAULT_CONTINUATIONS,
    steady: options.Steady = False,
    horizon: options.Horizon = None,
    worlds: options.Worlds = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Compare scenarios on the same luck; write the results folder and the report, print table and verdict."""
    from revsim.cli.study import Wish, conduct, workers_meanwhile  # noqa: PLC0415 - not on the way to --help

    if len(scenarios) < 2:  # noqa: PLR2004 - two make a comparison
        raise UserError(
            f"compare {scenarios[0]}: needs at least two scenarios. For one alone: revsim run {scenarios[0]}"
        )
    most = checked_most(replications, max_replications)
    with workers_meanwhile(out, engine, workers, replications):
        from revsim.cli.reading import command_line, name_of, note_equal_levers, read  # noqa: PLC0415 - as above

        loaded, notes = read(scenarios, sets, quiet=quiet), note_equal_levers(scenarios, sets, quiet=quiet)
        base = name_of(baseline, scenarios, loaded)
        settings = Settings(replications, seed, engine, workers, base, command_line(), continuations, quiet, steady)
        demands, changes = tuple(require or ()), tuple(sets or ())
        wish = Wish("compare", out, precision, most, quiet, json, demands, worlds, changes, notes, horizon)
        conduct(loaded, settings, wish)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare")(compare)
