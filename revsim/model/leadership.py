"""Leadership: the plan, pressure, revisions, latency, the use of the number, tolerance and trust; pulling forward."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

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
from revsim.model import desk, heroics, history, opportunity
from revsim.model.clock import at, move
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


def end_quarter(firm: Firm, quarter: int) -> None:
    """Books close: what was booked, what was wrong, what is learned; tolerance and trust follow."""
    p, bookings = firm.p.leadership, firm.closed
    desk.note_slips(firm)
    firm.record(Kind.QUARTER_ENDED, quarter, -1, bookings)
    firm.record(Kind.OPEN_AT_END, quarter, -1, float(sum(1 for deal in firm.book if is_open(deal))))
    price_error(firm, quarter, bookings)
    firm.closed = 0.0
    if quarter < LEAD_IN_QUARTERS:  # the pipeline was filling: nobody takes that quarter for the company's own
        history.forget_quarter(firm)
        return
    if bookings > 0.0 and firm.history.past:
        error = abs(firm.day_one - bookings) / bookings
        firm.tolerance = tolerance_next(firm.tolerance, error, p.tolerance_up, p.tolerance_down)
    history.close_quarter(firm, bookings)
    heard = firm.ratchets.heard(firm, bookings)
    firm.level = plan_level(firm.level, p.plan_growth, p.ratchet, heard)


def is_open(deal: Deal) -> bool:
    """Neither won nor lost."""
    return deal.won < 0.0 and deal.left_record < 0.0


def open_quarter(firm: Firm, quarter: int) -> None:
    """The plan is fixed on day one."""
    plan = firm.p.leadership.stretch * firm.level
    firm.record(Kind.PLAN_FROM, quarter, -1, plan)
    if firm.env.now >= firm.p.stress.target_day:
        plan = plan * firm.p.stress.target_factor
    firm.plan = firm.plan_revised = plan
    firm.record(Kind.PLAN, quarter, -1, plan)
    for rep in firm.reps:
        rep.booked = 0.0


def hear(firm: Firm) -> None:
    """What leadership makes of the week's forecast: trust, disagreement, latency, pressure."""
    p = firm.p.leadership
    tolerance = firm.tolerances.heard(firm, firm.tolerance)
    firm.trust = trust_of(tolerance)
    firm.disagreement = firm.disagreements.heard(firm, heroics.reconcile(firm, firm.disagreement, tolerance))
    firm.latency = decision_latency(
        p.latency_base,
        p.latency_disagreement * firm.disagreement,
        p.latency_distrust * (1.0 - firm.trust),
        firm.lever(chosen.RIGHTS),
    )
    firm.record(Kind.LATENCY, firm.week, -1, firm.latency)
    week = firm.week % WEEKS_PER_QUARTER
    gap = gap_to_plan(firm.plan, firm.number)
    target = pressure_target(p.pressure_base, p.pressure_gap, gap, week / (WEEKS_PER_QUARTER - 1))
    firm.pressure = smoothed(firm.pressure, target, p.pressure_weeks)


def use_number(firm: Firm) -> None:
    """Day one: the number decides budget and seats. Later: a move beyond tolerance revises the plan."""
    if firm.week % WEEKS_PER_QUARTER == 0:
        firm.day_one = firm.published = firm.number
        firm.env.process(decide_resources(firm, firm.week // WEEKS_PER_QUARTER))
    elif abs(firm.number - firm.published) > firm.tolerances.heard(firm, firm.tolerance) * firm.plan:
        firm.published = firm.number
        firm.env.process(revise(firm))


def resources_for(firm: Firm, number: float) -> tuple[float, int]:
    """Budget (ratio to reference) and seats that the company would set with this number."""
    p, sales = firm.p.leadership, firm.p.sales
    budget = follow_number(number, firm.level, p.budget_response, BUDGET_LIMIT)
    seats = follow_number(number, firm.level, p.seat_response, p.seat_limit)
    return budget, floor(sales.reps * seats + 0.5)


def decide_resources(firm: Firm, quarter: int) -> Generator[Event, None, None]:
    """Budget and requisitions follow the number, after the decision latency."""
    latency, number = firm.latency, firm.number
    yield at(firm.env, firm.env.now + latency, Kind.DECIDED, quarter)
    firm.record(Kind.DECIDED, quarter, RESOURCES, latency)
    budget, seats = resources_for(firm, number)
    firm.decided = (budget, seats)
    firm.budget = firm.budgets.heard(firm, budget)
    firm.seats_wanted = floor(firm.seats.heard(firm, float(seats)) + 0.5)
    firm.record(Kind.BUDGET, firm.week, -1, firm.budget)
    firm.record(Kind.SEATS, firm.week, -1, float(firm.seats_wanted))


def revise(firm: Firm) -> Generator[Event, None, None]:
    """The plan is revised after the latency; priorities switch and capacity dips in the week after."""
    latency, number, week = firm.latency, firm.number, firm.week
    yield at(firm.env, firm.env.now + latency, Kind.DECIDED, week)
    firm.record(Kind.DECIDED, week, REVISION, latency)
    firm.plan_revised = number
    firm.record(Kind.REVISED, week, -1, number)
    firm.dip_on = firm.week + 1


def price_error(firm: Firm, quarter: int, bookings: float) -> None:
    """Cost of forecast error: resources decided with the number less those that the same rule decides with the truth.

    Excess at cost, shortage at margin.
    """
    p, people = firm.p, firm.p.people
    budget, seats = firm.decided
    right_budget, right_seats = resources_for(firm, bookings)
    money = p.marketing.budget_per_week * WEEKS_PER_QUARTER
    off = (budget - right_budget) * money
    worth = people.margin * bookings * p.marketing.budget_elasticity / money if money > 0.0 else 0.0
    firm.record(Kind.BUDGET_ERROR, quarter, -1, off if off > 0.0 else -off * worth)
    idle = float(seats - right_seats)
    cost = idle * people.seat_cost * WEEKS_PER_QUARTER
    lacking = -idle * people.margin * bookings / p.sales.reps
    firm.record(Kind.SEATS_ERROR, quarter, -1, cost if idle > 0.0 else lacking)


def pull_forward(firm: Firm) -> None:
    """Near the quarter's end reps push deals in the last stage; each gives way at its own threshold, for a discount.

    Pushed is what is expected to close just past the end. What a rep knows is how long the buyer has taken already,
    never the buyer's actual day.
    """
    p, now, end = firm.p.sales, firm.env.now, firm.quarter_end()
    if end - now > p.end_window or p.pull_strength <= 0.0:
        return
    pressed = firm.pressures.heard(firm, firm.pressure)
    push = pull_push(p.pull_strength, firm.pay[1], pressed)
    for deal in firm.book:
        if not deal.negotiating or deal.asked:
            continue
        if not end < opportunity.expected_close(firm, deal) <= end + p.pull_window:
            continue
        deal.pushed += push
        if deal.pushed >= deal.pull_at and now + firm.latency < end:
            deal.asked = True
            firm.env.process(ask_discount(firm, deal, end))


def ask_discount(firm: Firm, deal: Deal, end: float) -> Generator[Event, None, None]:
    """A discount is approved after the latency; if the buyer has not decided by then, the signature comes forward."""
    latency = firm.latency
    yield at(firm.env, firm.env.now + latency, Kind.DECIDED, deal.id)
    firm.record(Kind.DECIDED, deal.id, DISCOUNT, latency)
    if not deal.negotiating:
        return
    deal.discount, deal.oversold = firm.p.sales.pull_discount, 1.0
    firm.record(Kind.PULL_AGREED, deal.id, -1 if deal.rep is None else deal.rep.seat, deal.value * deal.discount)
    now, later = firm.env.now, firm.later(deal)
    day = now + float(firm.buyers(deal).pull_day[deal.row]) * (end - now)
    if later is not None and firm.straddles(day):
        day = firm.fork_at + float(later.pull_day[deal.row]) * (end - firm.fork_at)
    if day < deal.due and deal.event is not None:
        deal.due = day
        deal.event = move(firm.env, deal.event, day, Kind.BUYER_DONE, deal.id)
