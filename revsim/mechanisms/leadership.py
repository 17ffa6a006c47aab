"""Leadership: the plan, pressure, revisions, latency, the use of the number, tolerance and trust.

trust, latency, pressure     each week, from tolerance, disagreement and the gap to plan    formulas/leadership.py
budget, seats                on day one of a quarter, after the latency, from the number
revision                     when the number moves by more than tolerance times plan
error's cost                 excess at cost, shortage at margin                             currency a quarter
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import BUDGET_LIMIT, REP, RESOURCES, REVISION
from revsim.contract.parameters import LEAD_IN_QUARTERS
from revsim.contract.trace import Kind
from revsim.formulas.leadership import (
    day_one_error,
    decision_latency,
    follow_number,
    gap_to_plan,
    plan_level,
    pressure_target,
    smoothed,
    tolerance_next,
    trust_of,
)
from revsim.mechanisms import heroics, history
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import (
    count_open,
    decide_later,
    forget_quarter,
    note_slips,
    quarters_learned,
    record,
    team,
)
from revsim.mechanisms.signal import BUDGETS, DISAGREEMENTS, RATCHETS, SEATS, TOLERANCES, heard
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm


@mechanism
def end_quarter(firm: Firm, quarter: int) -> None:
    """Books close: what was booked, what was wrong, what is learned; tolerance and trust follow."""
    p, bookings = firm.p.leadership, firm.closed
    note_slips(firm)
    record(firm, Kind.QUARTER_ENDED, quarter, -1, bookings)
    record(firm, Kind.OPEN_AT_END, quarter, -1, float(count_open(firm)))
    price_error(firm, quarter, bookings)
    firm.closed = 0.0
    if quarter < LEAD_IN_QUARTERS:  # the pipeline was filling: nobody takes that quarter for the company's own
        forget_quarter(firm)
        return
    if quarters_learned(firm) > 0:
        error = day_one_error(firm.day_one, bookings)
        firm.tolerance = tolerance_next(firm.tolerance, error, p.tolerance_up, p.tolerance_down)
    history.close_quarter(firm, bookings)
    firm.level = plan_level(firm.level, p.plan_growth, p.ratchet, heard(firm, RATCHETS, bookings))


@mechanism
def open_quarter(firm: Firm, quarter: int) -> None:
    """The plan is fixed on day one."""
    plan = firm.p.leadership.stretch * firm.level
    record(firm, Kind.PLAN_FROM, quarter, -1, plan)
    if firm.now >= firm.p.stress.target_day:
        plan = plan * firm.p.stress.target_factor
    firm.plan = firm.plan_revised = plan
    record(firm, Kind.PLAN, quarter, -1, plan)
    for rep in team(firm, REP):
        rep.booked = 0.0


@mechanism
def hear(firm: Firm) -> None:
    """What leadership makes of the week's forecast: trust, disagreement, latency, pressure."""
    p = firm.p.leadership
    tolerance = heard(firm, TOLERANCES, firm.tolerance)
    firm.trust = trust_of(tolerance)
    firm.disagreement = heard(firm, DISAGREEMENTS, heroics.reconcile(firm, firm.disagreement, tolerance))
    firm.latency = decision_latency(
        p.latency_base,
        p.latency_disagreement * firm.disagreement,
        p.latency_distrust * (1.0 - firm.trust),
        firm.levers[chosen.RIGHTS],
    )
    record(firm, Kind.LATENCY, firm.week, -1, firm.latency)
    gone = firm.week % WEEKS_PER_QUARTER / (WEEKS_PER_QUARTER - 1)
    target = pressure_target(p.pressure_base, p.pressure_gap, gap_to_plan(firm.plan, firm.number), gone)
    firm.pressure = smoothed(firm.pressure, target, p.pressure_weeks)


@mechanism
def use_number(firm: Firm) -> None:
    """Day one: the number decides budget and seats. Later: a move beyond tolerance revises the plan."""
    if firm.week % WEEKS_PER_QUARTER == 0:
        firm.day_one = firm.published = firm.number
        decide_later(firm, firm.week // WEEKS_PER_QUARTER)
    elif abs(firm.number - firm.published) > heard(firm, TOLERANCES, firm.tolerance) * firm.plan:
        firm.published = firm.number
        decide_later(firm, firm.week)


@mechanism
def decided(firm: Firm, week: int, latency: float, number: float) -> None:
    """What was asked for in a week, with that week's number, is decided after that week's latency."""
    if week % WEEKS_PER_QUARTER == 0:
        record(firm, Kind.DECIDED, week // WEEKS_PER_QUARTER, RESOURCES, latency)
        decide_resources(firm, number)
    else:
        record(firm, Kind.DECIDED, week, REVISION, latency)
        revise(firm, week, number)


@mechanism
def decide_resources(firm: Firm, number: float) -> None:
    """Budget and requisitions follow the number."""
    firm.decided_budget, firm.decided_seats = budget_for(firm, number), seats_for(firm, number)
    firm.budget = heard(firm, BUDGETS, firm.decided_budget)
    firm.seats_wanted = int(floor(heard(firm, SEATS, float(firm.decided_seats)) + 0.5))
    record(firm, Kind.BUDGET, firm.week, -1, firm.budget)
    record(firm, Kind.SEATS, firm.week, -1, float(firm.seats_wanted))


@mechanism
def revise(firm: Firm, week: int, number: float) -> None:
    """The plan is the number; priorities switch and capacity dips in the week after."""
    firm.plan_revised = number
    record(firm, Kind.REVISED, week, -1, number)
    firm.dip_on = float(firm.week + 1)


@mechanism
def budget_for(firm: Firm, number: float) -> float:
    """Budget (ratio to reference) that the company would set with this number."""
    return follow_number(number, firm.level, firm.p.leadership.budget_response, BUDGET_LIMIT)


@mechanism
def seats_for(firm: Firm, number: float) -> int:
    """Seats that the company would set with this number."""
    p = firm.p.leadership
    return int(floor(firm.p.sales.reps * follow_number(number, firm.level, p.seat_response, p.seat_limit) + 0.5))


@mechanism
def price_error(firm: Firm, quarter: int, bookings: float) -> None:
    """Cost of forecast error: resources decided with the number less those that the same rule decides with the truth.

    Excess at cost, shortage at margin.
    """
    p, prices = firm.p, firm.p.people
    money = p.marketing.budget_per_week * WEEKS_PER_QUARTER
    off = (firm.decided_budget - budget_for(firm, bookings)) * money
    worth = prices.margin * bookings * p.marketing.budget_elasticity / money if money > 0.0 else 0.0
    record(firm, Kind.BUDGET_ERROR, quarter, -1, off if off > 0.0 else -off * worth)
    idle = float(firm.decided_seats - seats_for(firm, bookings))
    cost = idle * prices.seat_cost * WEEKS_PER_QUARTER
    lacking = -idle * prices.margin * bookings / p.sales.reps
    record(firm, Kind.SEATS_ERROR, quarter, -1, cost if idle > 0.0 else lacking)
