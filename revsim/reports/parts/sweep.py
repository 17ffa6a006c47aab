"""A sweep's table on the page: a row a point."""

from __future__ import annotations

from revsim.analysis.comparison import Comparison
from revsim.analysis.grid_words import grid, titles
from revsim.reports.facts import Sheet
from revsim.reports.page import Part

CAPTION = (
    "The first point's levels, then the paired effect of each other point against it on the same luck, with its 95 % "
    "interval of the mean. Forecast variance in percent of the first point's."
)


def grid_part(comparison: Comparison) -> Part:
    """All points."""
    cells = [[name, *(f"{value}\n{word}" for value, word in row)] for name, row in grid(comparison)]
    return Part("All points", CAPTION, Sheet(["Point", *titles(comparison)], cells))
