"""`revsim plausible`: companies like one's own that what is known of companies does not rule out."""

from __future__ import annotations

from typing import Annotated

import typer

from revsim.cli import options
from revsim.cli.streams import libraries_on_stderr
from revsim.settings import Settings, Whole

DEFAULT_MEMBERS, DEFAULT_MOST, DEFAULT_JUDGED = 100, 3000, 20
MEMBERS, MOST = Whole(2, 1000, DEFAULT_MEMBERS), Whole(2, 100_000, DEFAULT_MOST)

Members = Annotated[
    int,
    typer.Option(
        "--members",
        parser=lambda given: MEMBERS.checked("--members", given, "--members "),
        metavar="N",
        help="How many companies are wanted.",
    ),
]
Most = Annotated[
    int,
    typer.Option(
        "--most",
        parser=lambda given: MOST.checked("--most", given, "--most "),
        metavar="N",
        help="How many draws are run for them at most.",
    ),
]


def plausible(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenario: Annotated[str, typer.Argument(help="Scenario file or shipped name.", metavar="SCENARIO")],
    members: Members = DEFAULT_MEMBERS,
    most: Most = DEFAULT_MOST,
    replications: options.Replications = DEFAULT_JUDGED,
    seed: options.Seed = 1,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Draw companies from what is not known of one; keep those that known companies' patterns do not rule out."""
    from revsim.cli.reading import command_line, read  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.show_answer import Wish, conduct  # noqa: PLC0415 - as above
    from revsim.cli.show_members import SHOWN  # noqa: PLC0415 - as above
    from revsim.notices import say, silent  # noqa: PLC0415 - as above
    from revsim.reports.drawing import check_drawing  # noqa: PLC0415 - as above
    from revsim.store.place import folder_at  # noqa: PLC0415 - as above
    from revsim.studies.members import question  # noqa: PLC0415 - as above
    from revsim.studies.screening import Effort  # noqa: PLC0415 - as above

    (company,) = read([scenario], sets, quiet=quiet)
    if out is not None:
        folder_at("--out", out)
    settings = Settings(replications, seed, engine, workers, None, command_line(), 0, quiet)
    with libraries_on_stderr():
        check_drawing()
        asked = question(company, Effort(members, most), settings, silent if quiet else say)
    conduct(asked, Wish(out, quiet, json, tuple(sets or ())), SHOWN)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plausible")(plausible)
