"""The rhythm, and what happens when an event comes. See model/week.py and the processes of model/."""

from __future__ import annotations

from revsim.compiled import decisions, desk, discounts, handoff, opportunity, reps
from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.calendar import ENTITY_BITS, KNOWN, all_at_hand, at, push, take_first, turn
from revsim.compiled.firm import record_known
from revsim.compiled.fork import fork
from revsim.compiled.views import calendar, deals
from revsim.contract.trace import Kind
from revsim.mechanisms.forecasting import forecast
from revsim.mechanisms.leadership import end_quarter
from revsim.mechanisms.week import begin_week, turn_quarter
from revsim.units import DAYS_PER_WEEK, WEEKS_PER_QUARTER


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
        forecast(firm)
        at(firm, now, Kind.FORKED if now == firm.fork_at else Kind.WEEK, week, -1 - week)
    elif kind == Kind.FORKED:
        fork(firm)
        at(firm, now, Kind.WEEK, week, -1 - week)
    else:
        begin_week(firm)
        announce(firm, week + 1)


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
                end_quarter(firm, week // WEEKS_PER_QUARTER - 1)
                tell_rest(firm)
                return
            else:
                of_week(firm, kind, week)
        elif kind == Kind.DECIDED:
            discounts.discount_decided(firm, what)
        elif deals(firm)[what].token == number:
            of_deal(firm, kind, what)
