"""`revsim attribute`: which lever of a programme brings what, exactly shared out over all subsets; where to start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_REPLICATIONS, Settings

if TYPE_CHECKING:
    from revsim.api import Scenario

HEADLINE = "forecast_variance_week_7"


def attribute(  # noqa: PLR0913, PLR0917 - one parameter an option
    base: Annotated[str, typer.Argument(help="Scenario file of the company without the programme.", metavar="BASE")],
    design: Annotated[
        str,
        typer.Argument(help="The same with a design, or with coordination.", metavar="PROGRAMME"),
    ],
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure", help=f"What to share out; repeatable; {HEADLINE} unless said. `revsim show --measures`."
        ),
    ] = None,
    replications: options.Replications = DEFAULT_REPLICATIONS,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    continuations: options.ContinuationsIfNeeded = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Share the effect of a design, or of a coordination, out among its levers; name a design's best first hand-off."""
    from revsim.cli.reading import command_line, note_equal_levers, read  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_attribution import SHOWN  # noqa: PLC0415 - as above
    from revsim.studies.attribution import continuations_for, question  # noqa: PLC0415 - as above

    measures = measure or []
    many = continuations_for(measures, continuations)
    first, second = read([base, design], sets, quiet=quiet)
    notes = (*note_equal_levers([base, design], sets, quiet=quiet), *_note_lowered(first, second, quiet=quiet))
    settings = Settings(replications, seed, engine, workers, None, command_line(), many)
    conduct(question(first, second, measures, settings), Wish(out, quiet, json, tuple(sets or ()), notes), SHOWN)


def _note_lowered(base: Scenario, design: Scenario, *, quiet: bool) -> tuple[str, ...]:
    """A line on stderr, unless quiet, where the two files may have been swapped."""
    from revsim.scenario.levers import is_lowered  # noqa: PLC0415 - not on the way to --help

    if not is_lowered(base.resolved, design.resolved):
        return ()
    note = (
        f"“{design.name}” sets no lever higher than “{base.name}” and some lower; did you mean the other way round? "
        "BASE, the company without the design, comes first"
    )
    if not quiet:
        typer.echo(f"note: {note}", err=True)
    return (note,)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("attribute")(attribute)
