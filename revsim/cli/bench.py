"""`revsim bench`: engine speed on this machine."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from revsim.cli import options
from revsim.cli.streams import libraries_on_stderr
from revsim.notices import say, silent
from revsim.settings import Whole

REPEATS = Whole(1, 1000, 7)


def bench(
    scenario: Annotated[
        str, typer.Argument(help="Scenario file, or the name of a shipped one.", metavar="[SCENARIO]")
    ] = "status-quo.yaml",
    repeats: Annotated[str, typer.Option("--repeats", help="Replications that both engines run.")] = "7",
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Measure the engines' speed on this machine: compiled, SimPy, ratio."""
    from revsim.cli.progress import progress  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.reading import read  # noqa: PLC0415 - not on the way to --help
    from revsim.contract.of_scenario import parameters_of  # noqa: PLC0415 - not on the way to --help
    from revsim.experiment.bench import bench as measure  # noqa: PLC0415 - not on the way to --help
    from revsim.prepare import prepare  # noqa: PLC0415 - not on the way to --help
    from revsim.simulate import engine_of  # noqa: PLC0415 - not on the way to --help

    count = REPEATS.checked("--repeats", repeats, "--repeats ")
    company = read([scenario], None, quiet=True)[0]
    engine_of("compiled")
    with libraries_on_stderr(), progress(quiet=quiet, goes_on=True) as report:
        prepare("compiled", silent if quiet else say)
        found = measure(parameters_of(company.resolved), count, report)
    if as_json:
        sys.stdout.write(json.dumps(found._asdict()) + "\n")
        return
    for name, seconds in (
        ("SimPy, luck to trace", found.simpy),
        ("compiled, luck to trace", found.compiled),
        ("luck for SimPy", found.luck_simpy),
        ("luck for the compiled engine", found.luck_compiled),
        ("measures", found.measures),
    ):
        typer.echo(f"{name:30} {1000 * seconds:10.1f} ms")
    typer.echo(f"{'ratio, engines alone':30} {found.ratio_engine:10.1f}")
    typer.echo(f"{'ratio, luck and measures too':30} {found.ratio_whole:10.1f}")
    typer.echo(f"medians of {found.repeats} replications of `{company.name}`, one core, in turn")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)
