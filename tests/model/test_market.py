"""Demand, sources and bought volume act, and are seen in the trace."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.model.looking import MEASURED, quiet, since, total, weekly, who
from tests.tiny import run

STILL = {
    "world.demand.shock_sd": 0,
    "world.leadership.budget_response": 0,
    **{f"world.demand.season.{quarter}": 1 for quarter in ("first", "second", "third", "fourth")},
}

MARKETING_SHARED = 0.15 * (1 + 2 * 0.3) / 3  # today's share of pay, as far as one view of the data shows the outcome


def test_a_demand_shock_multiplies_the_rate_in_its_weeks_and_in_no_other() -> None:
    shock = {"stress.demand_shock": {"week": 3, "weeks": 4, "factor": 0.5}}
    ratio = weekly(run(quiet(shock)), Kind.WEEK) / weekly(run(quiet()), Kind.WEEK)
    expected = np.ones(52)
    expected[28:32] = 0.5
    assert ratio == pytest.approx(expected, rel=1e-12)


def test_a_season_multiplies_the_rate_of_its_quarter() -> None:
    ratio = weekly(run(quiet({**STILL, "world.demand.season.second": 1.5})), Kind.WEEK) / weekly(
        run(quiet(STILL)), Kind.WEEK
    )
    # two quarters pass before the first measured one
    assert ratio == pytest.approx(np.repeat([1.0, 1.0, 1.0, 1.5], 13), rel=1e-12)


def test_demand_grows_by_its_ratio_a_quarter() -> None:
    rate = weekly(run(quiet({**STILL, "world.demand.growth": 1.2})), Kind.WEEK)
    assert rate[13:] / rate[:-13] == pytest.approx(1.2, rel=1e-12)


def test_growth_counts_from_the_first_measured_day_whatever_the_warm_up() -> None:
    for warmup in (1, 3):
        ways = {**STILL, "world.demand.growth": 1.1, "calendar.warmup_quarters": warmup}
        grown, still = (weekly(run(quiet(way)), Kind.WEEK) for way in (ways, {**ways, "world.demand.growth": 1}))
        assert grown[13 * (warmup + 1)] / still[13 * (warmup + 1)] == pytest.approx(1.0)


def test_shocks_of_demand_persist() -> None:
    """On the same luck, lag-1 correlation of log rates over 8 x 52 weeks: 0.9 against 0, sampling sd 0.05 and less."""
    found = []
    for persistence in (0.0, 0.9):
        scenario = quiet({**STILL, "world.demand.shock_sd": 0.3, "world.demand.shock_persistence": persistence})
        logs = np.log([weekly(run(scenario, replication=r), Kind.WEEK) for r in range(8)])
        logs -= logs.mean()
        found.append(np.sum(logs[:, 1:] * logs[:, :-1]) / np.sum(logs * logs))
    assert abs(found[0]) < 0.25
    assert found[1] > 0.6


def test_more_demand_brings_the_same_buyers_sooner() -> None:
    few, many = (run(quiet({**STILL, "world.demand.inquiries_per_week": n})).of(Kind.QUALIFIED) for n in (30, 60))
    first, second = ({int(e): (t, v) for t, e, v in zip(x.time, x.entity, x.value, strict=True)} for x in (few, many))
    assert set(first) < set(second)
    assert all(second[k][1] == value and second[k][0] < day for k, (day, value) in first.items())


def test_a_source_of_better_fit_passes_more_of_its_share() -> None:
    scenario = quiet({"world.demand.sources[0].fit": 1.5, "world.demand.sources[1].fit": -1.5})
    source = np.concatenate([run(scenario, replication=r).of(Kind.QUALIFIED).actor for r in range(3)])
    assert np.sum(source == 0) > 10 * np.sum(source == 1)  # shares 0.4 and 0.3; 0.77 against 0.01 are above the bar


@pytest.mark.parametrize(("push", "stretch", "bought"), [(0.0, 2.0, False), (1.0, 2.0, True)])
def test_volume_is_bought_only_where_pay_pushes(push: float, stretch: float, *, bought: bool) -> None:
    trace = run(quiet({"world.marketing.bought_push": push, "world.leadership.stretch": stretch}))
    assert (total(trace, Kind.BOUGHT) > 0) == bought


def test_volume_is_bought_in_proportion_to_pressure() -> None:
    """Counts are Poisson with mean rate x push x pressure: 4 sd of the sum over 6 runs, false alarms 1 in 15,000."""
    scenario = quiet(
        {"world.marketing.bought_push": 1.0, "world.loops.pressure": "closed", "world.leadership.stretch": 1.3}
    )
    bought = expected = 0.0
    for replication in range(6):
        trace = run(scenario, replication=replication)
        felt = weekly(trace, Kind.PRESSURE)[1:]  # a week's row is what was felt in the week before
        expected += float(np.sum(5.0 * weekly(trace, Kind.WEEK)[:-1] * felt * (1 - MARKETING_SHARED)))
        bought += float(weekly(trace, Kind.BOUGHT)[:-1].sum())
    assert abs(bought - expected) < 4 * np.sqrt(expected)


def test_marketing_paid_on_the_shared_outcome_buys_no_volume() -> None:
    pushed = {"world.marketing.bought_push": 1.0, "world.leadership.stretch": 2.0}
    shared = {"world.today.design.shared_incentives.marketing": 1, "world.today.design.one_view_of_data": 1}
    assert total(run(quiet({**pushed, **shared})), Kind.BOUGHT) == 0


def test_bought_volume_costs_its_price() -> None:
    trace = run(quiet({"world.marketing.bought_push": 1.0, "world.marketing.bought_price": 100}))
    free = run(quiet({"world.marketing.bought_push": 1.0, "world.marketing.bought_price": 0}))
    extra = weekly(trace, Kind.MARKETING_SPEND) - weekly(free, Kind.MARKETING_SPEND)
    assert extra == pytest.approx(100 * weekly(trace, Kind.BOUGHT))


def test_a_larger_budget_brings_more_inquiries() -> None:
    """The number is above the level where the plan is stretched, so the budget rises and the rate with it."""
    still = {**STILL, "world.loops.number_used": "closed", "world.marketing.budget_elasticity": 0.5}
    poor = run(quiet({**still, "world.leadership.budget_response": 1}))
    budget = poor.of(Kind.BUDGET)
    rate, plain = weekly(poor, Kind.WEEK), weekly(run(quiet(still)), Kind.WEEK)
    assert len(set(budget.value.tolist())) > 1
    for week, ratio in zip(budget.entity.tolist(), budget.value.tolist(), strict=True):
        assert rate[week + 1] / plain[week + 1] == pytest.approx(ratio**0.5, rel=1e-9)


def test_buyers_of_a_new_segment_take_other_times() -> None:
    segment = {"week": 1, "shift": 0.0, "share": 1.0, "slower": 2.0}
    base, other = run(quiet()), run(quiet({"stress.new_segment": segment}))
    first = min(e for e in who(since(base, MEASURED), Kind.QUALIFIED))
    times = []
    for trace in (base, other):
        rows = since(trace, MEASURED).of(Kind.WORK_DONE, Kind.BUYER_DONE)
        rows = rows.where(rows.entity >= first)
        done = {}
        for time, kind, entity, value in zip(rows.time, rows.kind, rows.entity, rows.value, strict=True):
            if kind == Kind.WORK_DONE:
                done[int(entity)] = time
            elif value == 0.0 and int(entity) in done:
                times.append(time - done[int(entity)])
        times.append(float("nan"))
    split = next(i for i, t in enumerate(times) if np.isnan(t))
    assert np.nanmedian(times[split + 1 :]) > 1.4 * np.nanmedian(times[:split])
