"""The rhythm: what happens at the start of every week and quarter, in this order.

QUARTER_ENDED  books close, the company learns, the plan is set     (first week of a quarter)
SWEPT          who has run out of patience leaves every queue
FORECAST       the week's number, from the state so far
FORKED         a continuation takes the second luck from here
WEEK           what leadership hears and decides; remedies; market; drift; people; hours; renewals; inquiries; pulls
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import Kind
from revsim.mechanisms import capacity, definitions, forecasting, handoffs, heroics, leadership, people, remedies
from revsim.mechanisms.market import move_market
from revsim.model import contracts, desk, discounts, handoff, market, reps
from revsim.model.clock import at
from revsim.model.fork import fork
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK, QUARTERS_PER_YEAR, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.model.firm import Firm


def weeks(firm: Firm) -> Generator[Event, None, None]:
    """All weeks of the run."""
    for week in range(firm.p.span.weeks):
        now = week * DAYS_PER_WEEK
        quarter = week // WEEKS_PER_QUARTER
        if week % WEEKS_PER_QUARTER == 0:
            yield at(firm.env, now, Kind.QUARTER_ENDED, quarter)
            turn_quarter(firm, quarter)
        yield at(firm.env, now, Kind.SWEPT, week)
        firm.week = week
        handoff.sweep(firm)
        reps.sweep(firm)
        desk.sweep(firm)
        yield at(firm.env, now, Kind.FORECAST, week)
        forecasting.forecast(firm)
        if now == firm.fork_at:
            yield at(firm.env, now, Kind.FORKED, week)
            fork(firm)
        yield at(firm.env, now, Kind.WEEK, week)
        begin_week(firm)
    yield at(firm.env, firm.p.span.end, Kind.QUARTER_ENDED, firm.p.span.weeks // WEEKS_PER_QUARTER)
    leadership.end_quarter(firm, firm.p.span.weeks // WEEKS_PER_QUARTER - 1)


def turn_quarter(firm: Firm, quarter: int) -> None:
    """The old quarter ends, the new one begins."""
    now, span = firm.now, firm.p.span
    if quarter > 0:
        leadership.end_quarter(firm, quarter - 1)
    year_before = max(DAYS_PER_QUARTER, span.measured_from - QUARTERS_PER_YEAR * DAYS_PER_QUARTER)
    if now == year_before:
        for rep in firm.reps:
            rep.booked_year = 0.0
    firm.last_warmup_year = year_before <= now < span.measured_from
    if now == span.measured_from:
        people.note_top_performer(firm)
        firm.measured = True
    leadership.open_quarter(firm, quarter)


def begin_week(firm: Firm) -> None:
    """Everything that holds for the week is set, and what is known of it happens."""
    remedies.start_due(firm)
    heroics.open_week(firm)
    leadership.hear(firm)
    leadership.use_number(firm)
    remedies.build(firm)
    remedies.agree(firm)
    remedies.own(firm)
    move_market(firm)
    definitions.drift(firm)
    definitions.review(firm)
    definitions.reset(firm)
    if firm.p.stress.leaves_day <= firm.now < firm.p.stress.leaves_day + DAYS_PER_WEEK:
        people.top_performer_leaves(firm)
    people.live_a_week(firm)
    if firm.week % WEEKS_PER_QUARTER == 0:
        people.choose_heroes(firm)
    capacity.set_record_lag(firm)
    capacity.share_out(firm)
    contracts.week_of_renewals(firm)
    handoffs.set_follow_up(firm)
    market.week_of_inquiries(firm)
    discounts.pull_forward(firm)
