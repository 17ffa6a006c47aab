"""Leadership. See model/leadership.py."""

from __future__ import annotations

from math import floor

from revsim.compiled import desk, heroics, history, opportunity
from revsim.compiled._kernel import kernel
from revsim.compiled.calendar import at, wait_until
from revsim.compiled.firm import quarter_end, record
from revsim.compiled.luck import PULL_DAY, now_of
from revsim.compiled.signal import heard
from revsim.compiled.views import (
    BUDGETS,
    DISAGREEMENTS,
    PRESSURES,
    RATCHETS,
    SEATS,
    TOLERANCES,
    book,
    deals,
    numbers,
    people,
)  # fmt: skip
from revsim.contract import chosen
from revsim.contract.constants import BUDGET_LIMIT, DISCOUNT, RESOURCES, REVISION
from revsim.contract.parameters import LEAD_IN_QUARTERS
from revsim.contract.trace import Kind
from revsim.formulas.leadership import (
    decision_latency,
    follow_number,
    gap_to_plan,
    plan_level,
    pressure_target,
    smoothed,
    tolerance_next,
    trust_of,
)
from revsim.formulas.timing import pull_push
from revsim.units import WEEKS_PER_QUARTER

RIGHTS = chosen.RIGHTS


@kernel
def end_quarter(firm, quarter):
    """Books close: what was booked, what was wrong, what is learned; tolerance and trust follow."""
    p, bookings = firm.p.leadership, firm.closed
    desk.note_slips(firm)
    record(firm, Kind.QUARTER_ENDED, quarter, -1, bookings)
    still_open = 0
    for k in range(firm.n_book):
        deal = deals(firm)[book(firm)[k]]
        still_open += deal.won < 0.0 and deal.left_record < 0.0
    record(firm, Kind.OPEN_AT_END, quarter, -1, float(still_open))
    price_error(firm, quarter, bookings)
    firm.closed = 0.0
    if quarter < LEAD_IN_QUARTERS:
        history.forget_quarter(firm)
        return
    if bookings > 0.0 and firm.n_past > 0:
        error = abs(firm.day_one - bookings) / bookings
        firm.tolerance = tolerance_next(firm.tolerance, error, p.tolerance_up, p.tolerance_down)
    history.close_quarter(firm, bookings)
    heard_bookings = heard(firm, RATCHETS, bookings)
    firm.level = plan_level(firm.level, p.plan_growth, p.ratchet, heard_bookings)


@kernel
def open_quarter(firm, quarter):
    """The plan is fixed on day one."""
    plan = firm.p.leadership.stretch * firm.level
    record(firm, Kind.PLAN_FROM, quarter, -1, plan)
    if firm.now >= firm.p.stress.target_day:
        plan = plan * firm.p.stress.target_factor
    firm.plan = firm.plan_revised = plan
    record(firm, Kind.PLAN, quarter, -1, plan)
    for seat in range(firm.seats):
        people(firm)[seat].booked = 0.0


@kernel
def hear(firm):
    """What leadership makes of the week's forecast: trust, disagreement, latency, pressure."""
    p = firm.p.leadership
    tolerance = heard(firm, TOLERANCES, firm.tolerance)
    firm.trust = trust_of(tolerance)
    firm.disagreement = heard(firm, DISAGREEMENTS, heroics.reconcile(firm, firm.disagreement, tolerance))
    firm.latency = decision_latency(
        p.latency_base,
        p.latency_disagreement * firm.disagreement,
        p.latency_distrust * (1.0 - firm.trust),
        firm.levers[RIGHTS],
    )
    record(firm, Kind.LATENCY, firm.week, -1, firm.latency)
    week = firm.week % WEEKS_PER_QUARTER
    gap = gap_to_plan(firm.plan, firm.number)
    target = pressure_target(p.pressure_base, p.pressure_gap, gap, week / (WEEKS_PER_QUARTER - 1))
    firm.pressure = smoothed(firm.pressure, target, p.pressure_weeks)


@kernel
def use_number(firm):
    """Day one: the number decides budget and seats. Later: a move beyond tolerance revises the plan."""
    if firm.week % WEEKS_PER_QUARTER == 0:
        firm.day_one = firm.published = firm.number
        ask(firm, firm.week // WEEKS_PER_QUARTER)
    elif abs(firm.number - firm.published) > heard(firm, TOLERANCES, firm.tolerance) * firm.plan:
        firm.published = firm.number
        ask(firm, firm.week)


@kernel
def ask(firm, entity):
    """A decision with this week's number is taken after this week's latency."""
    numbers(firm.at_asked_latency, firm.weeks)[firm.week] = firm.latency
    numbers(firm.at_asked_number, firm.weeks)[firm.week] = firm.number
    at(firm, firm.now + firm.latency, Kind.DECIDED, entity, -1 - firm.week)


@kernel
def decided(firm, week):
    """DECIDED: what was asked in a week."""
    if week % WEEKS_PER_QUARTER == 0:
        decide_resources(firm, week)
    else:
        revise(firm, week)


@kernel
def budget_for(firm, number):
    """Budget (ratio to reference) that the company would set with this number."""
    return follow_number(number, firm.level, firm.p.leadership.budget_response, BUDGET_LIMIT)


@kernel
def seats_for(firm, number):
    """Seats that the company would set with this number."""
    p = firm.p.leadership
    seats = follow_number(number, firm.level, p.seat_response, p.seat_limit)
    return int(floor(firm.p.sales.reps * seats + 0.5))


@kernel
def decide_resources(firm, week):
    """Budget and requisitions follow the number, after the decision latency."""
    latency = numbers(firm.at_asked_latency, firm.weeks)[week]
    number = numbers(firm.at_asked_number, firm.weeks)[week]
    record(firm, Kind.DECIDED, week // WEEKS_PER_QUARTER, RESOURCES, latency)
    firm.decided_budget, firm.decided_seats = budget_for(firm, number), seats_for(firm, number)
    firm.budget = heard(firm, BUDGETS, firm.decided_budget)
    firm.seats_wanted = int(floor(heard(firm, SEATS, float(firm.decided_seats)) + 0.5))
    record(firm, Kind.BUDGET, firm.week, -1, firm.budget)
    record(firm, Kind.SEATS, firm.week, -1, float(firm.seats_wanted))


@kernel
def revise(firm, week):
    """The plan is revised after the latency; priorities switch and capacity dips in the week after."""
    number = numbers(firm.at_asked_number, firm.weeks)[week]
    record(firm, Kind.DECIDED, week, REVISION, numbers(firm.at_asked_latency, firm.weeks)[week])
    firm.plan_revised = number
    record(firm, Kind.REVISED, week, -1, number)
    firm.dip_on = float(firm.week + 1)


@kernel
def price_error(firm, quarter, bookings):
    """Cost of forecast error: resources decided with the number less those by the same rule with the truth."""
    p, prices = firm.p, firm.p.people
    money = p.marketing.budget_per_week * WEEKS_PER_QUARTER
    off = (firm.decided_budget - budget_for(firm, bookings)) * money
    worth = prices.margin * bookings * p.marketing.budget_elasticity / money if money > 0.0 else 0.0
    record(firm, Kind.BUDGET_ERROR, quarter, -1, off if off > 0.0 else -off * worth)
    idle = float(firm.decided_seats - seats_for(firm, bookings))
    cost = idle * prices.seat_cost * WEEKS_PER_QUARTER
    lacking = -idle * prices.margin * bookings / p.sales.reps
    record(firm, Kind.SEATS_ERROR, quarter, -1, cost if idle > 0.0 else lacking)


@kernel
def pull_forward(firm):
    """Near the quarter's end reps push deals in the last stage; each gives way at its own threshold, for a discount."""
    p, now, end, many = firm.p.sales, firm.now, quarter_end(firm), deals(firm)
    if end - now > p.end_window or p.pull_strength <= 0.0:
        return
    pressed = heard(firm, PRESSURES, firm.pressure)
    push = pull_push(p.pull_strength, firm.pay[1], pressed)
    for k in range(firm.n_book):
        place = book(firm)[k]
        deal = many[place]
        if not deal.negotiating or deal.asked:
            continue
        if not end < opportunity.expected_close(firm, deal) <= end + p.pull_window:
            continue
        deal.pushed += push
        if deal.pushed >= deal.pull_at and now + firm.latency < end:
            deal.asked = True
            deal.asked_latency = firm.latency
            at(firm, now + firm.latency, Kind.DECIDED, deal.id, place)


@kernel
def discount_decided(firm, place):
    """DECIDED: a discount is approved; if the buyer has not decided by then, the signature comes forward."""
    deal, now, end = deals(firm)[place], firm.now, quarter_end(firm)
    record(firm, Kind.DECIDED, deal.id, DISCOUNT, deal.asked_latency)
    if not deal.negotiating:
        return
    deal.discount, deal.oversold = firm.p.sales.pull_discount, 1.0
    record(firm, Kind.PULL_AGREED, deal.id, deal.rep, deal.value * deal.discount)
    day = now + now_of(firm, deal, PULL_DAY, 0) * (end - now)
    if day < deal.due and deal.token >= 0:
        deal.due = day
        wait_until(firm, place, day, Kind.BUYER_DONE)
