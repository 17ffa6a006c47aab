"""Design, coordination and ownership of every week, recomputed from the rows of the week before."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.recomputed.company import CADENCE, COMPANIES, VIEW, Array, Company, changed, everything, ordinary

HALF_LIVES = ("definition",) * 2 + ("handoff",) * 3 + ("incentive",) * 3 + ("view",) + ("governance",) * 3
PARTS_OF_ONE = np.array([1.0] * 9 + [1.0 / 3.0] * 3)  # governance is priced whole, and is three levers
DIAL = np.array([1.0] * 9 + [-1.0 / 22.0] + [1.0] * 2)  # half-yearly to monthly reviews, 22 weeks, is the whole dial

each = pytest.mark.parametrize("company_of", COMPANIES, ids=lambda f: f.__name__)
Of = Callable[[], Company]


def goals(company: Company) -> Array:
    """Where each lever is built to, (weeks, 12)."""
    today, wanted = (np.array(c.design.levers) for c in (company.p.today, company.p.chosen))
    reach = min(1.0, company.p.stress.stall_at_share)
    goal = np.tile(today, (company.weeks, 1))
    goal[company.begun(0) :] = today + reach * (wanted - today)
    return goal


def in_force(company: Company, name: str) -> Array:
    """A number of design that holds from its start on, today's before."""
    known = np.full(company.weeks, getattr(company.p.today.design, name))
    known[company.begun(0) :] = getattr(company.p.chosen.design, name)
    return known


def steps(company: Company) -> tuple[Array, Array]:
    """Levers after a week of building, and after a week without full governance, (weeks, 12) each."""
    p, before = company.p, company.levers_before
    pressed = np.append(company.pressure[1:], np.nan)  # the week's own, which its forecast does not know yet
    speed = np.exp(-p.remedies.build_pressure * pressed * (1.0 - in_force(company, "sponsored")))
    halves = np.array([getattr(p.remedies, f"{name}_half_life") for name in HALF_LIVES])
    built = before + (goals(company) - before) * (1.0 - 0.5 ** (speed[:, None] / halves))
    rare = np.clip((before[:, CADENCE] - 4.0) / (p.definitions.review_weeks - 4.0), 0.0, 1.0)
    left = np.exp(-in_force(company, "decay") * rare / 52.0)
    today = np.array(p.today.design.levers)
    return built, today + (built - today) * left[:, None]


@each
def test_every_lever_of_every_week_is_built_and_decays_from_the_week_before(company_of: Of) -> None:
    company = company_of()
    _, levels = steps(company)
    assert company.levers[:-1] == pytest.approx(levels[:-1], rel=1e-9)


def test_the_levers_that_are_built_do_move() -> None:
    assert (np.ptp(everything().levers, axis=0) > 0.05).all()
    assert not np.ptp(ordinary().levers, axis=0).any()


def test_design_costs_what_is_built_and_a_share_a_year_of_what_stands() -> None:
    company = everything()
    r, today = company.p.remedies, np.array(company.p.today.design.levers)
    price = np.array([getattr(r, f"{name}_build") for name in HALF_LIVES]) * PARTS_OF_ONE
    built, levels = steps(company)
    new = np.maximum(0.0, DIAL * (built - company.levers_before))
    stands = np.maximum(0.0, DIAL * (levels - today))
    expected = new @ price + stands @ price * r.running_share / 52.0
    assert company.sums(Kind.DESIGN_COST, -1)[:-1] == pytest.approx(expected[:-1], rel=1e-9)
    assert expected[company.begun(0)] > 0.0


def unbuilt(company: Company) -> Array:
    """Mean share of the twelve dials that is still to be built, (weeks,)."""
    return np.abs(DIAL * (goals(company) - company.levers)).sum(axis=1) / 12.0


@pytest.mark.parametrize("half_life", [None, 0.4], ids=["building", "built"])
def test_sponsors_give_their_hours_while_more_than_a_fiftieth_is_left_to_build(half_life: float | None) -> None:
    quick = {f"world.remedies.{name}_half_life": half_life for name in set(HALF_LIVES)}
    ways = {"design.owned_handoffs": 0.9, "design.sponsored": 0.5, "world.remedies.build_pressure": 0}
    company = changed({**ways, **(quick if half_life else {}), "design.decay": 0})
    active = np.arange(company.weeks) >= company.begun(0)
    hours = np.where(active & (unbuilt(company) > 0.02), 6.0 * 0.5, 0.0)
    assert company.sums(Kind.DESIGN_HOURS, 3) == pytest.approx(hours)
    assert (hours[-1] > 0) == (half_life is None)


def signed(company: Company) -> Array:
    return company.by_week(Kind.COMPLIANCE)


@each
def test_compliance_is_renewed_on_its_day_less_each_time_and_fades_faster_under_pressure(company_of: Of) -> None:
    company = company_of()
    p, start = company.p, company.begun(1)
    pressed = np.append(company.pressure[1:], 0.0)
    compliance, agreements, last = 0.0, 0, -np.inf
    expected, agreed = [], []
    for week in range(company.weeks):
        c = p.chosen.coordination if week >= start else p.today.coordination
        agreements = 0 if week == start and c != p.today.coordination._replace(start=c.start) else agreements
        first = c.agreement_level > 0 and not agreements
        if first or (c.agreement_renew_weeks and agreements and week - last >= c.agreement_renew_weeks):
            compliance, agreements, last = c.agreement_level * c.reset_habituation**agreements, agreements + 1, week
            agreed.append((week, compliance))
        else:
            compliance *= 0.5 ** ((1.0 + p.remedies.agreement_pressure * pressed[week]) / c.agreement_half_life)
        expected.append(compliance)
    assert signed(company)[:-1] == pytest.approx(expected[:-1], rel=1e-9)
    rows = company.trace.of(Kind.AGREED)
    assert rows.entity.tolist() == [week for week, _ in agreed]
    assert rows.value == pytest.approx([value for _, value in agreed], rel=1e-9)


@each
def test_ownership_comes_from_design_meetings_that_are_attended_and_agreements_that_are_kept(company_of: Of) -> None:
    company = company_of()
    p, week = company.p, np.arange(company.weeks)
    hours = np.where(week >= company.begun(1), p.chosen.coordination.meetings, p.today.coordination.meetings)
    attended = 1.0 - p.leadership.meeting_pressure * np.append(company.pressure[1:], np.nan)
    meetings = p.remedies.meeting_lift * (1.0 - 0.5 ** (hours / p.remedies.meeting_half_hours)) * attended
    kept = p.remedies.agreement_lift * signed(company)
    lacking = (1.0 - company.levers[:, 2:5]) * ((1.0 - meetings) * (1.0 - kept))[:, None]
    assert company.ownership[:-1] == pytest.approx(1.0 - lacking[:-1], rel=1e-9)
    assert company.levers[:, VIEW].min() > 0.0
