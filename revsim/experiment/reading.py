"""What the analysis reads of a study: its columns at once where they are few, else each when it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from revsim.analysis.comparison import WEEKLY, paired
from revsim.analysis.cube import Cube
from revsim.experiment.task import Failure
from revsim.store.kept import Kept
from revsim.store.rows import Rows

AT_ONCE = 6_000_000  # numbers, 48 MB: three scenarios of twelve quarters at some 700 replications


def paired_of(rows: Rows | Kept, scenarios: Sequence[str]) -> tuple[Cube, int]:
    """What is read of the replications that all scenarios finished, and how many others there are.

    Raises UnpairedError.
    """
    if isinstance(rows, Kept) and rows.cells(WEEKLY) > AT_ONCE:
        common, dropped = rows.common(scenarios)
        if len(common):
            quarters, weeks = (rows.grid(table, scenarios, common) for table in ("quarters", "weeks"))
            return Cube(tuple(scenarios), common, quarters.labels["quarter"], quarters, weeks), dropped
    return paired(rows.quarters, rows.of_weeks(WEEKLY), scenarios)


def nothing_paired(failed: Sequence[Failure], scenarios: Sequence[str]) -> str:
    """Why there is no replication that all scenarios finished: who failed how often, and of what first."""
    counts = Counter(failure.scenario for failure in failed)
    often = ", ".join(f"{counts[name]} of `{name}`" for name in scenarios if name in counts)
    first = failed[0]
    return (
        f"Nothing to compare: no replication is finished in all scenarios. Runs that failed: {often}; the first, "
        f"replication {first.replication} of `{first.scenario}`, at stage `{first.stage}`: {first.message}\n"
        "  What is done is kept: the same command tries what failed once more. The manifest has all tracebacks. "
        "Without the scenario that fails, and in another folder, the others are compared."
    )
