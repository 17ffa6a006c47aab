"""Pulling forward: near the quarter's end reps push deals in the last stage; each gives way at its own threshold.

    push      = pull_push(strength, shared pay, pressure)                         a week, formulas/timing.py
    pushed is what is expected to close just past the end: end < expected <= end + window
    asked for a discount: pushed in all >= the deal's threshold, and the answer comes before the end
    discount  = deeper_discount(discount, growth, pressure)                       mechanisms/pressure.py
    refused   log odds of a pushed buyer's yes are less by `pull_refused`         mechanisms/selling.py

What a rep knows is how long the buyer has taken already, never the buyer's actual day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import DISCOUNT
from revsim.contract.trace import Kind
from revsim.formulas.quantiles import lognormal_left
from revsim.formulas.timing import pull_push
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import quarter_end, record
from revsim.mechanisms.pressure import gives
from revsim.mechanisms.selling import buyer_days, near_end
from revsim.mechanisms.signal import PRESSURES, heard

if TYPE_CHECKING:
    from revsim.mechanisms.deal import Deal
    from revsim.mechanisms.firm import Firm


@mechanism
def pulls(firm: Firm) -> bool:
    """Whether reps push this week."""
    return near_end(firm) and firm.p.sales.pull_strength > 0.0


@mechanism
def push_of_week(firm: Firm) -> float:
    """How hard."""
    return pull_push(firm.p.sales.pull_strength, firm.pay[1], heard(firm, PRESSURES, firm.pressure))


@mechanism
def gives_way(firm: Firm, deal: Deal, push: float) -> bool:
    """One deal is pushed, if it is one of those; whether a discount is asked for now."""
    end = quarter_end(firm)
    if not deal.negotiating or deal.asked:
        return False
    if not end < expected_close(firm, deal) <= end + firm.p.sales.pull_window:
        return False
    deal.pushed += push
    deal.asked = deal.pushed >= deal.pull_at and firm.now + firm.latency < end
    return deal.asked


@mechanism
def expected_close(firm: Firm, deal: Deal) -> float:
    """The day by which a buyer who has taken so long already decides with even odds, as a rep reckons it."""
    since, median = deal.deciding_since, buyer_days(firm, deal, deal.stage)
    return since + lognormal_left(0.5, median, firm.p.sales.buyer_sigma, firm.now - since)


@mechanism
def approved(firm: Firm, deal: Deal, seat: int, latency: float) -> bool:
    """A discount is approved; False if the buyer has decided by then."""
    record(firm, Kind.DECIDED, deal.id, DISCOUNT, latency)
    if not deal.negotiating:
        return False
    deal.discount, deal.oversold = gives(firm), 1.0
    record(firm, Kind.PULL_AGREED, deal.id, seat, deal.value * deal.discount)
    return True
