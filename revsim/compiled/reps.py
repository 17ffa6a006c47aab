"""Reps as servers. See model/reps.py."""

from __future__ import annotations

from math import inf

from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.calendar import forget, wait_until
from revsim.compiled.firm import (
    REPS,
    WAITING,
    join_queue,
    pop_queue,
    record,
    take_impatient,
)  # fmt: skip
from revsim.compiled.least_load import least_loaded, load_changed
from revsim.compiled.luck import HANDOVER, now_of
from revsim.compiled.views import best_of_groups, book, deals, loads, people, queues, scratch
from revsim.contract.trace import Kind
from revsim.formulas.quantiles import exponential, lognormal
from revsim.formulas.timing import queue_score
from revsim.luck.purposes import HANDOVERS
from revsim.mechanisms.handoffs import drops_handed_over
from revsim.mechanisms.selling import day_out_of_record, near_end, weight_of_stage


@kernel
def with_room(firm):
    """The rep with the most room, against what the rep can hold; ties to the lower seat. -1: nobody."""
    best = least_loaded(best_of_groups(firm), loads(firm), firm.seats)
    return best if loads(firm)[best] < 1.0 else -1


@inlined
def count_deal(firm, place, more):
    """One deal more or less with somebody, and the load that others are compared by."""
    rep = people(firm)[place]
    rep.open_deals += more
    loads(firm)[place] = rep.open_deals / rep.room if rep.present and rep.room > 0.0 else inf
    if place < firm.seats:
        load_changed(best_of_groups(firm), firm.seats, place)


@kernel
def reserve(firm, deal, rep):
    """The deal takes up room with this rep."""
    deal.rep = rep
    count_deal(firm, rep, 1)


@kernel
def release(firm, deal):
    """The deal's room is free; a lead that waits takes it."""
    if deal.rep >= 0:
        count_deal(firm, deal.rep, -1)
        room_opened(firm, deal.rep)


@kernel
def room_opened(firm, seat):
    """Leads that wait come in turn; those out of patience have left already."""
    rep, now = people(firm)[seat], firm.now
    while queues(firm)[WAITING].count > 0 and rep.present and rep.open_deals < rep.room:
        place = pop_queue(firm, WAITING, 0)
        deal = deals(firm)[place]
        if deal.patience_until <= now:
            record(firm, Kind.LEFT_WAITING, deal.id, -1, deal.value)
            continue
        reserve(firm, deal, seat)
        wait_until(firm, place, now, Kind.PICKED_UP)


@kernel
def do_work(firm, place):
    """Wait for the rep, then the rep's work on this stage."""
    deal = deals(firm)[place]
    deal.queued = firm.now
    deal.patience_until = deal.queued + exponential(deal.of_patience[deal.stage & 3], firm.p.buyers.work_patience)
    deal.token = -1
    join_queue(firm, REPS + deal.rep, place)
    start_next(firm, deal.rep)


@kernel
def work_done(firm, place):
    """WORK_DONE: the rep is free again."""
    deal = deals(firm)[place]
    seat = deal.server
    deal.in_service, deal.server = False, -1
    people(firm)[seat].serving = False
    record(firm, Kind.WORK_DONE, deal.id, seat, deal.effort)
    start_next(firm, seat)


@kernel
def start_next(firm, seat):
    """A free rep takes the next piece of work."""
    rep, p, now, queue = people(firm)[seat], firm.p.sales, firm.now, queues(firm)[REPS + seat]
    while queue.count > 0 and not rep.serving and rep.present and rep.rate > 0.0:
        place = pop_queue(firm, REPS + seat, choose(firm, seat) if queue.count > 1 else 0)
        deal = deals(firm)[place]
        if deal.patience_until <= now:
            lose(firm, place, Kind.LEFT_WORK)
            continue
        median = p.stage_effort[deal.stage] / rep.rate
        end = now + lognormal(deal.of_effort[deal.stage & 3], median, p.effort_sigma)
        deal.began, deal.mean, deal.rate = now, median, rep.hours
        deal.effort = (end - now) * rep.hours
        deal.in_service, deal.server, rep.serving = True, seat, True
        record(firm, Kind.WORK_STARTED, deal.id, seat, now - deal.queued)
        wait_until(firm, place, end, Kind.WORK_DONE)


@kernel
def choose(firm, seat):
    """First come, first served; near the quarter's end later stages first, as far as pay is one's own."""
    if not near_end(firm):
        return 0
    best, most, now, weight, many = 0, -1.0, firm.now, weight_of_stage(firm), deals(firm)
    queue = queues(firm)[REPS + seat]
    place = queue.first
    for k in range(queue.count):
        score = queue_score(now - many[place].queued, weight, float(many[place].stage))
        if score > most:
            best, most = k, score
        place = many[place].next
    return best


@kernel
def lose(firm, place, kind):
    """The deal is lost now; its record follows later. Whoever waits in its process waits no more."""
    deal = deals(firm)[place]
    record(firm, kind, deal.id, deal.rep, deal.value)  # a rep's place is the seat, -1 nobody
    forget(firm, place)
    deal.negotiating = False
    deal.left_record = day_out_of_record(firm, deal)
    release(firm, deal)


@kernel
def sweep(firm):
    """Deals whose patience has run out in a rep's queue leave."""
    gone = scratch(firm)
    for seat in range(firm.seats):
        for k in range(take_impatient(firm, REPS + seat, gone)):
            lose(firm, gone[k], Kind.LEFT_WORK)


@kernel
def hand_over(firm, leaver):
    """A leaver's open deals go to others; without an owner of hand-offs some are never taken up."""
    dropped = drops_handed_over(firm)
    queue = queues(firm)[REPS + leaver]
    queue.first, queue.last, queue.count = -1, -1, 0
    mine, many, found = scratch(firm), deals(firm), 0
    for k in range(firm.n_book):
        place = book(firm)[k]
        if many[place].rep == leaver and many[place].won < 0.0 and many[place].left_record < 0.0:
            mine[found] = place
            found += 1
    for k in range(found):
        place = mine[k]
        deal = many[place]
        queued = deal.in_queue and not deal.at_desk
        if queued:
            deal.in_queue = False  # the leaver's queue is no more
        u = now_of(firm, deal, HANDOVER, min(deal.handovers, HANDOVERS - 1))
        deal.handovers += 1
        rep = take_over(firm)
        if rep < 0:  # nobody else is there: it stays with the seat
            if queued:
                join_queue(firm, REPS + leaver, place)
            continue
        if u < dropped and not deal.in_service and not deal.at_desk and not deal.held:
            lose(firm, place, Kind.LOST_HANDED_OVER)
            continue
        count_deal(firm, leaver, -1)
        reserve(firm, deal, rep)
        record(firm, Kind.HANDED_OVER, deal.id, rep, deal.value)
        if queued:
            join_queue(firm, REPS + rep, place)
            start_next(firm, rep)


@kernel
def take_over(firm):
    """Who takes the deal of somebody who has left: the rep with most room, whatever the limit; -1: nobody."""
    best = least_loaded(best_of_groups(firm), loads(firm), firm.seats)
    return best if loads(firm)[best] < inf else -1
