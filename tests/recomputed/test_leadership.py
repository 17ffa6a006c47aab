"""Pressure, latency, plan, tolerance and what wrong numbers cost: each from the rows of its week or quarter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.recomputed.company import COMPANIES, RIGHTS, Array, Company, changed, deserted, everything

each = pytest.mark.parametrize("company_of", [*COMPANIES, deserted], ids=lambda f: f.__name__)
Of = Callable[[], Company]


@each
def test_pressure_goes_a_step_towards_what_gap_and_time_make_of_it(company_of: Of) -> None:
    company = company_of()
    p, gone = company.p.leadership, np.tile(np.arange(13) / 12.0, company.weeks // 13)
    short = np.maximum(0.0, 1.0 - company.number / company.plan)
    target = 1.0 - np.exp(-p.pressure_base - p.pressure_gap * short * (1.0 + gone) / 2.0)
    after = company.pressure + (target - company.pressure) / p.pressure_weeks
    assert company.pressure[1:] == pytest.approx(after[:-1], rel=1e-9)
    assert company.pressure[0] == 0.0


@each
def test_latency_is_of_what_leadership_hears_and_of_distrust_as_far_as_rights_are_unclear(company_of: Of) -> None:
    company = company_of()
    p, unclear = company.p.leadership, 1.0 - company.levers_before[:, RIGHTS]
    heard = p.latency_disagreement * company.heard + p.latency_distrust * (1.0 - company.trust)
    assert company.latency == pytest.approx(p.latency_base + heard * unclear, rel=1e-9)
    assert company.by_week(Kind.TRUST)[1:] == pytest.approx(company.trust[:-1], rel=1e-12)


@each
def test_tolerance_goes_up_quickly_and_down_slowly_to_the_error_of_day_one(company_of: Of) -> None:
    company = company_of()
    tolerance = company.tolerance[::13]
    booked, said = company.by_week(Kind.QUARTER_ENDED), company.number[::13]
    nothing = np.where(said > 0.0, 1.0, 0.0)  # of nothing booked all of the number is wrong
    errors = np.abs(np.divide(said, booked, out=1.0 + nothing, where=booked > 0.0) - 1.0)
    expected = tolerance_after(company, errors)
    assert tolerance == pytest.approx(expected, rel=1e-9)
    assert company.tolerance == pytest.approx(np.repeat(tolerance, 13))


def levels(company: Company) -> Array:
    """Expected bookings as planners see them, by quarter: from the second end of a quarter on they follow bookings."""
    p, booked, known = company.p.leadership, company.by_week(Kind.QUARTER_ENDED), [company.p.leadership.opening_level]
    for quarter in range(1, len(booked)):
        seen = (1.0 - p.ratchet) * known[-1] + p.ratchet * booked[quarter - 1] if quarter > 1 else known[-1]
        known.append(
            p.plan_growth * seen if quarter > 1 else seen
        )  # nobody plans by the quarter that filled the pipeline
    return np.array(known)


@each
def test_the_plan_is_stretched_from_a_level_that_ratchets_and_a_stress_tightens_it(company_of: Of) -> None:
    company = company_of()
    plan = company.p.leadership.stretch * levels(company)
    assert company.by_week(Kind.PLAN_FROM) == pytest.approx(plan, rel=1e-9)
    hit = 65.0 * np.arange(len(plan)) >= company.p.stress.target_day
    assert company.by_week(Kind.PLAN) == pytest.approx(np.where(hit, company.p.stress.target_factor, 1.0) * plan)
    assert hit.any() == (company is everything())


def follows(company: Company, number: Array) -> tuple[Array, Array]:
    """Budget and seats that go with a number, by quarter."""
    p, move = company.p.leadership, number / levels(company) - 1.0
    budget = 1.0 + np.clip(p.budget_response * move, -0.5, 0.5)
    seats = company.p.sales.reps * (1.0 + np.clip(p.seat_response * move, -p.seat_limit, p.seat_limit))
    return budget, np.floor(seats + 0.5)


@each
def test_budget_and_seats_are_decided_with_day_one_s_number_a_latency_later(company_of: Of) -> None:
    company = company_of()
    budget, seats = follows(company, company.number[::13])
    rows = company.trace.of(Kind.BUDGET)
    assert rows.value == pytest.approx(budget, rel=1e-9)
    assert company.trace.of(Kind.SEATS).value.tolist() == seats.tolist()
    decided = company.trace.of(Kind.DECIDED)
    decided = decided.where(decided.actor == 0)
    assert decided.entity.tolist() == list(range(len(seats)))
    assert decided.value == pytest.approx(company.latency[::13], rel=1e-12)
    assert rows.time == pytest.approx(65.0 * np.arange(len(seats)) + company.latency[::13], rel=1e-12)


@each
def test_a_wrong_number_costs_what_was_decided_against_what_the_truth_would_have(company_of: Of) -> None:
    """The excess at cost, the shortage at margin."""
    company = company_of()
    p, booked = company.p, company.by_week(Kind.QUARTER_ENDED)
    (budget, seats), (right, needed) = follows(company, company.number[::13]), follows(company, booked)
    spend, margin = 13.0 * p.marketing.budget_per_week, p.people.margin * booked
    over, idle = budget - right, seats - needed
    wasted = np.where(over > 0, over * spend, -over * margin * p.marketing.budget_elasticity)
    assert company.by_week(Kind.BUDGET_ERROR) == pytest.approx(wasted, rel=1e-9)
    wasted = np.where(idle > 0, idle * p.people.seat_cost * 13.0, -idle * margin / p.sales.reps)
    assert company.by_week(Kind.SEATS_ERROR) == pytest.approx(wasted, rel=1e-9)


@each
def test_a_revision_follows_where_the_number_has_moved_beyond_what_is_tolerated(company_of: Of) -> None:
    company, expected, published = company_of(), [], 0.0
    for week, number in enumerate(company.number.tolist()):
        if week % 13 == 0:
            published = number
        elif abs(number - published) > company.tolerance[week] * company.plan[week]:
            published = number
            expected.append((5.0 * week + company.latency[week], week, number))
    end = company.p.span.end
    expected = sorted(row for row in expected if row[0] < end)
    rows = company.trace.of(Kind.REVISED)
    assert rows.entity.tolist() == [week for _, week, _ in expected]
    assert rows.time == pytest.approx([day for day, _, _ in expected], rel=1e-12)
    assert rows.value == pytest.approx([number for _, _, number in expected], rel=1e-12)


def tolerance_after(company: Company, errors: Array) -> list[float]:
    """Tolerance by quarter from the errors of day one; a lead-in teaches nothing, nor a quarter without any history."""
    p = company.p.leadership
    found = [p.tolerance_start] * 3
    for error in errors[2:-1]:
        share = p.tolerance_up if error > found[-1] else p.tolerance_down
        found.append(min(1.0, found[-1] + share * (error - found[-1])))
    return found


def test_where_nothing_is_booked_a_full_ratchet_keeps_the_plan() -> None:
    """Nobody plans for nothing."""
    company = changed({"world.demand.inquiries_per_week": 0.01, "world.leadership.ratchet": 1, "calendar.quarters": 3})
    level, growth = company.p.leadership.opening_level, company.p.leadership.plan_growth
    assert not company.by_week(Kind.QUARTER_ENDED).any()
    expected = company.p.leadership.stretch * level * growth ** np.array([0, 0, 1, 2, 3])
    assert company.by_week(Kind.PLAN_FROM) == pytest.approx(expected, rel=1e-9)
    # a number for a quarter in which nothing was booked was all of it wrong, none was not
    said, tolerance = company.number[::13], company.tolerance[::13]
    wrong = np.where(said > 0.0, 1.0, 0.0)
    expected = tolerance_after(company, wrong)
    assert tolerance == pytest.approx(expected[: len(tolerance)])
    assert wrong.any()


def test_a_company_without_a_budget_wastes_none() -> None:
    company = changed({"world.marketing.budget_per_week": 0})
    assert not company.by_week(Kind.BUDGET_ERROR).any()
    assert company.by_week(Kind.QUARTER_ENDED).any()
