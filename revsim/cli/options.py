"""Options that all simulating commands share, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

Replications = Annotated[
    int, typer.Option("--replications", "-n", min=1, help="Replications: how many lucks are tried.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of all luck; equal seeds give equal rows.")]
Engine = Annotated[str, typer.Option("--engine", help="auto, compiled or simpy.", metavar="auto|compiled|simpy")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes; all cores unless said.")]
Out = Annotated[str | None, typer.Option("--out", help="Results folder; results/<name> unless said.")]
Sets = Annotated[list[str] | None, typer.Option("--set", help="PATH=VALUE, changes all scenarios; repeatable.")]
Precision = Annotated[
    float | None,
    typer.Option("--precision", min=0.0, help="Go on until the headline's interval is +- this share (0.1 is 10 %)."),
]
MaxReplications = Annotated[int, typer.Option("--max-replications", min=1, help="Where --precision gives up.")]
Require = Annotated[
    list[str] | None,
    typer.Option(
        "--require",
        help="[SCENARIO:]MEASURE[.PART]<=NUMBER (or >= < >) that must hold, or the exit code is 1; repeatable. PART: "
        "estimate, low, high, effect, effect_low, effect_high, relative, relative_low, relative_high.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes; the table alone.")]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable summary on stdout, and nothing else there.")]
Baseline = Annotated[
    str | None, typer.Option("--baseline", help="Name or file of the scenario to compare with; the first unless said.")
]
