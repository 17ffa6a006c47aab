"""From inquiry to signature: counts by event date, leaks at the hand-offs, cycle time and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.window import counts, medians, of_quarter, rows_of, sums
from revsim.units import DAYS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Trace
    from revsim.measures.window import Window

Columns = dict[str, "NDArray[np.float64]"]
TO_SALES = (Kind.DROPPED, Kind.ORPHANED, Kind.COOLED, Kind.LEFT_WAITING)
LOST = (Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER)


def funnel(trace: Trace, window: Window) -> Columns:
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


def leaks(trace: Trace, window: Window) -> Columns:
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


def slipped_at_end(trace: Trace, window: Window) -> tuple[float, float]:
    """Count and value of what waited at the desk as the window ended."""
    end = (window.first + window.quarters) * DAYS_PER_QUARTER
    mask = (trace.kind == int(Kind.SLIPPED)) & (trace.time == end)
    return float(np.count_nonzero(mask)), float(trace.value[mask].sum())


def cycle(trace: Trace, window: Window) -> Columns:
    """Median days from inquiry to win of deals won in the quarter, and the mean parts of that time.

    `internal_stall_days` is mean time in our own queues, waits for pick-up and desk included; `work_days` in work,
    `buyer_days` with the buyer; the rest (`queue_days`) is the part of the stall in reps' queues.
    """
    won = rows_of(trace, window, Kind.WON)
    order = {entity: place for place, entity in enumerate(won.entity.tolist())}
    size = len(order)
    parts = {name: np.zeros(size) for name in ("asked", "stall", "work", "queue")}
    for part, kind, sign in (
        ("work", Kind.WORK_DONE, 1.0),
        ("work", Kind.WORK_STARTED, -1.0),
        ("work", Kind.DESK_DONE, 1.0),
        ("work", Kind.DESK_STARTED, -1.0),
    ):
        add_times(parts[part], trace, kind, order, sign)
    add_values(parts["queue"], trace, Kind.WORK_STARTED, order)
    add_values(parts["stall"], trace, Kind.WORK_STARTED, order)
    add_values(parts["stall"], trace, Kind.DESK_STARTED, order)
    add_values(parts["stall"], trace, Kind.PICKED_UP, order)
    add_times(parts["asked"], trace, Kind.QUALIFIED, order, 1.0)
    whole = won.time - parts["asked"]
    buyer = whole - parts["work"] - parts["stall"]
    mean = {
        "work_days": parts["work"],
        "buyer_days": buyer,
        "queue_days": parts["queue"],
        "internal_stall_days": parts["stall"],
    }
    columns: Columns = {"cycle_days": medians(won.quarter, whole, window)}
    count = counts(won, window)
    for name, value in mean.items():
        total = np.bincount(won.quarter, weights=value, minlength=window.quarters)
        columns[name] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return columns


def add_times(into: NDArray[np.float64], trace: Trace, kind: Kind, order: dict[int, int], sign: float) -> None:
    """Add the signed times of a kind to the deals in `order`."""
    mask = trace.kind == int(kind)
    for entity, time in zip(trace.entity[mask].tolist(), trace.time[mask].tolist(), strict=True):
        place = order.get(entity)
        if place is not None:
            into[place] += sign * time


def add_values(into: NDArray[np.float64], trace: Trace, kind: Kind, order: dict[int, int]) -> None:
    """Add the values of a kind to the deals in `order`."""
    mask = trace.kind == int(kind)
    for entity, value in zip(trace.entity[mask].tolist(), trace.value[mask].tolist(), strict=True):
        place = order.get(entity)
        if place is not None:
            into[place] += value
