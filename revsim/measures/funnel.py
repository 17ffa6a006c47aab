"""From inquiry to signature: counts by event date, leaks at the hand-offs, cycle time and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.kinds import TO_SALES
from revsim.measures.window import divided, medians, weighted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.measures.grouped import Grouped

Columns = dict[str, "NDArray[np.float64]"]
LOST = (Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER)


# name of the column -> kinds of rows that are counted, or whose values are summed
COUNTED = {
    "accepted": (Kind.ACCEPTED,),
    "opportunities": (Kind.OPPORTUNITY,),
    "won": (Kind.WON,),
    "lost": LOST,
    "disputed": (Kind.REFUSED,),
    "arbitrated": (Kind.ARBITRATED,),
    "orphaned": (Kind.ORPHANED,),
    "pulled_forward": (Kind.PULL_AGREED,),
    "sandbagged": (Kind.HELD_OVER,),
}
SUMMED = {
    "bought_inquiries": Kind.BOUGHT,
    "qualified": Kind.SEEN_QUALIFIED,
    "qualified_by_sales": Kind.SEEN_BY_SALES,
    "qualified_by_operations": Kind.SEEN_BY_OPERATIONS,
}
LEAKED = {
    "leaked_marketing_to_sales": TO_SALES,
    "leaked_sales_to_operations": (Kind.LEFT_DESK,),
    "leaked_sales_to_customer": (Kind.CHURNED_HANDOFF,),
    "slipped": (Kind.SLIPPED,),
}


def funnel(trace: Grouped) -> Columns:
    """Counts of what happened to buyers in each quarter; `open_at_end` opportunities as the quarter ends."""
    columns = {"inquiries": trace.sums(Kind.INQUIRIES) + trace.sums(Kind.BOUGHT)}
    columns |= {name: trace.sums(kind) for name, kind in SUMMED.items()}
    columns |= {name: trace.counts(*kinds) for name, kinds in COUNTED.items()}
    columns["open_at_end"] = trace.by_quarter(Kind.OPEN_AT_END)
    columns["accepted_value"] = trace.sums(Kind.ACCEPTED)
    columns["discount_value"] = trace.sums(Kind.PULL_AGREED)
    return columns


def leaks(trace: Grouped) -> Columns:
    """What is lost at each hand-off, and what the desk makes slip; value is the buyer's own contract value."""
    columns: Columns = {}
    for name, kinds in LEAKED.items():
        columns[f"{name}_count"] = trace.counts(*kinds)
        columns[f"{name}_value"] = trace.sums(*kinds)
    # A slip is recorded as the quarter ends, which is the first instant of the next one.
    rows = trace.of(Kind.SLIPPED)
    at_end = rows.value[rows.time == trace.window.end]
    for name, last in (("slipped_count", float(len(at_end))), ("slipped_value", float(at_end.sum()))):
        columns[name] = np.append(columns[name][1:], last)
    return columns


def cycle(trace: Grouped) -> Columns:
    """Median days from inquiry to win of deals won in the quarter, and the mean parts of that time.

    `internal_stall_days` is mean time in our own hands without work: until a rep first calls (arbitration included), in
    the reps' and the desk's queues, and a signature held over; `queue_days` is the part of it in reps' queues;
    `work_days` in work, `buyer_days` with the buyer. Deals won in the window; the unfinished do not count.
    """
    won = trace.within(Kind.WON)
    deals = trace.deals(won.entity)
    queue = deals.values(Kind.WORK_STARTED)
    work = deals.times(Kind.WORK_DONE) - deals.times(Kind.WORK_STARTED)
    work = work + deals.times(Kind.DESK_DONE) - deals.times(Kind.DESK_STARTED)
    stall = queue + deals.values(Kind.DESK_STARTED) + deals.values(Kind.PICKED_UP)
    stall = stall + deals.rows(Kind.HELD_OVER) * won.time - deals.times(Kind.HELD_OVER)
    whole = won.time - deals.times(Kind.QUALIFIED)
    parts = {"work_days": work, "buyer_days": whole - work - stall, "queue_days": queue, "internal_stall_days": stall}
    count, quarters = trace.counts(Kind.WON), trace.window.quarters
    return {
        "cycle_days": medians(won.quarter, whole, trace.window),
        **{name: divided(weighted(won.quarter, part, quarters), count) for name, part in parts.items()},
    }
