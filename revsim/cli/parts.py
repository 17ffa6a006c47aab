"""`revsim parts`: what a company's forecast variance is made of, by switching off definitions, data, judgement, pay."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_REPLICATIONS, Settings


def parts(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenario: Annotated[str, typer.Argument(help="Scenario file or shipped name.", metavar="SCENARIO")],
    replications: options.Replications = DEFAULT_REPLICATIONS,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Share forecast variance out among definitions, data, judgement and incentives (16 sets on the same luck)."""
    from revsim.cli.reading import command_line, read  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_parts import SHOWN  # noqa: PLC0415 - as above
    from revsim.studies.parts import question  # noqa: PLC0415 - as above

    (base,) = read([scenario], sets, quiet=quiet)
    settings = Settings(replications, seed, engine, workers, None, command_line())
    conduct(question(base, settings), Wish(out, quiet, json, tuple(sets or ())), SHOWN)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("parts")(parts)
