"""Rows of coverage tables: how often intervals hold a known truth, and on which side they miss."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from revsim.analysis.interval import Interval

STUDIES, SIZES = 1000, (50, 200)
LOW, HIGH = 0.93, 0.97

Row = TypeVar("Row", bound=tuple[object, ...])


class Line(NamedTuple):
    """Share of studies whose interval holds the truth, and the median half-width; `size` may be `precision`.

    All shares are of the studies that have an interval; `without` is the share of those that have none.
    """

    family: str
    size: str
    measure: str
    what: str
    studies: int
    coverage: float
    too_low: float
    too_high: float
    half_width: float
    without: float
    within: str


def line_of(names: tuple[str, str, str, str], found: Sequence[Interval], true: float) -> Line:
    """One row; `names` are family, size, measure and what."""
    low, high = (np.array([one[k] for one in found]) for k in (1, 2))
    there = np.isfinite(low) & np.isfinite(high)
    low, high = low[there], high[there]
    below, above = float((high < true).mean()), float((low > true).mean())
    covered = float(((low <= true) & (true <= high)).mean())
    within = "yes" if LOW <= covered <= HIGH else "no"
    half = float(np.median((high - low) / 2.0))
    return Line(*names, len(found), covered, below, above, half, float(1.0 - there.mean()), within)


def told(cells: Iterable[object]) -> list[str]:
    """Cells of a row, as written."""
    return [f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in cells]


def shown(lines: Iterable[Row]) -> list[Row]:
    """The rows, each printed as soon as it is there."""
    table = []
    for line in lines:
        print(" ".join(told(line)), flush=True)
        table.append(line)
    return table


def write(table: Sequence[tuple[object, ...]], fields: Sequence[str], name: str) -> None:
    """The rows as a CSV file beside this one."""
    with Path(__file__).with_name(name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([fields, *(told(line) for line in table)])
