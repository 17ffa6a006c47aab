"""`revsim screen`: which numbers of a company drive the effects of its scenarios."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_IN_COMPANY, DEFAULT_TRAJECTORIES, TRAJECTORIES, Settings

Many = Annotated[
    int,
    typer.Option(
        "--trajectories",
        parser=lambda given: TRAJECTORIES.checked("--trajectories", given, "--trajectories "),
        metavar="N",
        help="Paths through all numbers, each step of which changes one of them.",
    ),
]
Fix = Annotated[
    list[str] | None,
    typer.Option("--fix", metavar="PATH", help="Numbers whose address begins so keep their value; repeatable."),
]


def screen(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files; the first is the baseline.", metavar="SCENARIO...")
    ],
    trajectories: Many = DEFAULT_TRAJECTORIES,
    replications: options.Replications = DEFAULT_IN_COMPANY,
    seed: options.Seed = 1,
    fix: Fix = None,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    baseline: options.Baseline = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Say which numbers of a company drive the effects on the headlines, beside what chance alone does (Morris)."""
    from revsim.cli.reading import command_line, name_of, note_equal_levers, read  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_screen import SHOWN  # noqa: PLC0415 - as above
    from revsim.studies.screen import question  # noqa: PLC0415 - as above
    from revsim.studies.screened import Paths  # noqa: PLC0415 - as above

    paths = Paths(trajectories, (), tuple(fix or ()))
    loaded = read(scenarios, sets, quiet=quiet)
    base = name_of(baseline, scenarios, loaded)
    notes = note_equal_levers(scenarios, sets, quiet=quiet)
    settings = Settings(replications, seed, engine, workers, None, command_line())
    conduct(question(loaded, base, paths, settings), Wish(out, quiet, json, tuple(sets or ()), notes), SHOWN)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("screen")(screen)
