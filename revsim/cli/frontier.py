"""`revsim frontier`: what a budget buys with coordination, with design and with both; found by a search."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.cli.streams import libraries_on_stderr
from revsim.errors import UserError
from revsim.settings import QUARTERS, Settings, Whole

SIDES = ("coordination", "design", "both")
BUDGETS, DEFAULT_QUARTERS, DEFAULT_MIXES, DEFAULT_FRESH = "25000,60000,120000", 16, 400, 200
MIXES = Whole(8, 100_000, DEFAULT_MIXES)

Side = Annotated[
    list[str] | None,
    typer.Option("--side", metavar="|".join(SIDES), help="Whose levers are open; repeatable, all three unless said."),
]
Cost = Annotated[
    str, typer.Option("--cost", metavar="MONEY,...", help="Budgets: cost of the programme a quarter, at most.")
]
Quarters = Annotated[
    int,
    typer.Option(
        "--quarters",
        parser=lambda given: QUARTERS.checked("--quarters", given, "--quarters "),
        metavar="N",
        help="Quarters over which cost and net value are taken.",
    ),
]
Mixes = Annotated[
    int,
    typer.Option(
        "--mixes",
        parser=lambda given: MIXES.checked("--mixes", given, "--mixes "),
        metavar="N",
        help="About how many mixes the search tries on each side.",
    ),
]


def frontier(  # noqa: PLR0913, PLR0917 - one parameter an option
    base: Annotated[str, typer.Argument(help="Scenario file of the company without a programme.", metavar="BASE")],
    side: Side = None,
    cost: Cost = BUDGETS,
    quarters: Quarters = DEFAULT_QUARTERS,
    mixes: Mixes = DEFAULT_MIXES,
    replications: options.Replications = DEFAULT_FRESH,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Find, for each budget, the mix of levers with the highest net value without renewals; judge it on fresh luck."""
    from revsim.cli.reading import command_line, read  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_frontier import SHOWN  # noqa: PLC0415 - as above
    from revsim.notices import say, silent  # noqa: PLC0415 - as above
    from revsim.reports.drawing import check_drawing  # noqa: PLC0415 - as above
    from revsim.store.place import folder_at  # noqa: PLC0415 - as above
    from revsim.studies.frontier import Wanted, check_folder, question  # noqa: PLC0415 - as above
    from revsim.studies.search import Effort  # noqa: PLC0415 - as above

    (company,) = read([base], sets, quiet=quiet)
    settings = Settings(replications, seed, engine, workers, None, command_line(), 0, quiet)
    wanted = Wanted(side or (), _budgets(cost), quarters, Effort(mixes))
    if out is not None:
        check_folder(folder_at("--out", out), company, wanted, settings)
    with libraries_on_stderr():
        check_drawing()
        asked = question(company, wanted, settings, silent if quiet else say)
    conduct(asked, Wish(out, quiet, json, tuple(sets or ())), SHOWN)


def _budgets(given: str) -> list[float]:
    """Numbers between commas. Raises UserError."""
    try:
        return [float(one) for one in given.split(",")]
    except ValueError:
        raise UserError(
            f"--cost {given}: must be numbers with commas between them; write e.g. --cost {BUDGETS}."
        ) from None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("frontier")(frontier)
