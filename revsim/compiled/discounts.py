"""Deals that are pushed wait for their discount; who is, mechanisms/discounts.py says. See model/discounts.py."""

from __future__ import annotations

from revsim.compiled._kernel import kernel
from revsim.compiled.calendar import at, wait_until
from revsim.compiled.firm import quarter_end
from revsim.compiled.luck import PULL_DAY, now_of
from revsim.compiled.views import book, deals
from revsim.contract.trace import Kind
from revsim.mechanisms.discounts import approved, gives_way, pulls, push_of_week


@kernel
def pull_forward(firm):
    """Near the quarter's end reps push deals in the last stage."""
    if not pulls(firm):
        return
    push = push_of_week(firm)
    for k in range(firm.n_book):
        place = book(firm)[k]
        deal = deals(firm)[place]
        if gives_way(firm, deal, push):
            deal.asked_latency = firm.latency
            at(firm, firm.now + firm.latency, Kind.DECIDED, deal.id, place)


@kernel
def discount_decided(firm, place):
    """DECIDED: a discount is approved; if the buyer has not decided by then, the signature comes forward."""
    deal, now, end = deals(firm)[place], firm.now, quarter_end(firm)
    if not approved(firm, deal, deal.rep, deal.asked_latency):
        return
    day = now + now_of(firm, deal, PULL_DAY, 0) * (end - now)
    if day < deal.due and deal.token >= 0:
        deal.due = day
        wait_until(firm, place, day, Kind.BUYER_DONE)
