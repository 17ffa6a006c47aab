"""`revsim bench`: speed on this machine, of a whole command and of the engines alone."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from revsim.cli import options
from revsim.cli.streams import libraries_on_stderr
from revsim.notices import say, silent
from revsim.settings import Whole

if TYPE_CHECKING:
    from revsim.experiment.bench import Bench
    from revsim.experiment.command_bench import Commands

REPEATS = Whole(1, 1000, 7)


def bench(
    scenario: Annotated[
        str,
        typer.Argument(
            help="What the engines alone run: a scenario file, or the name of a shipped one.", metavar="[SCENARIO]"
        ),
    ] = "status-quo.yaml",
    repeats: Annotated[str, typer.Option("--repeats", help="Replications that both engines alone run.")] = "7",
    engines: Annotated[
        bool, typer.Option("--engines", help="The engines alone: seconds, where whole commands take about a minute.")
    ] = False,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Measure speed on this machine, compiled against SimPy: `compare` as a whole command, and the engines alone."""
    from revsim.cli.progress import progress  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.reading import read  # noqa: PLC0415 - not on the way to --help
    from revsim.contract.of_scenario import parameters_of  # noqa: PLC0415 - not on the way to --help
    from revsim.experiment.bench import bench as measure  # noqa: PLC0415 - not on the way to --help
    from revsim.experiment.command_bench import bench_commands  # noqa: PLC0415 - not on the way to --help
    from revsim.prepare import prepare  # noqa: PLC0415 - not on the way to --help
    from revsim.simulate import engine_of  # noqa: PLC0415 - not on the way to --help

    count = REPEATS.checked("--repeats", repeats, "--repeats ")
    company = read([scenario], None, quiet=True)[0]
    engine_of("compiled")
    with libraries_on_stderr(), progress(quiet=quiet, goes_on=True) as report:
        tell = silent if quiet else say
        prepare("compiled", tell)
        found = measure(parameters_of(company.resolved), count, report)
        whole = None if engines else bench_commands(say=tell)
    if as_json:
        sys.stdout.write(json.dumps(found._asdict() | ({} if whole is None else {"compare": whole.facts()})) + "\n")
    else:
        if whole is not None:
            _show_commands(whole)
        _show_engines(found, company.name)
    if whole is not None and not whole.same_rows:
        raise typer.Exit(1)


def _show_commands(found: Commands) -> None:
    """The whole command, with one continuation and with as many as it has unless told."""
    from revsim.experiment.command_bench import TOLD_FOR  # noqa: PLC0415 - heavy, and here already

    typer.echo(f"{'revsim compare, seconds of processor':44} {'compiled':>9} {'SimPy':>9} {'ratio':>7}")
    for pair in dict.fromkeys((found.one, found.usual)):
        unless_told = ", as unless told" if pair.continuations == found.usual.continuations else ""
        typer.echo(f"--continuations {pair.continuations}{unless_told}")
        for replications in TOLD_FOR:
            _show_line(f"  {replications} replications", pair.compiled.of(replications), pair.simpy.of(replications))
        _show_line("  a further replication", pair.compiled.each, pair.simpy.each)
    typer.echo(f"rows of both engines: {'the same' if found.same_rows else 'NOT THE SAME'}, {found.rows:,} looked at")


def _show_line(name: str, fast: float, slow: float) -> None:
    """Seconds on both engines and their ratio."""
    typer.echo(f"{name:44} {fast:9.3f} {slow:9.2f} {slow / fast:7.1f}")


def _show_engines(found: Bench, company: str) -> None:
    """The engines alone, replication after replication."""
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
    typer.echo(f"medians of {found.repeats} replications of `{company}`, one core, in turn")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)
