"""The last decision: on the buyer's clock, pushed near the quarter's end, pulled forward by a discount."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from scipy.stats import norm

from revsim.contract.trace import Kind
from tests.recomputed.company import Company, changed
from tests.recomputed.record import LOST, luck_of

NEVER = np.inf
Of = Callable[[], Company]


@cache
def pushed() -> Company:
    """A stretched company whose buyers decide late, so that many deals come just behind the end."""
    return changed(
        {
            "calendar.quarters": 4,
            "world.demand.inquiries_per_week": 80,
            "world.sales.pull_strength": 3.0,
            "world.sales.pull_window": 20,
            "world.leadership.stretch": 1.6,
            "world.sales.stages[3].buyer_days": 25,
        }
    )


class Last(NamedTuple):
    """A deal in its last stage."""

    entity: int
    since: float  # the buyer decides from here on
    until: float  # decided, or lost on the way
    median: float  # days


def last_stages(company: Company) -> list[Last]:
    """Deals whose rep's work on the last stage is done."""
    p, trace, stages = company.p.sales, company.trace, {}
    found: dict[int, Last] = {}
    rows = trace.of(Kind.STAGE_ENTERED, Kind.WORK_DONE, Kind.BUYER_DONE, *LOST)
    for time, kind, entity, _, value in zip(*(column.tolist() for column in rows), strict=True):
        if kind == Kind.STAGE_ENTERED:
            stages[entity] = int(value)
        elif stages[entity] == p.stages - 1:
            if kind == Kind.WORK_DONE:
                found[entity] = Last(entity, time, NEVER, p.stage_buyer[-1])
            elif entity in found:
                found[entity] = found[entity]._replace(until=min(time, found[entity].until))
    return list(found.values())


def on_clock(company: Company, days: np.ndarray) -> np.ndarray:
    """Days on the buyer's clock: it runs faster in a quarter's last days."""
    speed, window = company.p.buyers.quarter_end_speed, company.p.buyers.quarter_end_window
    quarter, day = np.divmod(days, 65.0)
    return quarter * (65.0 + (speed - 1.0) * window) + day + (speed - 1.0) * np.maximum(0.0, day - 65.0 + window)


def undisturbed(company: Company, deal: Last) -> float:
    """The day on which a buyer decides whom nobody pulls."""
    luck, row = luck_of(company, deal.entity)
    takes = deal.median * np.exp(
        company.p.sales.buyer_sigma * norm.ppf(luck.buyer_time[row, company.p.sales.stages - 1])
    )
    speed, window = company.p.buyers.quarter_end_speed, company.p.buyers.quarter_end_window
    corners = np.unique(np.concatenate([[deal.since], *([65.0 * k - window, 65.0 * k] for k in range(1, 400))]))
    corners = corners[corners >= deal.since]
    clock = on_clock(company, corners)
    assert speed >= 1.0
    return float(np.interp(clock[0] + takes, clock, corners))


def asked(company: Company) -> dict[int, float]:
    """Day on which each discount is decided: what is pushed week by week beyond the buyer's own threshold."""
    p, deals = company.p.sales, last_stages(company)
    pressed = company.pressed
    summed: dict[int, float] = dict.fromkeys((deal.entity for deal in deals), 0.0)
    found: dict[int, float] = {}
    for week in range(company.weeks - 1):
        now, end = 5.0 * week, 65.0 * (week // 13 + 1)
        if end - now > p.end_window:
            continue
        for deal in deals:
            if not deal.since < now < deal.until or deal.entity in found:
                continue
            waited = norm.cdf(np.log((now - deal.since) / deal.median) / p.buyer_sigma)
            left = deal.median * np.exp(p.buyer_sigma * norm.ppf(waited + (1.0 - waited) / 2.0))
            if end < deal.since + left <= end + p.pull_window:
                summed[deal.entity] += p.pull_strength * (1.0 - company.pay[week, 1]) * pressed[week]
                luck, row = luck_of(company, deal.entity)
                if summed[deal.entity] >= -np.log1p(-luck.pull[row]) and now + company.latency[week] < end:
                    found[deal.entity] = now + company.latency[week]
    return found


def test_a_discount_is_asked_for_where_what_was_pushed_meets_the_buyer_s_threshold() -> None:
    company = pushed()
    rows = company.trace.of(Kind.DECIDED)
    known = rows.time - rows.value < 5.0 * (company.weeks - 1) - 1e-9  # no row tells the last week's pressure
    rows = rows.where((rows.actor == 3) & known)
    assert dict(zip(rows.entity.tolist(), rows.time.tolist(), strict=True)) == pytest.approx(asked(company))
    assert len(rows.time) > 10


def test_it_is_agreed_with_whoever_has_not_decided_by_then_and_brings_the_signature_forward() -> None:
    company = pushed()
    days, decided = asked(company), {deal.entity: deal for deal in last_stages(company)}
    rows = company.trace.of(Kind.PULL_AGREED)
    assert set(rows.entity.tolist()) & set(days) == {e for e, day in days.items() if day < decided[e].until}
    sooner = 0
    for entity, day in zip(rows.entity.tolist(), rows.time.tolist(), strict=True):
        luck, row = luck_of(company, entity)
        pulled = day + luck.pull_day[row] * (65.0 * (day // 65.0 + 1.0) - day)
        due = undisturbed(company, decided[entity])
        assert decided[entity].until == pytest.approx(min(pulled, due), rel=1e-9)
        sooner += pulled < due
    assert sooner > 5


def test_a_last_decision_runs_on_the_buyer_s_clock() -> None:
    company = pushed()
    rows, pulled = company.trace.of(Kind.BUYER_DONE), set(company.trace.of(Kind.PULL_AGREED).entity.tolist())
    done = rows.where(rows.value == company.p.sales.stages - 1)
    times = dict(zip(done.entity.tolist(), done.time.tolist(), strict=True))
    free = [deal for deal in last_stages(company) if deal.entity in times and deal.entity not in pulled]
    assert [times[deal.entity] for deal in free] == pytest.approx([undisturbed(company, deal) for deal in free])
    assert len(free) > 40


def test_a_pulled_deal_is_booked_at_its_discount() -> None:
    company = pushed()
    agreed, won = (company.trace.of(kind).before(5.0 * (company.weeks - 1)) for kind in (Kind.PULL_AGREED, Kind.WON))
    p, pressed = company.p.sales, company.pressed[(agreed.time // 5).astype(int)]
    shares = p.pull_discount * (1.0 + p.pull_deeper * pressed)
    value = dict(
        zip(*(getattr(company.trace.of(Kind.OPPORTUNITY), c).tolist() for c in ("entity", "value")), strict=True)
    )
    cut = dict(zip(agreed.entity.tolist(), shares, strict=True))
    assert np.ptp(shares) > 0.001
    assert agreed.value == pytest.approx([cut[e] * value[e] for e in agreed.entity.tolist()])
    assert won.value == pytest.approx([value[e] * (1.0 - cut.get(e, 0.0)) for e in won.entity.tolist()])
