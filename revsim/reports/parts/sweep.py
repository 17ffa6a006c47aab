"""A sweep's table on the page: a row a point."""

from __future__ import annotations

from revsim.analysis.grid_words import grid, titles
from revsim.analysis.level_groups import GroupedComparison
from revsim.reports.facts import Sheet
from revsim.reports.page import Part

CAPTION = (
    "The first point's levels, then the paired effect of each other point against it on the same luck, with its 95 % "
    "interval of the mean. Forecast variance in percent of the first point's."
)
RIVALS = (
    "Levels of the first scenario's points; of each other point the paired effect against the first scenario at the "
    "same levels, on the same luck, with its 95 % interval of the mean. Forecast variance in percent of that point's."
)


def grid_part(comparison: GroupedComparison) -> Part:
    """All points."""
    cells = [[name, *(f"{value}\n{word}" for value, word in row)] for name, row in grid(comparison)]
    caption = RIVALS if comparison.has_rivals else CAPTION
    return Part("All points", caption, Sheet(["Point", *titles(comparison)], cells))
