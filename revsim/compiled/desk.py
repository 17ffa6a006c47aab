"""The deal desk. See model/desk.py."""

from __future__ import annotations

from math import log

from revsim.compiled import reps
from revsim.compiled._kernel import kernel
from revsim.compiled.calendar import forget, wait_until
from revsim.compiled.firm import DESK, join_queue, pop_queue, record, take_impatient
from revsim.compiled.luck import DESK_PATIENCE, DESK_WORK, REWORK, SECOND_LOOP, now_of
from revsim.compiled.views import deals, queues, scratch
from revsim.contract.constants import ANALYST, MANAGER
from revsim.contract.trace import Kind
from revsim.formulas.quantiles import exponential
from revsim.formulas.timing import queue_score
from revsim.luck.purposes import LOOPS
from revsim.mechanisms import heroics
from revsim.mechanisms.handoffs import rework_now, second_loop_now, weight_of_value


@kernel
def cleared(firm, place):
    """DESK_DONE of a deal: as many loops as data and ownership make of it. Returns whether the desk is done with it."""
    deal, p, loop = deals(firm)[place], firm.p.desk, deals(firm)[place].loop
    again = now_of(firm, deal, REWORK, loop) < rework_now(firm)
    again = again or now_of(firm, deal, SECOND_LOOP, loop) < second_loop_now(firm)
    if not again or heroics.bridge_quote(firm, deal, ANALYST, MANAGER, firm.p.people.desk_bridge_hours):
        return True
    if loop + 1 >= LOOPS:
        return True
    visit(firm, place, loop + 1, p.deal_hours)
    return False


@kernel
def visit(firm, place, loop, hours):
    """Wait for an analyst, then the desk's work; `loop` LOOPS is an arbitration."""
    deal, now = deals(firm)[place], firm.now
    deal.queued, deal.effort, deal.at_desk = now, hours, True
    u = now_of(firm, deal, DESK_PATIENCE, loop)
    deal.patience_until = now + exponential(u, firm.p.buyers.desk_patience)
    deal.token = -1
    record(firm, Kind.DESK_ENTERED, deal.id, loop, deal.value)
    join_queue(firm, DESK, place)
    deal.loop = loop
    deal.log_value = log(deal.value / firm.p.buyers.value_median)
    start_next(firm)


@kernel
def desk_done(firm, place):
    """DESK_DONE: an analyst is free again."""
    deal = deals(firm)[place]
    deal.in_service, deal.at_desk = False, False
    firm.desk_busy -= 1
    record(firm, Kind.DESK_DONE, deal.id, deal.loop, deal.effort)
    start_next(firm)


@kernel
def start_next(firm):
    """A free analyst takes the next piece of work."""
    now, queue = firm.now, queues(firm)[DESK]
    while queue.count > 0 and firm.desk_busy < firm.desk_present:
        place = pop_queue(firm, DESK, choose(firm) if queue.count > 1 else 0)
        deal = deals(firm)[place]
        if deal.patience_until <= now:
            leave(firm, place)
            continue
        deal.began, deal.mean, deal.rate = now, deal.effort / firm.desk_rate, firm.desk_rate
        end = now + exponential(now_of(firm, deal, DESK_WORK, deal.loop), deal.mean)
        deal.effort = (end - now) * firm.desk_rate
        deal.in_service = True
        firm.desk_busy += 1
        record(firm, Kind.DESK_STARTED, deal.id, deal.loop, now - deal.queued)
        wait_until(firm, place, end, Kind.DESK_DONE)


@kernel
def choose(firm):
    """First come, first served; as far as operations' pay is shared, larger deals sooner."""
    weight = weight_of_value(firm)
    if weight <= 0.0:
        return 0
    best, most, now, many = 0, -1.0e300, firm.now, deals(firm)
    queue = queues(firm)[DESK]
    place = queue.first
    for k in range(queue.count):
        score = queue_score(now - many[place].queued, weight, many[place].log_value)
        if score > most:
            best, most = k, score
        place = many[place].next
    return best


@kernel
def leave(firm, place):
    """Patience has run out at the desk: an opportunity is lost, a dispute ends in nothing."""
    deal = deals(firm)[place]
    deal.at_desk = False
    if deal.stage >= 0:
        reps.lose(firm, place, Kind.LEFT_DESK)
        return
    forget(firm, place)
    record(firm, Kind.DROPPED, deal.id, -1, deal.value)


@kernel
def sweep(firm):
    """Whoever is out of patience leaves the desk's queue."""
    gone = scratch(firm)
    for k in range(take_impatient(firm, DESK, gone)):
        leave(firm, gone[k])


@kernel
def note_slips(firm):
    """Deals that wait at the desk as the quarter ends."""
    many, queue = deals(firm), queues(firm)[DESK]
    place = queue.first
    for _ in range(queue.count):
        if many[place].stage >= 0:
            record(firm, Kind.SLIPPED, many[place].id, many[place].rep, many[place].value)
        place = many[place].next
