"""`revsim stress`: each scenario with and without each stress on the same luck, and what each of them suffers."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_REPLICATIONS, QUARTER, Settings

Stresses = Annotated[
    list[str] | None,
    typer.Option("--stress", help="A file with a `stress` block; repeatable. All shipped ones unless said."),
]
AtQuarter = Annotated[
    int | None,
    typer.Option(
        "--at-quarter",
        parser=lambda given: QUARTER.checked("--at-quarter", given, "--at-quarter "),
        metavar="N",
        help="Measured quarter in which stresses begin, instead of the week that their files say.",
    ),
]


def stress(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files; the first is the reference.", metavar="SCENARIO...")
    ],
    replications: options.Replications = DEFAULT_REPLICATIONS,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    stresses: Stresses = None,
    quarter: AtQuarter = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Hit each scenario with each stress on the same luck: what it does to error, bookings at risk and hours."""
    from revsim.cli.reading import command_line, note_equal_levers, read  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_stress import SHOWN  # noqa: PLC0415 - as above
    from revsim.studies.stress import question  # noqa: PLC0415 - as above

    loaded = read(scenarios, sets, quiet=quiet)
    notes = note_equal_levers(scenarios, sets, quiet=quiet)
    # chance is not told apart here, so nothing is continued with fresh luck
    settings = Settings(replications, seed, engine, workers, None, command_line(), continuations=0)
    conduct(
        question(loaded, stresses or [], settings, quarter), Wish(out, quiet, json, tuple(sets or ()), notes), SHOWN
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("stress")(stress)
