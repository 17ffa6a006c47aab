"""Reps as servers: room for deals, a queue of work, attention near the quarter's end; hand-over when one leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import Kind
from revsim.formulas.quantiles import exponential
from revsim.formulas.timing import queue_score
from revsim.luck.purposes import HANDOVERS
from revsim.mechanisms.handoffs import drops_handed_over
from revsim.mechanisms.selling import day_out_of_record, near_end, weight_of_stage
from revsim.model.clock import forget, pending, schedule

if TYPE_CHECKING:
    from simpy.events import Event

    from revsim.model.deal import Deal
    from revsim.model.firm import Firm
    from revsim.model.seats import Seat


def with_room(firm: Firm) -> Seat | None:
    """The rep with the most room, against what the rep can hold; ties to the lower seat."""
    best, least = None, 1.0
    for rep in firm.on_duty:
        load = rep.open_deals / rep.room
        if load < least:
            best, least = rep, load
    return best


def reserve(deal: Deal, rep: Seat) -> None:
    """The deal takes up room with this rep."""
    deal.rep = rep
    rep.open_deals += 1


def release(firm: Firm, deal: Deal) -> None:
    """The deal's room is free; a lead that waits takes it."""
    rep = deal.rep
    if rep is not None:
        rep.open_deals -= 1
        room_opened(firm, rep)


def room_opened(firm: Firm, rep: Seat) -> None:
    """Leads that wait come in turn; those out of patience have left already."""
    now = firm.env.now
    while firm.waiting and rep.present and rep.open_deals < rep.room:
        deal = firm.waiting.pop(0)
        if deal.patience_until <= now:
            firm.record(Kind.LEFT_WAITING, deal.id, -1, deal.value)
            continue
        reserve(deal, rep)
        assert deal.event is not None
        schedule(firm.env, deal.event, now, Kind.PICKED_UP, deal.id)


def do_work(firm: Firm, deal: Deal) -> Event:
    """Wait for the rep, then the rep's work on this stage; the event of its end."""
    rep, stage, luck = deal.rep, deal.stage, firm.buyers(deal)
    assert rep is not None
    deal.queued = firm.env.now
    deal.patience_until = deal.queued + exponential(
        float(luck.work_patience[deal.row, stage]), firm.p.buyers.work_patience
    )
    event = deal.event = pending(firm.env)
    rep.queue.append(deal)
    start_next(firm, rep)
    return event


def work_done(firm: Firm, deal: Deal) -> None:
    """The rep is free again."""
    server = deal.server
    assert server is not None
    deal.in_service, deal.server, deal.event = False, None, None
    server.serving = False
    firm.record(Kind.WORK_DONE, deal.id, server.seat, deal.effort)
    start_next(firm, server)


def start_next(firm: Firm, rep: Seat) -> None:
    """A free rep takes the next piece of work."""
    now, p = firm.env.now, firm.p.sales
    while rep.queue and not rep.serving and rep.present and rep.rate > 0.0:
        deal = rep.queue.pop(choose(firm, rep) if len(rep.queue) > 1 else 0)
        if deal.patience_until <= now:
            lose(firm, deal, Kind.LEFT_WORK)
            continue
        later = firm.later(deal) if firm.forking else None
        later_u = 0.0 if later is None else float(later.effort[deal.row, deal.stage])
        u = float(firm.buyers(deal).effort[deal.row, deal.stage])
        median = p.stage_effort[deal.stage] / rep.rate
        end = firm.lognormal_end(u, later_u, median, p.effort_sigma)
        deal.effort = (end - now) * rep.hours
        deal.in_service, deal.server, rep.serving = True, rep, True
        firm.record(Kind.WORK_STARTED, deal.id, rep.seat, now - deal.queued)
        assert deal.event is not None
        schedule(firm.env, deal.event, end, Kind.WORK_DONE, deal.id)


def choose(firm: Firm, rep: Seat) -> int:
    """First come, first served; near the quarter's end later stages first, as far as pay is one's own."""
    if not near_end(firm):
        return 0
    best, most, now, weight = 0, -1.0, firm.now, weight_of_stage(firm)
    for place, deal in enumerate(rep.queue):
        score = queue_score(now - deal.queued, weight, float(deal.stage))
        if score > most:
            best, most = place, score
    return best


def lose(firm: Firm, deal: Deal, kind: Kind) -> None:
    """The deal is lost now; its record follows later. Whoever waits in its process waits no more."""
    firm.record(kind, deal.id, -1 if deal.rep is None else deal.rep.seat, deal.value)
    if deal.event is not None:
        forget(deal.event)
    deal.negotiating = False
    deal.left_record = day_out_of_record(firm, deal)
    release(firm, deal)


def sweep(firm: Firm) -> None:
    """Deals whose patience has run out in a rep's queue leave."""
    now = firm.env.now
    for rep in firm.reps:
        gone = [deal for deal in rep.queue if deal.patience_until <= now]
        if gone:
            rep.queue = [deal for deal in rep.queue if deal.patience_until > now]
            for deal in gone:
                lose(firm, deal, Kind.LEFT_WORK)


def hand_over(firm: Firm, leaver: Seat) -> None:
    """A leaver's open deals go to others; without an owner of hand-offs some are never taken up."""
    dropped = drops_handed_over(firm)
    queue, leaver.queue = leaver.queue, []
    for deal in [deal for deal in firm.book if deal.rep is leaver and deal.won < 0.0 and deal.left_record < 0.0]:
        u = float(firm.buyers(deal).handover[deal.row, min(deal.handovers, HANDOVERS - 1)])
        deal.handovers += 1
        rep = take_over(firm, leaver)
        if rep is None:  # nobody else is there: it stays with the seat
            leaver.queue += [deal] if deal in queue else []
            continue
        if u < dropped and not deal.in_service and not deal.at_desk and not deal.held:
            lose(firm, deal, Kind.LOST_HANDED_OVER)
            continue
        leaver.open_deals -= 1
        reserve(deal, rep)
        firm.record(Kind.HANDED_OVER, deal.id, rep.seat, deal.value)
        if deal in queue:
            rep.queue.append(deal)
            start_next(firm, rep)


def take_over(firm: Firm, leaver: Seat) -> Seat | None:
    """Who takes a leaver's deal: the rep with most room, whatever the limit."""
    best, least = None, 0.0
    for rep in firm.on_duty:
        load = rep.open_deals / rep.room
        if rep is not leaver and (best is None or load < least):
            best, least = rep, load
    return best
