"""Rows of a trace by quarter: counts, sums and medians within the measured window.

A measure sees only rows, so a CRM export that was turned into rows is measured by the same code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Kind
    from revsim.measures.grouped import Traced


class Window(NamedTuple):
    """The measured quarters of a trace: number of the first one (0 is the first of the trace), and how many."""

    first: int
    quarters: int


class Rows(NamedTuple):
    """Rows of some kinds; `quarter` and `week` count from the start of the window, outside rows are dropped."""

    quarter: NDArray[np.int64]
    week: NDArray[np.int64]
    day: NDArray[np.float64]  # of the quarter
    entity: NDArray[np.int64]
    actor: NDArray[np.int64]
    value: NDArray[np.float64]
    time: NDArray[np.float64]


def rows_of(trace: Traced, window: Window, *kinds: Kind) -> Rows:
    """Rows of these kinds whose time lies in the window."""
    start = window.first * DAYS_PER_QUARTER
    end = start + window.quarters * DAYS_PER_QUARTER
    found = trace.of(*kinds)
    rows = found.where((found.time >= start) & (found.time < end))
    time = rows.time
    quarter = np.floor_divide(time - start, DAYS_PER_QUARTER).astype(np.int64)
    week = np.floor_divide(time - start, DAYS_PER_WEEK).astype(np.int64)
    day = time - start - quarter * DAYS_PER_QUARTER
    return Rows(quarter, week, day, rows.entity, rows.actor, rows.value, time)


def weighted(place: NDArray[np.int64], weight: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Weights summed by place, (size,)."""
    total: NDArray[np.float64] = np.bincount(place, weights=weight, minlength=size).astype(np.float64)
    return total


def counts(rows: Rows, window: Window) -> NDArray[np.float64]:
    """Rows by quarter, (quarters,)."""
    return weighted(rows.quarter, np.ones(len(rows.quarter)), window.quarters)


def sums(rows: Rows, window: Window) -> NDArray[np.float64]:
    """Summed value by quarter, (quarters,)."""
    return weighted(rows.quarter, rows.value, window.quarters)


def means(rows: Rows, window: Window) -> NDArray[np.float64]:
    """Mean value by quarter; NaN where there is no row."""
    count = counts(rows, window)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, sums(rows, window) / count, np.nan)


def medians(quarter: NDArray[np.int64], value: NDArray[np.float64], window: Window) -> NDArray[np.float64]:
    """Median by quarter; NaN where there is nothing."""
    found = [value[quarter == q] for q in range(window.quarters)]
    return np.array([float(np.median(values)) if len(values) else np.nan for values in found])


def of_quarter(trace: Traced, kind: Kind, window: Window) -> NDArray[np.float64]:
    """Value of a kind whose entity is the quarter, (quarters,); NaN where there is no row."""
    rows = trace.of(kind)
    values = np.full(window.quarters, np.nan)
    for entity, value in zip(rows.entity.tolist(), rows.value.tolist(), strict=True):
        if window.first <= entity < window.first + window.quarters:
            values[entity - window.first] = value
    return values


def of_week(trace: Traced, kind: Kind, window: Window, actor: int = -1) -> NDArray[np.float64]:
    """Value of a kind whose entity is the week, (weeks,); NaN where there is no row."""
    rows = trace.of(kind)
    rows = rows.where(rows.actor == actor)
    first, weeks = window.first * WEEKS_PER_QUARTER, window.quarters * WEEKS_PER_QUARTER
    entity = rows.entity - first
    inside = (entity >= 0) & (entity < weeks)
    values = np.full(weeks, np.nan)
    values[entity[inside]] = rows.value[inside]
    return values
