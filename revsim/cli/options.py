"""Options that all simulating commands share, declared once; what a number may be is in revsim.settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from revsim.settings import (
    CONTINUATIONS,
    DEFAULT_MOST,
    HORIZON,
    LONGER,
    LONGER_SHARE,
    REPLICATION,
    REPLICATIONS,
    SEED,
    WORKERS,
    Whole,
    checked_engine,
    checked_share,
    engines,
)
from revsim.simulate import ENGINES


def _whole(option: str, rule: Whole) -> Callable[[object], int]:
    """A reader of an option's text that refuses what cannot be, in revsim's words instead of the parser's."""
    return lambda given: rule.checked(option, given, f"{option} ")


def _share(given: object) -> float:
    return checked_share("--precision", given)


def _engine(given: str) -> str:
    return checked_engine("--engine", given)


Replications = Annotated[
    int,
    typer.Option(
        "--replications",
        "-n",
        parser=_whole("--replications", REPLICATIONS),
        metavar="N",
        help="Replications: how many lucks are tried.",
    ),
]
Replication = Annotated[
    int,
    typer.Option("--replication", parser=_whole("--replication", REPLICATION), metavar="N", help="Which luck, from 0."),
]
Continuations = Annotated[
    int,
    typer.Option(
        "--continuations",
        parser=_whole("--continuations", CONTINUATIONS),
        metavar="N",
        help="Quarters, all of them at most, that each replication continues with fresh luck, to tell chance from "
        "structure; 0 for none.",
    ),
]
ContinuationsIfNeeded = Annotated[
    int | None,
    typer.Option(
        "--continuations",
        parser=_whole("--continuations", CONTINUATIONS),
        metavar="N",
        help="As of compare; 0 unless a measure of chance or structure is asked for, which needs them.",
    ),
]
Horizon = Annotated[
    int | None,
    typer.Option(
        "--horizon",
        parser=_whole("--horizon", HORIZON),
        metavar="QUARTERS",
        help=f"Tell net value over so many quarters, too, from one of {LONGER_SHARE} replications: renewals begin a "
        f"year after signing. {LONGER} times the measured quarters unless said; 0 for none.",
    ),
]
Steady = Annotated[
    bool,
    typer.Option(
        "--steady",
        help="Also run each scenario as if its programmes had always stood: running costs counted, nothing built.",
    ),
]
Worlds = Annotated[
    str | None,
    typer.Option(
        "--worlds",
        metavar="FOLDER",
        help="A folder of `revsim worlds` of the same scenarios: the verdict says how far it carries.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed", parser=_whole("--seed", SEED), metavar="N", help="Seed of all luck; equal seeds give equal rows."
    ),
]
Engine = Annotated[str, typer.Option("--engine", parser=_engine, metavar="|".join(ENGINES), help=f"{engines()}.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", parser=_whole("--workers", WORKERS), metavar="N", help="Processes; all cores unless said."
    ),
]
Out = Annotated[str | None, typer.Option("--out", help="Results folder; results/<name> unless said.")]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="[NAME:]PATH=VALUE",
        help="PATH=VALUE changes all scenarios, the baseline too; `NAME:PATH=VALUE` the one of that name or file. "
        "Repeatable, the later of two holds.",
    ),
]
Precision = Annotated[
    float | None,
    typer.Option(
        "--precision",
        parser=_share,
        metavar="SHARE",
        help="Go on until the headline's interval is +- this share (0.1 is 10 %).",
    ),
]
MaxReplications = Annotated[
    int | None,
    typer.Option(
        "--max-replications",
        parser=_whole("--max-replications", REPLICATIONS),
        metavar="N",
        help=f"Where --precision gives up; {DEFAULT_MOST} unless said.",
    ),
]
Require = Annotated[
    list[str] | None,
    typer.Option(
        "--require",
        help="[SCENARIO:]MEASURE[.PART]<=NUMBER (or >= < >) that must hold, or the exit code is 1; repeatable. PART: "
        "of the scenario's level, as without a PART: level, level_low, level_high (or estimate, low, high); of its "
        "effect against the baseline: effect, effect_low, effect_high; of that as a share of the baseline: relative, "
        "relative_low, relative_high. "
        "`revsim show --measures` lists the measures.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes; the table alone.")]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable summary on stdout, and nothing else there.")]
Baseline = Annotated[
    str | None, typer.Option("--baseline", help="Name or file of the scenario to compare with; the first unless said.")
]
