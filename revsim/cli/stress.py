"""`revsim stress`: each scenario with and without each stress on the same luck, and what each of them suffers."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_REPLICATIONS, Settings

Stresses = Annotated[
    list[str] | None,
    typer.Option("--stress", help="A file with a `stress` block; repeatable. All shipped ones unless said."),
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
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Hit each scenario with each stress on the same luck: what it does to error, bookings at risk and hours."""
    from revsim.cli.kept_study import carry_out, end, folder_for  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.reading import command_line, read  # noqa: PLC0415 - as above
    from revsim.cli.show_stress import found_in, print_stress, write_stress  # noqa: PLC0415 - as above
    from revsim.cli.stress_cases import hit_by  # noqa: PLC0415 - as above

    loaded = read(scenarios, sets, quiet=quiet)
    suite, pairs = hit_by(loaded, stresses)
    # chance is not told apart here, so nothing is continued with fresh luck
    settings = Settings(replications, seed, engine, workers, None, command_line(), continuations=0)
    folder = folder_for(f"stress-{loaded[0].name}", out, suite, settings)
    study = carry_out(suite, settings, folder, quiet=quiet)
    found = found_in(study, pairs)
    write_stress(found, suite, folder)
    print_stress(found, study, folder, as_json=json, quiet=quiet)
    end(study, folder)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("stress")(stress)
