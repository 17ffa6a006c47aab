"""Deals that are pushed wait for their discount; who is, mechanisms/discounts.py says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import Kind
from revsim.mechanisms.discounts import approved, gives_way, pulls, push_of_week
from revsim.model.clock import at, move

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


def pull_forward(firm: Firm) -> None:
    """Near the quarter's end reps push deals in the last stage."""
    if not pulls(firm):
        return
    push, end = push_of_week(firm), firm.quarter_end()
    for deal in firm.book:
        if gives_way(firm, deal, push):
            firm.env.process(ask_discount(firm, deal, end))


def ask_discount(firm: Firm, deal: Deal, end: float) -> Generator[Event, None, None]:
    """A discount is approved after the latency; if the buyer has not decided by then, the signature comes forward."""
    latency = firm.latency
    yield at(firm.env, firm.now + latency, Kind.DECIDED, deal.id)
    if not approved(firm, deal, -1 if deal.rep is None else deal.rep.seat, latency):
        return
    now, later = firm.now, firm.later(deal)
    day = now + float(firm.buyers(deal).pull_day[deal.row]) * (end - now)
    if later is not None and firm.straddles(day):
        day = firm.fork_at + float(later.pull_day[deal.row]) * (end - firm.fork_at)
    if day < deal.due and deal.event is not None:
        deal.due = day
        deal.event = move(firm.env, deal.event, day, Kind.BUYER_DONE, deal.id)
