"""The rhythm: what a quarter's turn and a week's start are made of, in this order; when, each engine's week.py says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import REP
from revsim.mechanisms import capacity, definitions, handoffs, heroics, leadership, leavers, market, people, remedies
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import pull_forward, renew_contracts, take_inquiries, team
from revsim.units import DAYS_PER_QUARTER, QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm


@mechanism
def turn_quarter(firm: Firm, quarter: int) -> None:
    """The old quarter ends, the new one begins."""
    now, span = firm.now, firm.p.span
    if quarter > 0:
        leadership.end_quarter(firm, quarter - 1)
    year_before = max(DAYS_PER_QUARTER, span.measured_from - QUARTERS_PER_YEAR * DAYS_PER_QUARTER)
    if now == year_before:
        for rep in team(firm, REP):
            rep.booked_year = 0.0
    firm.last_warmup_year = year_before <= now < span.measured_from
    if now == span.measured_from:
        leavers.note_leavers(firm)
        firm.measured = True
    leadership.open_quarter(firm, quarter)


@mechanism
def begin_week(firm: Firm) -> None:
    """Everything that holds for the week is set, and what is known of it happens."""
    remedies.start_due(firm)
    heroics.open_week(firm)
    leadership.hear(firm)
    leadership.use_number(firm)
    remedies.build(firm)
    remedies.agree(firm)
    remedies.own(firm)
    market.move_market(firm)
    definitions.drift(firm)
    definitions.review(firm)
    definitions.reset(firm)
    leavers.strike(firm)
    people.live_a_week(firm)
    if firm.week % WEEKS_PER_QUARTER == 0:
        people.choose_heroes(firm)
    capacity.set_record_lag(firm)
    capacity.share_out(firm)
    renew_contracts(firm)
    handoffs.set_follow_up(firm)
    take_inquiries(firm)
    pull_forward(firm)
