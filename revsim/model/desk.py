"""Hand-off, sales to operations: the deal desk. Rework by contradictory data, a second loop without an owner.

Analysts are servers of one queue; what they can do is what reconciliation and other hours leave over. A full desk
makes deals slip across the quarter's end.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from revsim.contract.constants import ANALYST, MANAGER
from revsim.contract.trace import Kind
from revsim.formulas.quantiles import exponential
from revsim.formulas.timing import queue_score
from revsim.luck.purposes import LOOPS
from revsim.mechanisms import heroics
from revsim.mechanisms.handoffs import rework_now, second_loop_now, weight_of_value
from revsim.model import reps
from revsim.model.clock import forget, pending, schedule

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


def clear(firm: Firm, deal: Deal) -> Generator[Event, None, None]:
    """A deal before its last stage: desk work, as many loops as data and ownership make of it."""
    p, row = firm.p.desk, deal.row
    for loop in range(LOOPS):
        yield visit(firm, deal, loop, p.deal_hours)
        desk_done(firm, deal)
        luck = firm.buyers(deal)
        again = float(luck.rework[row, loop]) < rework_now(firm)
        again = again or float(luck.second_loop[row, loop]) < second_loop_now(firm)
        if not again or heroics.bridge_quote(firm, deal, ANALYST, MANAGER, firm.p.people.desk_bridge_hours):
            return


def visit(firm: Firm, deal: Deal, loop: int, hours: float) -> Event:
    """Wait for an analyst, then the desk's work; `loop` LOOPS is an arbitration. The event of its end."""
    now = firm.env.now
    deal.queued, deal.effort, deal.at_desk = now, hours, True
    u = float(firm.buyers(deal).desk_patience[deal.row, loop])
    deal.patience_until = now + exponential(u, firm.p.buyers.desk_patience)
    event = deal.event = pending(firm.env)
    firm.record(Kind.DESK_ENTERED, deal.id, loop, deal.value)
    firm.desk_queue.append(deal)
    deal.loop = loop
    deal.log_value = log(deal.value / firm.p.buyers.value_median)
    start_next(firm)
    return event


def desk_done(firm: Firm, deal: Deal) -> None:
    """An analyst is free again."""
    deal.event, deal.in_service, deal.at_desk = None, False, False
    firm.desk_busy -= 1
    firm.record(Kind.DESK_DONE, deal.id, deal.loop, deal.effort)
    start_next(firm)


def start_next(firm: Firm) -> None:
    """A free analyst takes the next piece of work."""
    now = firm.env.now
    while firm.desk_queue and firm.desk_busy < firm.desk_present:
        deal = firm.desk_queue.pop(choose(firm) if len(firm.desk_queue) > 1 else 0)
        if deal.patience_until <= now:
            leave(firm, deal)
            continue
        later = firm.later(deal) if firm.forking else None
        loop = deal.loop
        later_u = 0.0 if later is None else float(later.desk_work[deal.row, loop])
        u = float(firm.buyers(deal).desk_work[deal.row, loop])
        end = firm.exponential_end(u, later_u, deal.effort / firm.desk_rate)
        deal.effort = (end - now) * firm.desk_rate
        deal.in_service = True
        firm.desk_busy += 1
        firm.record(Kind.DESK_STARTED, deal.id, loop, now - deal.queued)
        assert deal.event is not None
        schedule(firm.env, deal.event, end, Kind.DESK_DONE, deal.id)


def choose(firm: Firm) -> int:
    """First come, first served; as far as operations' pay is shared, larger deals sooner."""
    weight = weight_of_value(firm)
    if weight <= 0.0:
        return 0
    best, most, now = 0, -1.0e300, firm.env.now
    for place, deal in enumerate(firm.desk_queue):
        score = queue_score(now - deal.queued, weight, deal.log_value)
        if score > most:
            best, most = place, score
    return best


def leave(firm: Firm, deal: Deal) -> None:
    """Patience has run out at the desk: an opportunity is lost, a dispute ends in nothing."""
    deal.at_desk = False
    if deal.stage >= 0:
        reps.lose(firm, deal, Kind.LEFT_DESK)
        return
    if deal.event is not None:
        forget(deal.event)
    firm.record(Kind.DROPPED, deal.id, -1, deal.value)


def sweep(firm: Firm) -> None:
    """Whoever is out of patience leaves the desk's queue."""
    now = firm.env.now
    gone = [deal for deal in firm.desk_queue if deal.patience_until <= now]
    if gone:
        firm.desk_queue = [deal for deal in firm.desk_queue if deal.patience_until > now]
        for deal in gone:
            leave(firm, deal)


def note_slips(firm: Firm) -> None:
    """Deals that wait at the desk as the quarter ends."""
    for deal in firm.desk_queue:
        if deal.stage >= 0:
            firm.record(Kind.SLIPPED, deal.id, -1 if deal.rep is None else deal.rep.seat, deal.value)
