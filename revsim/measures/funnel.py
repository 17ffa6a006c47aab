"""From inquiry to signature: counts by event date, leaks at the hand-offs, cycle time and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.window import counts, medians, of_quarter, rows_of, sums, weighted
from revsim.units import DAYS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.measures.grouped import Traced
    from revsim.measures.window import Window

Columns = dict[str, "NDArray[np.float64]"]
UNWORKED = (Kind.ORPHANED, Kind.COOLED, Kind.LEFT_WAITING)
TO_SALES = (Kind.DROPPED, *UNWORKED)
ARBITRATION = 4  # actor of the desk's rows
LOST = (Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER)


def funnel(trace: Traced, window: Window) -> Columns:
    """Counts of what happened to buyers in each quarter; `open_at_end` opportunities as the quarter ends."""
    columns: Columns = {}
    for name, kind in (
        ("inquiries", Kind.INQUIRIES),
        ("bought_inquiries", Kind.BOUGHT),
        ("qualified", Kind.SEEN_QUALIFIED),
        ("qualified_by_sales", Kind.SEEN_BY_SALES),
        ("qualified_by_operations", Kind.SEEN_BY_OPERATIONS),
    ):
        columns[name] = sums(rows_of(trace, window, kind), window)
    columns["inquiries"] = columns["inquiries"] + columns["bought_inquiries"]
    for name, kinds in (
        ("accepted", (Kind.ACCEPTED,)),
        ("opportunities", (Kind.OPPORTUNITY,)),
        ("won", (Kind.WON,)),
        ("lost", LOST),
        ("disputed", (Kind.REFUSED,)),
        ("arbitrated", (Kind.ARBITRATED,)),
        ("orphaned", (Kind.ORPHANED,)),
        ("pulled_forward", (Kind.PULL_AGREED,)),
        ("sandbagged", (Kind.HELD_OVER,)),
    ):
        columns[name] = counts(rows_of(trace, window, *kinds), window)
    columns["open_at_end"] = of_quarter(trace, Kind.OPEN_AT_END, window)
    columns["accepted_value"] = sums(rows_of(trace, window, Kind.ACCEPTED), window)
    columns["discount_value"] = sums(rows_of(trace, window, Kind.PULL_AGREED), window)
    return columns


def leaks(trace: Traced, window: Window) -> Columns:
    """What is lost at each hand-off, and what the desk makes slip; value is the buyer's own contract value."""
    columns: Columns = {}
    for name, kinds in (
        ("leaked_marketing_to_sales", TO_SALES),
        ("leaked_sales_to_operations", (Kind.LEFT_DESK,)),
        ("leaked_sales_to_customer", (Kind.CHURNED_HANDOFF,)),
        ("slipped", (Kind.SLIPPED,)),
    ):
        rows = rows_of(trace, window, *kinds)
        columns[f"{name}_count"] = counts(rows, window)
        columns[f"{name}_value"] = sums(rows, window)
    # A slip is recorded as the quarter ends, which is the first instant of the next one.
    for name in ("slipped_count", "slipped_value"):
        columns[name] = np.append(columns[name][1:], 0.0)
    last = slipped_at_end(trace, window)
    columns["slipped_count"][-1], columns["slipped_value"][-1] = last
    return columns


def slipped_at_end(trace: Traced, window: Window) -> tuple[float, float]:
    """Count and value of what waited at the desk as the window ended."""
    end = (window.first + window.quarters) * DAYS_PER_QUARTER
    rows = trace.of(Kind.SLIPPED)
    rows = rows.where(rows.time == end)
    return float(len(rows.time)), float(rows.value.sum())


def cycle(trace: Traced, window: Window) -> Columns:
    """Median days from inquiry to win of deals won in the quarter, and the mean parts of that time.

    `internal_stall_days` is mean time in our own hands without work: until a rep first calls (arbitration included), in
    the reps' and the desk's queues, and a signature held over; `queue_days` is the part of it in reps' queues;
    `work_days` in work, `buyer_days` with the buyer. Deals won in the window; the unfinished do not count.
    """
    won = rows_of(trace, window, Kind.WON)
    deals = Deals(won.entity)
    desk = trace.of(Kind.DESK_STARTED, Kind.DESK_DONE)
    desk = desk.where(desk.actor != ARBITRATION)  # whose time is within that until the first call
    started, done = desk.of(Kind.DESK_STARTED), desk.of(Kind.DESK_DONE)
    begun, worked = trace.of(Kind.WORK_STARTED), trace.of(Kind.WORK_DONE)
    asked, held, picked = trace.of(Kind.QUALIFIED), trace.of(Kind.HELD_OVER), trace.of(Kind.PICKED_UP)
    queue = deals.sum(begun.entity, begun.value)
    work = deals.sum(worked.entity, worked.time) - deals.sum(begun.entity, begun.time)
    work = work + deals.sum(done.entity, done.time) - deals.sum(started.entity, started.time)
    stall = queue + deals.sum(started.entity, started.value) + deals.sum(picked.entity, picked.value)
    holding = deals.sum(held.entity, np.ones(len(held.entity)))
    stall = stall + holding * won.time - deals.sum(held.entity, held.time)
    whole = won.time - deals.sum(asked.entity, asked.time)
    columns: Columns = {"cycle_days": medians(won.quarter, whole, window)}
    count = counts(won, window)
    for name, part in (
        ("work_days", work),
        ("buyer_days", whole - work - stall),
        ("queue_days", queue),
        ("internal_stall_days", stall),
    ):
        total = np.bincount(won.quarter, weights=part, minlength=window.quarters)
        columns[name] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return columns


class Deals:
    """Some deals, by entity; sums rows of theirs."""

    def __init__(self, entity: NDArray[np.int64]) -> None:
        """Each entity once."""
        self.order = np.argsort(entity)
        self.sorted = entity[self.order]

    def sum(self, entity: NDArray[np.int64], value: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of the values of rows of each deal, in the deals' order; other entities' rows are left out."""
        size = len(self.sorted)
        if not size:
            return np.zeros(0)
        place = np.minimum(np.searchsorted(self.sorted, entity), size - 1)
        ours = self.sorted[place] == entity
        return weighted(self.order[place[ours]], value[ours], size)
