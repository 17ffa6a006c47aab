"""A plausible set on the page: what each pattern rules out, and which numbers lie elsewhere in its middle."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from revsim.analysis.words import percent, rounded
from revsim.analysis.worlds.medians import Middle
from revsim.reports.facts import Sheet
from revsim.reports.page import Part

PATTERNS = (
    "Range: what is known of companies. Its error: the standard error that it is read with. Median and simulation "
    "error: over the companies drawn. Ruled out: share of them that lie too far off; alone: by this pattern only."
)
MIDDLES = (
    "Median over the set with its 95 % interval. A number moves where its value in the file is clearly no median of "
    "the set; of those that move at most one in twenty does so by chance."
)


def parts(ruling: pd.DataFrame, middles: Sequence[Middle]) -> list[Part]:
    """Patterns; then numbers that move, if any does."""
    rows = [
        [
            row["pattern"],
            f"{row['low']:g} to {row['high']:g}",
            *(rounded(row[name]) for name in ("pattern_error", "median", "simulation_error")),
            *(percent(row[name], 2) for name in ("ruled_out", "alone")),
        ]
        for row in ruling.to_dict("records")
    ]
    columns = ["Pattern", "Range", "Its error", "Median", "Simulation error", "Ruled out", "Alone"]
    found = [Part("What rules companies out", PATTERNS, Sheet(columns, rows))]
    moving = [middle for middle in middles if middle.moves]
    if moving:
        sheet = Sheet(["Number", "In the file", "Median", "95 % interval", "Rounded"], [_cells(one) for one in moving])
        found.append(Part("Where the middle of the set is elsewhere", MIDDLES, sheet))
    return found


def _cells(middle: Middle) -> list[str]:
    low, high = rounded(middle.low), rounded(middle.high)
    return [middle.address, f"{middle.value:g}", rounded(middle.median), f"{low} to {high}", f"{middle.new:g}"]
