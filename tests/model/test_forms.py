"""Forms that a moved number alone would not pin: what a wrong number costs, coaching, tired analysts, late losses."""

from __future__ import annotations

from math import exp, floor, log, log1p, sqrt
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.trace import PLACES, Kind, Trace
from revsim.mechanisms.signal import Signal, heard
from tests.model.looking import QUARTER, quiet, weekly
from tests.tiny import luck_for, run, tiny

STEADY_PLAN = {
    "world.leadership.ratchet": 0,
    "world.leadership.plan_growth": 1,
    "world.leadership.seat_response": 1,
    "world.leadership.seat_limit": 0.4,
}


def decided(told: float, p: Parameters) -> tuple[float, int]:
    """Budget and seats that follow from a number where the plan's level stays."""
    move = told / p.leadership.opening_level - 1.0
    budget = 1.0 + min(max(p.leadership.budget_response * move, -0.5), 0.5)
    seats = 1.0 + min(max(move, -p.leadership.seat_limit), p.leadership.seat_limit)
    return budget, floor(p.sales.reps * seats + 0.5)


def test_a_wrong_number_costs_its_excess_at_cost_and_its_shortage_at_margin() -> None:
    short_of_budget = short_of_seats = 0
    for replication in range(6):
        scenario = tiny({**STEADY_PLAN, "world.leadership.opening_level": 300_000})
        p, trace = parameters_of(scenario), run(scenario, replication=replication)
        spend = p.marketing.budget_per_week * 13
        number, closed = weekly(trace, Kind.FORECAST)[::13], weekly(trace, Kind.QUARTER_ENDED)
        budget_error, seats_error = weekly(trace, Kind.BUDGET_ERROR), weekly(trace, Kind.SEATS_ERROR)
        for quarter in range(len(closed)):
            (budget, seats), (right, needed) = decided(number[quarter], p), decided(closed[quarter], p)
            excess, idle = (budget - right) * spend, seats - needed
            margin = p.people.margin * closed[quarter]
            cost = excess if excess > 0 else -excess / spend * margin * p.marketing.budget_elasticity
            assert budget_error[quarter] == pytest.approx(cost, rel=1e-9)
            assert seats_error[quarter] == pytest.approx(
                idle * p.people.seat_cost * 13 if idle > 0 else -idle * margin / p.sales.reps, rel=1e-9
            )
            short_of_budget += excess < 0
            short_of_seats += idle < 0
        assert (budget_error >= 0).all()
    assert short_of_budget > 0
    assert short_of_seats > 0


def test_reps_are_slower_by_the_coaching_that_their_managers_have_no_hours_for() -> None:
    taken = {
        "world.loops.hours": "closed",
        "world.reconciliation.pair_hours": 100,
        "world.reconciliation.operations_share": 0,
        "world.reconciliation.managers_share": 1,
        "world.reconciliation.cap": 0.4,
        "world.today.design.one_view_of_data": 0,
        "world.sales.exit_hazard": 0,
        "world.today.coordination.meetings": 0,
    }
    first = []
    for coaching in (0.0, 0.25):
        done = run(quiet({**taken, "world.people.coaching": coaching})).of(Kind.WORK_DONE)
        first.append(done.value[0])
    assert first[1] / first[0] == pytest.approx(1.0 / (1.0 - 0.25 * 0.4), rel=1e-9)


def test_an_analyst_who_bridges_has_fewer_hours_and_less_output_when_tired() -> None:
    pool = {
        "world.loops.energy": "closed",
        "world.today.heroics.capacity": 0.5,
        "world.people.hero_value_bar": 0,
        "world.people.hero_share": 1,
        "world.desk.rework": 0.6,
        "world.today.design.one_view_of_data": 0,
        "world.people.drain_weeks": 0.8,
        "world.sales.exit_hazard": 0,
        "world.today.coordination.meetings": 0,
    }
    trace = run(quiet(pool))
    heroes, bridged = trace.of(Kind.HERO), trace.of(Kind.BRIDGED)
    tired = heroes.where(heroes.actor == 2)
    energy = {int(time // 5): x for time, x in zip(tired.time, tired.value, strict=True)}
    mine = bridged.where(bridged.actor >= 2 * PLACES)
    spent = np.bincount((mine.time // 5).astype(int), weights=mine.value, minlength=52)
    hours = weekly(trace, Kind.DESK_HOURS)
    assert min(energy.values()) < 0.9
    for week in range(1, 52):
        kept = 1.0 - min(spent[week - 1] / 30.0, 0.8)
        assert hours[week] == pytest.approx(30.0 * kept * sqrt(energy.get(week, 1.0)), rel=1e-9)


def test_a_loss_is_told_later_by_its_own_share_of_the_buyer_s_time() -> None:
    scenario = quiet({"world.buyers.lost_factor": 1.8})
    p, trace = parameters_of(scenario), run(scenario)
    u = luck_for(p).own.lost_time
    decided = {
        int(entity): (time, int(stage))
        for entity, time, stage in zip(
            *(getattr(trace.of(Kind.BUYER_DONE), field) for field in ("entity", "time", "value")), strict=True
        )
    }
    lost = trace.of(Kind.LOST)
    own = lost.where(lost.entity < len(u))
    assert len(own.time) > 20
    for entity, time in zip(own.entity.tolist(), own.time.tolist(), strict=True):
        asked, stage = decided[entity]
        assert time - asked == pytest.approx(-0.8 * p.sales.stage_buyer[stage] * log1p(-u[entity]), rel=1e-6, abs=1e-9)


PULLS = {
    "world.sales.pull_strength": 2.5,
    "world.sales.pull_window": 20,
    "world.leadership.stretch": 2.0,
    "world.loops.pressure": "closed",
    "world.leadership.latency_base": 4,
    "world.today.design.shared_incentives.sales": 0,
}


def test_only_deals_expected_just_past_the_quarter_s_end_are_pulled() -> None:
    """Expected: the median of what is left of the buyer's time, given how long it has taken."""
    scenario = quiet(PULLS)
    p, found = parameters_of(scenario), 0
    for replication in range(4):
        trace = run(scenario, replication=replication)
        done = trace.of(Kind.WORK_DONE)
        since = dict(
            zip(done.entity.tolist(), done.time.tolist(), strict=True)
        )  # the last work, before the last decision
        pulled = trace.of(Kind.PULL_AGREED)
        for entity, time in zip(pulled.entity.tolist(), pulled.time.tolist(), strict=True):
            asked = time - 4.0
            end = (time // QUARTER + 1) * QUARTER
            taken = asked - since[entity]
            beyond = norm.sf(log(taken / p.sales.stage_buyer[3]) / p.sales.buyer_sigma) if taken > 0 else 1.0
            whole = p.sales.stage_buyer[3] * exp(p.sales.buyer_sigma * norm.isf(0.5 * beyond))
            assert end < since[entity] + whole <= end + p.sales.pull_window
            found += 1
    assert found > 5


def test_a_buyer_who_decides_before_the_discount_is_approved_pays_the_full_price() -> None:
    before = after = 0
    for replication in range(8):
        trace = run(quiet(PULLS), replication=replication)
        decided, won = trace.of(Kind.DECIDED), trace.of(Kind.WON)
        approved = {int(e): t for e, a, t in zip(decided.entity, decided.actor, decided.time, strict=True) if a == 3}
        value = dict(zip(trace.of(Kind.OPPORTUNITY).entity.tolist(), trace.of(Kind.OPPORTUNITY).value, strict=True))
        agreed = set(trace.of(Kind.PULL_AGREED).entity.tolist())
        for entity, time, booked in zip(won.entity.tolist(), won.time.tolist(), won.value.tolist(), strict=True):
            if entity in approved and time < approved[entity]:
                assert entity not in agreed
                assert booked == value[entity]
                before += 1
            elif entity in agreed:
                assert booked == pytest.approx(0.92 * value[entity])
                assert time >= approved[entity]
                after += 1
    assert before > 0
    assert after > 0


def test_a_held_pressure_is_its_mean_over_the_weeks_of_the_last_warm_up_year() -> None:
    trace = run(tiny({"world.loops.pressure": "cut", "world.marketing.bought_push": 1.0}))
    pressure = weekly(trace, Kind.PRESSURE)  # as the week begins, which is what the forecast hears of it
    rate, bought = weekly(trace, Kind.WEEK), trace.of(Kind.BOUGHT).value
    warm = pressure[13:26].mean()
    expected = (rate[26:] * 5 * warm * (1 - 0.15 * (1 + 2 * 0.3) / 3)).sum()
    assert bought[26:].sum() == pytest.approx(expected, rel=4 / np.sqrt(expected))


def test_a_pulled_signature_comes_at_the_buyer_s_own_share_of_what_is_left_and_never_later_than_due() -> None:
    earlier = kept = 0
    for replication in range(8):
        scenario = quiet(PULLS)
        u = luck_for(parameters_of(scenario), replication=replication).own.pull_day
        trace = run(scenario, replication=replication)
        pulled, days = trace.of(Kind.PULL_AGREED), decided_days(trace)
        for entity, time in zip(pulled.entity.tolist(), pulled.time.tolist(), strict=True):
            if entity not in days or entity >= len(u):
                continue
            end = (time // QUARTER + 1) * QUARTER
            drawn = time + u[entity] * (end - time)
            assert days[entity] <= drawn + 1e-9
            earlier += days[entity] == pytest.approx(drawn, abs=1e-9)
            kept += days[entity] < drawn - 1e-9  # the buyer would have decided sooner anyway
    assert earlier > 5
    assert kept > 0


def decided_days(trace: Trace) -> dict[int, float]:
    """The day of each buyer's last decision."""
    done = trace.of(Kind.BUYER_DONE)
    last = done.where(done.value == 3.0)
    return dict(zip(last.entity.tolist(), last.time.tolist(), strict=True))


def test_a_weekly_signal_counts_once_a_week_however_many_hear_it() -> None:
    signals = [Signal(closed=False, weekly=True), Signal(closed=False)]
    firm: Any = SimpleNamespace(measured=False, last_warmup_year=True, week=0, signal_of=signals.__getitem__)
    for week, live in ((0, 1.0), (0, 1.0), (0, 1.0), (1, 3.0)):
        firm.week = week
        heard(firm, 0, live)
        heard(firm, 1, live)
    firm.measured = True
    assert heard(firm, 0, 9.0) == 2.0
    assert heard(firm, 1, 9.0) == 1.5


def test_hours_told_leave_a_tenth_of_a_role_s_hours_bridging_apart() -> None:
    """Nobody is asked for more than there is: reconciling, coordinating and designing are cut in proportion."""
    asked = {
        "world.today.coordination.meetings": 14,
        "world.reconciliation.pair_hours": 500,
        "world.reconciliation.cap": 0.9,
        "world.today.design.one_view_of_data": 0,
        "world.sales.exit_hazard": 0,
    }
    trace = run(tiny(asked))
    for role, hours in ((0, 3 * 16.0), (1, 16.0), (2, 30.0)):
        told = np.zeros(52)
        for kind in (Kind.RECONCILIATION_HOURS, Kind.COORDINATION_HOURS, Kind.DESIGN_HOURS):
            rows = trace.of(kind)
            mine = rows.where(rows.actor == role)
            told += np.bincount(mine.entity, weights=mine.value, minlength=52)
        assert (told <= 0.9 * hours + 1e-9).all()
        assert told.max() == pytest.approx(0.9 * hours)
