"""Demand, bars, spending and what becomes of a lead before it is an opportunity: every week from luck and levers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import Kind
from revsim.errors import LuckExhausted
from revsim.luck.draw import BuyerLuck
from revsim.simulate import simulate
from tests.recomputed.company import COMPANIES, WEEKLY, Array, Company, changed, everything

each = pytest.mark.parametrize("company_of", COMPANIES, ids=lambda f: f.__name__)
Of = Callable[[], Company]


def rates(company: Company) -> Array:
    """Inquiries a day, (weeks,)."""
    p, d, week = company.p, company.p.demand, np.arange(company.weeks)
    shocks, shock = [], 0.0
    for draw in company.luck.week.shock[: company.weeks]:
        shock = d.shock_persistence * shock + d.shock_sd * np.sqrt(1.0 - d.shock_persistence**2) * draw
        shocks.append(shock)
    told = company.trace.of(Kind.BUDGET)
    budget = np.array([1.0, *told.value])[np.searchsorted(told.time, 5.0 * week)]
    quarter = week // 13 - p.span.warmup_quarters
    rate = d.inquiries_per_week / 5.0 * d.growth ** (week / 13.0 - p.span.warmup_quarters)
    rate = rate * np.exp(np.array(shocks) - d.shock_sd**2 / 2.0) * np.array(d.season)[quarter % 4]
    hit = (p.stress.demand_day <= 5.0 * week) & (5.0 * week < p.stress.demand_until)
    return rate * budget**p.marketing.budget_elasticity * np.where(hit, p.stress.demand_factor, 1.0)


@each
def test_demand_grows_has_seasons_and_shocks_and_follows_the_budget(company_of: Of) -> None:
    company = company_of()
    assert company.by_week(Kind.WEEK) == pytest.approx(rates(company), rel=1e-9)


@each
def test_as_many_ask_as_the_summed_rate_has_passed(company_of: Of) -> None:
    company = company_of()
    upto = np.searchsorted(company.luck.own.clock, np.cumsum(5.0 * rates(company)), side="right")
    assert company.by_week(Kind.INQUIRIES).tolist() == np.diff(upto, prepend=0).tolist()


def bought_rates(company: Company) -> Array:
    """What marketing buys when pressed, as far as its pay is its own."""
    pressed = np.append(company.pressure[1:], 0.0)
    return rates(company) * company.p.marketing.bought_push * (1.0 - company.pay[:, 0]) * pressed


@each
def test_bought_inquiries_and_the_budget_are_what_marketing_spends(company_of: Of) -> None:
    company = company_of()
    m, told = company.p.marketing, company.trace.of(Kind.BUDGET)
    upto = np.searchsorted(company.luck.bought.clock, np.cumsum(5.0 * bought_rates(company)), side="right")
    count = np.diff(upto, prepend=0)
    assert company.by_week(Kind.BOUGHT)[:-1].tolist() == count[:-1].tolist()
    budget = np.array([1.0, *told.value])[np.searchsorted(told.time, 5.0 * np.arange(company.weeks))]
    spent = m.budget_per_week * budget + m.bought_price * company.by_week(Kind.BOUGHT)
    assert company.by_week(Kind.MARKETING_SPEND) == pytest.approx(spent, rel=1e-9)
    assert count.sum() > 10


def test_the_useful_bar_walks_and_a_new_segment_moves_it() -> None:
    company = everything()
    step = company.p.buyers.market_shift_sd * WEEKLY * company.luck.week.shift[: company.weeks]
    step[int(company.p.stress.segment_day / 5)] += company.p.stress.segment_shift
    assert company.shift[1:] == pytest.approx(np.cumsum(step)[:-1], rel=1e-9, abs=1e-12)


@each
@pytest.mark.parametrize("bought", [0, 1])
def test_each_function_counts_who_passes_its_own_bar(company_of: Of, bought: int) -> None:
    company = company_of()
    p, luck = company.p, company.luck.bought if bought else company.luck.own
    upto = np.cumsum(company.by_week(Kind.BOUGHT if bought else Kind.INQUIRIES)).astype(int)
    source = np.minimum(np.searchsorted(p.demand.source_upto, luck.source, side="right"), len(p.demand.source_fit) - 1)
    fit = luck.fit + (p.marketing.bought_fit if bought else np.array(p.demand.source_fit)[source])
    bars = p.marketing.qualified_bar + np.vstack([company.readings[1:, :3], [np.nan] * 3])  # as definitions stand now
    eyes = (luck.seen_by_marketing, luck.seen_by_sales, luck.seen_by_operations)
    noise = (p.marketing.perception_noise, p.sales.perception_noise, p.desk.perception_noise)
    kinds = (Kind.SEEN_QUALIFIED, Kind.SEEN_BY_SALES, Kind.SEEN_BY_OPERATIONS)
    for k, kind in enumerate(kinds):
        seen = fit + noise[k] * eyes[k]
        first, expected = 0, []
        for week, until in enumerate(upto):
            expected.append(np.count_nonzero(seen[first:until] >= bars[week, k]))
            first = until
        weeks = company.trace.of(kind)
        weeks = weeks.where((weeks.actor == bought) & (weeks.entity < company.weeks - 1))
        assert weeks.value.tolist() == np.array(expected)[weeks.entity].tolist()


@cache
def unaided() -> Company:
    """Nobody bridges: what is lost at the first hand-off stays lost."""
    return changed({"world.today.heroics.capacity": 0, "calendar.quarters": 4})


def yields(company: Company) -> Array:
    """How leads turned out lately against usually, at each week's start, (weeks,)."""
    rows = company.trace.of(Kind.BUYER_DONE)
    rows = rows.where(rows.value == 0.0)
    entered = company.trace.of(Kind.STAGE_ENTERED)
    further = set(entered.entity[entered.value == 1.0].tolist())
    memory, recent, usual, times, ratio = company.p.handoff.yield_memory, 0.5, 0.5, [-1.0], [1.0]
    for n, (time, entity) in enumerate(zip(rows.time.tolist(), rows.entity.tolist(), strict=True), start=1):
        went = float(entity in further)
        recent, usual = recent + (went - recent) / memory, usual + (went - usual) / (memory + n)
        times.append(time)
        ratio.append(recent / usual)
    return np.array(ratio)[np.searchsorted(times, 5.0 * np.arange(company.weeks)) - 1]


def test_accepted_leads_are_orphaned_by_what_nobody_owns_and_recent_leads_have_taught() -> None:
    company = unaided()
    p, luck = company.p.handoff, company.luck.own
    taught = np.minimum(1.0, yields(company)) ** p.follow_up_sensitivity
    worked = (1.0 - p.never_worked * (1.0 - company.ownership[:, 0])) * taught * (1.0 - company.skipped)
    accepted, refused = company.trace.of(Kind.ACCEPTED), set(company.trace.of(Kind.REFUSED).entity.tolist())
    orphaned = set(company.trace.of(Kind.ORPHANED).entity.tolist())
    seen = 0
    for time, entity in zip(accepted.time.tolist(), accepted.entity.tolist(), strict=True):
        if entity < 100_000_000 and entity not in refused and time < 5.0 * (company.weeks - 1):
            assert (entity in orphaned) == (luck.worked[entity] >= worked[int(time // 5)])
            seen += entity in orphaned
    assert seen > 20
    assert (taught < 1.0).any()
    assert (taught == 1.0).any()


def test_leads_are_picked_up_after_a_geometric_mean_of_owned_and_unowned_delays_and_cool_by_a_power_of_it() -> None:
    company = unaided()
    p, luck, owned = company.p.handoff, company.luck.own, company.ownership[:, 0]
    mean = p.pickup_owned**owned * p.pickup_unowned ** (1.0 - owned)
    came = dict(zip(*(getattr(company.trace.of(Kind.QUALIFIED), c).tolist() for c in ("entity", "time")), strict=True))
    refused = set(company.trace.of(Kind.REFUSED).entity.tolist())
    cooled = set(company.trace.of(Kind.COOLED).entity.tolist())
    rows, prompt = company.trace.of(Kind.PICKED_UP), 0
    for entity, delay in zip(rows.entity.tolist(), rows.value.tolist(), strict=True):
        if entity >= 100_000_000:
            continue
        answers = luck.answer[entity] < (1.0 + delay / p.cooling_scale) ** -p.cooling_exponent
        assert answers == (entity not in cooled)
        if entity not in refused:
            own = -mean[int(came[entity] // 5)] * np.log1p(-luck.pickup[entity])
            assert delay >= own * (1.0 - 1e-6) - 1e-9  # later only where every rep was full
            prompt += delay == pytest.approx(own, rel=1e-6, abs=1e-9)
    assert prompt > 0.8 * np.sum(rows.entity < 100_000_000)
    assert len(cooled) > 20


def test_luck_must_reach_one_buyer_beyond_the_last_who_asks() -> None:
    """That the next one comes later is known only from its own luck."""
    company = unaided()
    asked = int(company.by_week(Kind.INQUIRIES).sum())
    for rows, enough in ((asked, False), (asked + 1, True)):
        own = BuyerLuck(*(column[:rows] for column in company.luck.own))
        luck = company.luck._replace(own=own)
        if enough:
            assert np.array_equal(simulate(company.p, luck, "simpy").value, company.trace.value)
        else:
            with pytest.raises(LuckExhausted) as short:
                simulate(company.p, luck, "simpy")
            assert (short.value.entity, short.value.wanted) == ("inquiries", asked + 1)
