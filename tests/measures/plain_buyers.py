"""Columns of the table of quarters about buyers and people, by their plain definitions."""

from __future__ import annotations

from math import nan
from statistics import mean, median

from revsim.contract.trace import Kind, Row
from tests.measures.plain import Plain, share, times, total

LOST = (Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER)
UNWORKED = (Kind.ORPHANED, Kind.COOLED, Kind.LEFT_WAITING)


def parts_of(p: Plain, won: Row, *, first: bool) -> tuple[float, float, float, float]:
    """Whole time of a won deal, in work, in reps' queues, in our hands; the first of a deal's wins has its rows."""
    time, _, deal, _, _ = won

    def of(kind: Kind) -> list[Row]:
        return p.of_deal(deal, kind) if first else []

    queue = total(of(Kind.WORK_STARTED))
    work = (
        times(of(Kind.WORK_DONE))
        - times(of(Kind.WORK_STARTED))
        + times(of(Kind.DESK_DONE))
        - times(of(Kind.DESK_STARTED))
    )
    held = sum(time - row[0] for row in of(Kind.HELD_OVER))
    stall = queue + total(of(Kind.DESK_STARTED)) + total(of(Kind.PICKED_UP)) + held
    return time - times(of(Kind.QUALIFIED)), work, queue, stall


def cycle(p: Plain, q: int) -> dict[str, float]:
    found = []
    for number, row in enumerate(wins := p.window(Kind.WON)):
        if row in p.quarter(q, Kind.WON):
            found.append(parts_of(p, row, first=row[2] not in [other[2] for other in wins[:number]]))
    names = ("cycle_days", "work_days", "buyer_days", "queue_days", "internal_stall_days")
    if not found:
        return dict.fromkeys(names, nan)
    whole, work, queue, stall = zip(*found, strict=True)
    values = (median(whole), mean(work), mean(whole) - mean(work) - mean(stall), mean(queue), mean(stall))
    return dict(zip(names, values, strict=True))


def buyers(p: Plain, q: int) -> dict[str, float]:
    # a slip of this quarter stands at the first instant of the next; of the window's last, at that instant only
    slipped = p.quarter(q + 1, Kind.SLIPPED)
    if q + 1 == p.quarters:
        slipped = [row for row in slipped if row[0] == 65.0 * (p.first + p.quarters)]
    leaks = {
        "leaked_marketing_to_sales": p.quarter(q, Kind.DROPPED, *UNWORKED),
        "leaked_sales_to_operations": p.quarter(q, Kind.LEFT_DESK),
        "leaked_sales_to_customer": p.quarter(q, Kind.CHURNED_HANDOFF),
        "slipped": slipped,
    }
    counted = {
        "accepted": (Kind.ACCEPTED,),
        "opportunities": (Kind.OPPORTUNITY,),
        "won": (Kind.WON,),
        "lost": LOST,
        "disputed": (Kind.REFUSED,),
        "arbitrated": (Kind.ARBITRATED,),
        "orphaned": (Kind.ORPHANED,),
        "pulled_forward": (Kind.PULL_AGREED,),
        "sandbagged": (Kind.HELD_OVER,),
        "exits": (Kind.EXIT,),
    }
    summed = {
        "inquiries": (Kind.INQUIRIES, Kind.BOUGHT),
        "bought_inquiries": (Kind.BOUGHT,),
        "qualified": (Kind.SEEN_QUALIFIED,),
        "qualified_by_sales": (Kind.SEEN_BY_SALES,),
        "qualified_by_operations": (Kind.SEEN_BY_OPERATIONS,),
        "accepted_value": (Kind.ACCEPTED,),
        "discount_value": (Kind.PULL_AGREED,),
        "reconciliation_hours": (Kind.RECONCILIATION_HOURS,),
        "coordination_hours": (Kind.COORDINATION_HOURS,),
        "heroics_hours": (Kind.BRIDGED,),
        "design_hours": (Kind.DESIGN_HOURS,),
    }
    return {
        "open_at_end": p.last(Kind.OPEN_AT_END, p.first + q),
        **{name: len(p.quarter(q, *kinds)) for name, kinds in counted.items()},
        **{name: total(p.quarter(q, *kinds)) for name, kinds in summed.items()},
        **{f"{name}_count": len(rows) for name, rows in leaks.items()},
        **{f"{name}_value": total(rows) for name, rows in leaks.items()},
    }


def loads(p: Plain, q: int, seats: int) -> dict[str, float]:
    reps, desk = total(p.quarter(q, Kind.REPS_HOURS)), total(p.quarter(q, Kind.DESK_HOURS))
    decided = p.quarter(q, Kind.DECIDED)
    return {
        "decision_latency_days": share(total(decided), len(decided)),
        "selling_share": reps / (seats * 40.0 * 13.0),
        "rep_load": share(total(p.quarter(q, Kind.WORK_DONE)), reps),
        "desk_load": share(total(p.quarter(q, Kind.DESK_DONE)), desk),
    }
