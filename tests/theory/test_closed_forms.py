"""Special cases with a known answer. Each statistical test says how often it would cry wolf.

Studies run on the engine that users get, of which many long runs cost little; on these companies the reference gives
the same rows, so what holds of one holds of both.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, factorial, sqrt
from typing import Any

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from revsim.scenario.address import replace
from revsim.scenario.scenario import Scenario
from tests.model.frictionless import frictionless
from tests.same_trace.differing import first_difference
from tests.tiny import run as run_by
from tests.words import both_words

# Nothing but the mechanism under test acts: ample people, endless patience, no growth, season or shock.
STILL = {
    "calendar.quarters": 12,
    "world.demand.growth": 1,
    "world.demand.season.first": 1,
    "world.demand.season.second": 1,
    "world.demand.season.third": 1,
    "world.demand.season.fourth": 1,
    "world.demand.shock_sd": 0,
    "world.marketing.budget_elasticity": 0,
    "world.marketing.qualified_bar": -9,
    "world.marketing_to_sales.cooling_exponent": 0,
    "world.marketing_to_sales.pickup_owned": 1e-6,
    "world.sales.reps": 60,
    "world.sales.open_deals": 500,
    "world.sales.skill_sigma": 0,
    "world.sales.exit_hazard": 0,
    "world.sales.fit_weight": 0,
    "world.sales.age_weight": 0,
    "world.leadership.seat_limit": 0,
    "world.buyers.work_patience": 1e9,
    "world.buyers.desk_patience": 1e9,
    "world.buyers.lead_patience": 1e9,
    "world.buyers.quarter_end_speed": 1,
    "world.desk.analysts": 40,
}
FROM = 260.0  # days: after the pipeline has filled


def still(**changes: Any) -> Scenario:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return replace(frictionless(), {**STILL, **named}, "Still")


def shocked() -> Scenario:
    return still(world__demand__shock_sd=0.3)


def queue() -> Scenario:
    """A desk of two that is busy, so that most deals wait."""
    return still(world__desk__analysts=2, world__desk__hours=30.0, world__desk__deal_hours=5.0, calendar__quarters=20)


def renewing() -> Scenario:
    return still(world__customers__renew_fit=0, world__customers__installed_base=400, calendar__quarters=8)


def leaving() -> Scenario:
    return still(world__sales__exit_hazard=0.5, world__sales__vacancy_days=0, calendar__quarters=8)


def drifting() -> Scenario:
    numbers = {**both_words("drift_sd", 0.3), **both_words("learning", 0.1), "calendar.quarters": 40}
    return replace(frictionless(), numbers, "Drifting")


def late() -> Scenario:
    return replace(frictionless(), {"world.sales.record_lag": 10, "world.today.design.one_view_of_data": 0}, "Late")


def run(scenario: Scenario, replication: int = 0) -> Trace:
    """One run on the engine that users get."""
    return run_by(scenario, replication=replication, engine="auto")


@cache
def traces() -> tuple[Trace, ...]:
    return tuple(run(still(), replication=r) for r in range(6))


@pytest.mark.parametrize("company", [still, shocked, queue, renewing, leaving, drifting, frictionless, late])
def test_both_engines_run_its_companies_alike(company: Callable[[], Scenario]) -> None:
    """What is proved here of the one is so proved of the other; a shorter life has the same mechanisms."""
    short = replace(company(), {"calendar.quarters": 3}, "Short")
    assert first_difference(run_by(short), run_by(short, engine="compiled")) is None


def after(trace: Trace, kind: Kind) -> Trace:
    rows = trace.of(kind)
    return rows.where(rows.time >= FROM)


def test_inquiries_are_poisson_where_demand_has_no_shock() -> None:
    """Mean and variance of weekly counts within 4 standard errors: false alarms 1 in 8,000."""
    weekly = np.concatenate([trace.of(Kind.INQUIRIES).value for trace in traces()])
    n = len(weekly)
    assert abs(weekly.mean() - 40.0) < 4.0 * sqrt(40.0 / n)
    assert abs(weekly.var(ddof=1) / weekly.mean() - 1.0) < 4.0 * sqrt(2.0 / n)


def test_demand_with_shocks_is_over_dispersed() -> None:
    weekly = np.concatenate([run(shocked(), replication=r).of(Kind.INQUIRIES).value for r in range(3)])
    assert weekly.var() / weekly.mean() > 2.0


def test_the_win_rate_is_the_product_of_the_stages_odds() -> None:
    """Within 4 binomial standard errors: false alarms 1 in 16,000."""
    stages = still().world.sales.stages
    product = float(np.prod([1.0 / (1.0 + exp(-stage.advance.value)) for stage in stages]))
    won = lost = 0
    for trace in traces():
        won += len(after(trace, Kind.WON).time)
        lost += len(after(trace, Kind.LOST).time)
    share, n = won / (won + lost), won + lost
    assert n > 2500
    # lost deals are told sooner than won ones are signed; in a steady state the flows still split by the product
    assert abs(share - product) < 4.0 * sqrt(product * (1.0 - product) / n)


def test_wins_are_thinned_arrivals() -> None:
    """A thinned Poisson stream is Poisson: mean and dispersion of quarterly wins within 4 standard errors."""
    wins = np.concatenate(
        [np.bincount((after(t, Kind.WON).time // 65.0).astype(int), minlength=14)[4:14] for t in traces()]
    )
    product = float(np.prod([1.0 / (1.0 + exp(-stage.advance.value)) for stage in still().world.sales.stages]))
    expected = 40.0 * 13 * product
    assert abs(wins.mean() - expected) < 4.0 * sqrt(expected / len(wins))
    assert abs(wins.var(ddof=1) / wins.mean() - 1.0) < 4.0 * sqrt(2.0 / len(wins))


def test_bookings_are_compound_poisson() -> None:
    """Squared CV of quarterly bookings is (1 + cv^2) / lambda, within 4 standard errors of a variance."""
    booked, wins = [], []
    for trace in traces():
        won = after(trace, Kind.WON)
        quarter = (won.time // 65.0).astype(int)
        booked.append(np.bincount(quarter, weights=won.value, minlength=14)[4:14])
        wins.append(np.bincount(quarter, minlength=14)[4:14])
    money, count = np.concatenate(booked), float(np.concatenate(wins).mean())
    sigma = still().world.buyers.value_sigma.value
    expected = exp(sigma * sigma) / count  # 1 + cv^2 of a lognormal is exp(sigma^2)
    found = money.var(ddof=1) / money.mean() ** 2
    assert abs(found / expected - 1.0) < 4.0 * sqrt(3.0 / len(money))
    mean = still().world.buyers.value_median.value * exp(0.5 * sigma * sigma)
    assert abs(money.mean() / (count * mean) - 1.0) < 4.0 * sqrt(exp(sigma * sigma) / (count * len(money)))


def erlang_c(servers: int, load: float) -> float:
    """Chance of waiting in M/M/c; load in servers."""
    top = load**servers / factorial(servers) * servers / (servers - load)
    return top / (sum(load**k / factorial(k) for k in range(servers)) + top)


def test_waits_at_the_desk_are_those_of_a_queue_with_c_servers() -> None:
    """M/M/c: arrivals at the desk are thinned Poisson, its work is exponential. Mean wait within 25 %.

    Five long runs give a standard error of about 6 %: false alarms 1 in 10,000.
    """
    servers, work = 2, 5.0
    waits, arrivals, days = [], 0, 0.0
    for replication in range(5):
        trace = run(queue(), replication=replication)
        waits.append(after(trace, Kind.DESK_STARTED).value)
        arrivals += len(after(trace, Kind.DESK_ENTERED).time)
        days += 65.0 * 22 - FROM
    rate = arrivals / days
    # the desk's hours are less those of meetings, as the run itself records them
    there = float(np.median(after(run(queue()), Kind.DESK_HOURS).value)) / 5.0 / servers
    mu = there / work
    load = rate / mu
    assert 0.5 < load / servers < 0.95
    expected = erlang_c(servers, load) / (servers * mu - rate)
    assert np.concatenate(waits).mean() == pytest.approx(expected, rel=0.25)


def test_little_s_law_holds_at_the_desk() -> None:
    """L = lambda W from rows alone, exact but for those present at the ends of the window (5 %)."""
    trace = run(still(world__desk__analysts=2, world__desk__deal_hours=5.0))
    entered = dict(zip(trace.of(Kind.DESK_ENTERED).entity.tolist(), trace.of(Kind.DESK_ENTERED).time, strict=True))
    left = dict(zip(trace.of(Kind.DESK_DONE).entity.tolist(), trace.of(Kind.DESK_DONE).time, strict=True))
    stays = [left[k] - entered[k] for k in left if entered[k] >= FROM]
    grid = np.linspace(FROM, trace.time[-1], 4001)
    inside = np.zeros(len(grid))
    for k, start in entered.items():
        inside += (grid >= start) & (grid < left.get(k, np.inf))
    length = grid[-1] - grid[0]
    rate = sum(start >= FROM for start in entered.values()) / length
    assert inside.mean() == pytest.approx(rate * np.mean(stays), rel=0.08)


def test_little_s_law_holds_for_the_pipeline() -> None:
    """Open opportunities as the trace says them against arrivals times stays, within 8 %."""
    trace = traces()[0]
    opened = dict(zip(trace.of(Kind.OPPORTUNITY).entity.tolist(), trace.of(Kind.OPPORTUNITY).time, strict=True))
    ends = trace.of(Kind.WON, Kind.LOST)
    ended = dict(zip(ends.entity.tolist(), ends.time, strict=True))
    horizon = trace.time[-1] - 200.0
    stays = [ended[k] - start for k, start in opened.items() if FROM <= start < horizon and k in ended]
    rate = sum(FROM <= start < horizon for start in opened.values()) / (horizon - FROM)
    grid = np.linspace(FROM, horizon, 800)
    inside = sum(((grid >= start) & (grid < ended.get(k, np.inf))).mean() for k, start in opened.items())
    assert inside == pytest.approx(rate * np.mean(stays), rel=0.08)


def test_customers_renew_with_the_logistic_chance() -> None:
    """No fit weight: the yearly renewal share is one number; within 4 binomial standard errors."""
    due = churned = 0
    for replication in range(4):
        trace = run(renewing(), replication=replication)
        due += len(trace.of(Kind.DUE).time)
        churned += len(trace.of(Kind.CHURNED, Kind.CHURNED_HANDOFF).time)
    chance = 1.0 / (1.0 + exp(-renewing().world.customers.renew.value))
    assert due > 3000
    assert abs(1.0 - churned / due - chance) < 4.0 * sqrt(chance * (1.0 - chance) / due)


def test_people_leave_at_the_hazard() -> None:
    """Rested people, no vacancy: exits are Poisson at the hazard; within 4 standard errors."""
    exits = [len(run(leaving(), replication=r).of(Kind.EXIT).time) for r in range(4)]
    people, years = 60 + 40 + 1, 10 / 4  # reps, analysts, manager; lead-in and warm-up included
    expected = 0.5 * people * years
    assert abs(np.mean(exits) - expected) < 4.0 * sqrt(expected / len(exits)) + 0.03 * expected  # a week empty each


def test_the_median_of_buyers_time_is_as_said() -> None:
    """First stage, work apart: median within 5 %."""
    stage = still().world.sales.stages[0]
    waits = []
    for trace in traces():
        done = trace.of(Kind.WORK_DONE)
        first = {}
        for entity, time in zip(done.entity.tolist(), done.time, strict=True):
            first.setdefault(entity, time)
        decided = trace.of(Kind.BUYER_DONE)
        for entity, time, at in zip(decided.entity.tolist(), decided.time, decided.value, strict=True):
            if at == 0.0:
                waits.append(time - first[entity])
    assert np.median(waits) == pytest.approx(stage.buyer_days.value, rel=0.05)
    assert np.std(np.log(waits)) == pytest.approx(still().world.sales.buyer_sigma.value, rel=0.05)


def test_a_reading_s_spread_is_its_stationary_one() -> None:
    """AR(1) of a reading without pay's push: sd against sd/sqrt(kappa(2 - kappa)), within 15 %."""
    spread = np.concatenate([run(drifting(), replication=r).of(Kind.READING).value for r in range(4)]).std()
    weekly = 0.3 / sqrt(13.0)
    assert spread == pytest.approx(weekly / sqrt(0.1 * 1.9), rel=0.15)


def test_a_prompt_record_shows_what_is_open_and_a_late_one_does_not() -> None:
    seen, true, prompt = (
        trace.of(kind).value[26:]
        for trace, kind in (
            (run(late()), Kind.PIPELINE_MARKETING),
            (run(late()), Kind.OPEN_PIPELINE),
            (run(frictionless()), Kind.PIPELINE_MARKETING),
        )
    )
    assert np.allclose(prompt, run(frictionless()).of(Kind.OPEN_PIPELINE).value[26:], rtol=1e-12)
    assert np.abs(seen / true - 1.0).mean() > 0.02
