"""`revsim worlds`: the comparison repeated over plausible worlds; who wins where."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_IN_WORLD, DEFAULT_SLACK, DEFAULT_WORLDS, WORLDS, Settings

Many = Annotated[
    int,
    typer.Option(
        "--worlds",
        parser=lambda given: WORLDS.checked("--worlds", given, "--worlds "),
        metavar="N",
        help="Worlds: how many members of the plausible set, or draws of what is not known.",
    ),
]
Fix = Annotated[
    list[str] | None,
    typer.Option("--fix", metavar="PATH", help="Numbers whose address begins so keep their value; repeatable."),
]
Slack = Annotated[
    float,
    typer.Option(
        "--slack",
        help="Of worlds from ranges: how far outside a pattern's range, in its widths, a baseline may lie and still be "
        "plausible.",
    ),
]

Members = Annotated[
    str | None,
    typer.Option(
        "--members",
        metavar="FOLDER",
        help="Folder of `revsim plausible`, whose companies are taken; the baseline's shipped set unless said.",
    ),
]


def worlds(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files; the first is the baseline.", metavar="SCENARIO...")
    ],
    worlds: Many = DEFAULT_WORLDS,
    replications: options.Replications = DEFAULT_IN_WORLD,
    seed: options.Seed = 1,
    fix: Fix = None,
    slack: Slack = DEFAULT_SLACK,
    members: Members = None,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    baseline: options.Baseline = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Repeat the comparison over plausible companies; say who wins where."""
    from revsim.cli.reading import command_line, name_of, note_equal_levers, read  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_worlds import SHOWN  # noqa: PLC0415 - as above
    from revsim.studies.drawn import Rules  # noqa: PLC0415 - as above
    from revsim.studies.worlds import question  # noqa: PLC0415 - as above

    rules = Rules(worlds, tuple(fix or ()), slack, members)
    loaded = read(scenarios, sets, quiet=quiet)
    base = name_of(baseline, scenarios, loaded)
    notes = note_equal_levers(scenarios, sets, quiet=quiet)
    settings = Settings(replications, seed, engine, workers, None, command_line())
    conduct(question(loaded, base, rules, settings), Wish(out, quiet, json, tuple(sets or ()), notes), SHOWN)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("worlds")(worlds)
