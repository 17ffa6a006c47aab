"""The rhythm, and what happens when an event comes. See model/week.py and the processes of model/."""

from __future__ import annotations

from revsim.compiled import contracts, decisions, desk, discounts, handoff, market, opportunity, reps
from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.calendar import ENTITY_BITS, KNOWN, all_at_hand, at, push, take_first, turn
from revsim.compiled.firm import record_known
from revsim.compiled.fork import fork
from revsim.compiled.views import calendar, deals
from revsim.compiled.views import people as seats
from revsim.contract.trace import Kind
from revsim.mechanisms import capacity, definitions, forecasting, handoffs, heroics, leadership, people, remedies
from revsim.mechanisms.market import move_market
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK, QUARTERS_PER_YEAR, WEEKS_PER_QUARTER


@kernel
def announce(firm, week):
    """Schedule the first event of a week, or the end."""
    now = week * DAYS_PER_WEEK
    if week == firm.weeks:
        at(firm, firm.p.span.end, Kind.QUARTER_ENDED, week // WEEKS_PER_QUARTER, -1 - week)
    elif week % WEEKS_PER_QUARTER == 0:
        at(firm, now, Kind.QUARTER_ENDED, week // WEEKS_PER_QUARTER, -1 - week)
    else:
        at(firm, now, Kind.SWEPT, week, -1 - week)


@kernel
def of_week(firm, kind, week):
    """An event of the weekly rhythm; it schedules the next."""
    now = week * DAYS_PER_WEEK
    if kind == Kind.QUARTER_ENDED:
        turn_quarter(firm, week // WEEKS_PER_QUARTER)
        at(firm, now, Kind.SWEPT, week, -1 - week)
    elif kind == Kind.SWEPT:
        firm.week = week
        handoff.sweep(firm)
        reps.sweep(firm)
        desk.sweep(firm)
        at(firm, now, Kind.FORECAST, week, -1 - week)
    elif kind == Kind.FORECAST:
        forecasting.forecast(firm)
        at(firm, now, Kind.FORKED if now == firm.fork_at else Kind.WEEK, week, -1 - week)
    elif kind == Kind.FORKED:
        fork(firm)
        at(firm, now, Kind.WEEK, week, -1 - week)
    else:
        begin_week(firm)
        announce(firm, week + 1)


@kernel
def turn_quarter(firm, quarter):
    """The old quarter ends, the new one begins."""
    now, span = firm.now, firm.p.span
    if quarter > 0:
        leadership.end_quarter(firm, quarter - 1)
    year_before = max(DAYS_PER_QUARTER, span.measured_from - QUARTERS_PER_YEAR * DAYS_PER_QUARTER)
    if now == year_before:
        for seat in range(firm.seats):
            seats(firm)[seat].booked_year = 0.0
    firm.last_warmup_year = year_before <= now < span.measured_from
    if now == span.measured_from:
        people.note_top_performer(firm)
        firm.measured = True
    leadership.open_quarter(firm, quarter)


@kernel
def begin_week(firm):
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


@inlined
def of_deal(firm, kind, place):
    """What a deal has waited for happens."""
    if kind == Kind.WORK_DONE:
        reps.work_done(firm, place)
        opportunity.buyer_decides(firm, place)
    elif kind == Kind.BUYER_DONE:
        opportunity.buyer_done(firm, place)
    elif kind == Kind.PICKED_UP:
        handoff.picked_up(firm, place)
    elif kind == Kind.DESK_DONE:
        desk.desk_done(firm, place)
        if deals(firm)[place].stage < 0:
            handoff.arbitrated(firm, place)
        elif desk.cleared(firm, place):
            reps.do_work(firm, place)
    elif kind == Kind.LOST_TOLD:
        reps.lose(firm, place, Kind.LOST)
    elif kind == Kind.QUALIFIED:
        handoff.arrived(firm, place)
    elif kind == Kind.SETTLED:
        handoff.settled(firm, place)
    else:
        opportunity.signed_now(firm, place)


@kernel
def tell_rest(firm):
    """Rows that are known and would come at the end or after it, by a rounding."""
    heap = calendar(firm)
    all_at_hand(firm)
    while firm.n_calendar > 0:
        first = heap[0]
        firm.now, kind, number = first.time, first.rank >> ENTITY_BITS, first.number
        take_first(firm)
        if kind == KNOWN and number >= 0:
            record_known(firm, number)


@kernel
def weeks(firm):
    """All weeks of the run, or those until it pauses: event after event."""
    heap = calendar(firm)
    while firm.status == 0:
        if firm.n_calendar == 0:
            turn(firm)
        first = heap[0]
        firm.now, rank, what, number = first.time, first.rank, first.what, first.number
        kind = rank >> ENTITY_BITS
        take_first(firm)
        if kind == KNOWN:
            record_known(firm, number)
        elif what < 0:
            week = -1 - what
            if kind == Kind.DECIDED:
                decisions.decided(firm, week)
            elif week == firm.pause_week and kind == firm.pause_kind:
                push(firm, firm.now, rank, number, what)
                firm.ahead_from = firm.n_ahead
                return
            elif week == firm.weeks:
                leadership.end_quarter(firm, week // WEEKS_PER_QUARTER - 1)
                tell_rest(firm)
                return
            else:
                of_week(firm, kind, week)
        elif kind == Kind.DECIDED:
            discounts.discount_decided(firm, what)
        elif deals(firm)[what].token == number:
            of_deal(firm, kind, what)
