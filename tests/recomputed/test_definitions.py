"""Readings, reviews, resets and what restates the past: each week from the one before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.recomputed.company import CADENCE, COMPANIES, Company, changed, everything
from tests.recomputed.definitions import Readings, restated_share
from tests.words import both_words

each = pytest.mark.parametrize("company_of", COMPANIES, ids=lambda f: f.__name__)
Of = Callable[[], Company]


@each
def test_readings_drift_then_are_reviewed_then_reset(company_of: Of) -> None:
    company = company_of()
    assert Readings(company).reset[:-1] == pytest.approx(company.readings[1:], rel=1e-9, abs=1e-12)


def test_a_clip_of_readings_is_met_and_the_drift_beyond_it_is_gone() -> None:
    company = changed({**both_words("drift_sd", 2.0), **both_words("clip", 0.8)})
    assert (np.abs(company.readings) == 0.8).sum() > 20
    assert Readings(company).reset[:-1] == pytest.approx(company.readings[1:], rel=1e-9, abs=1e-12)


def test_an_owner_who_looks_back_beyond_the_first_week_sees_the_first_week() -> None:
    company = changed({"world.definitions.owner_lag": 26, "world.today.design.governance.cadence_weeks": 6})
    assert company.trace.of(Kind.REVIEWED).entity[0] < 26
    assert Readings(company).reset[:-1] == pytest.approx(company.readings[1:], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("sd", "learning"), [(0.4, 0.3), (0.4, 0.03), (3.0, 0.3)])
def test_the_first_day_s_readings_are_of_the_stationary_law(sd: float, learning: float) -> None:
    """An AR(1) of coefficient 1 - learning spreads by its shock over sqrt(1 - (1 - learning)^2), within the clip."""
    company = changed({**both_words("drift_sd", sd), **both_words("learning", learning)})
    spread = min(sd / np.sqrt(13.0) / np.sqrt(1.0 - (1.0 - learning) ** 2), 1.5)
    assert company.readings[0] == pytest.approx(np.clip(spread * company.luck.week.opening[0], -1.5, 1.5), rel=1e-9)


@each
def test_reviews_come_a_cadence_apart(company_of: Of) -> None:
    company, last, expected = company_of(), 0, []
    for week in range(company.weeks):
        if week - last >= company.levers[week, CADENCE] - 1e-6:
            expected.append(week)
            last = week
    rows = company.trace.of(Kind.REVIEWED)
    assert rows.entity.tolist() == expected
    assert rows.value == pytest.approx(company.levers[expected, CADENCE], rel=1e-12)


def test_resets_come_when_due_and_when_trust_is_low_at_least_four_weeks_apart_and_weaken() -> None:
    company = everything()
    start, last, done, expected = company.begun(1), -np.inf, 0, []
    for week in range(company.weeks):
        c = company.p.chosen.coordination if week >= start else company.p.today.coordination
        done = 0 if week == start else done  # what is new is fresh
        low = company.trust[week] < c.reset_trust_below and week - last >= 4
        if low or (c.reset_weeks > 0 and week - last >= c.reset_weeks):
            expected.append((week, c.reset_strength * c.reset_habituation**done))
            last, done = week, done + 1
    rows = company.trace.of(Kind.RESET)
    assert rows.entity.tolist() == [week for week, _ in expected]
    assert rows.value == pytest.approx([strength for _, strength in expected], rel=1e-9)
    assert {4, 5} < set(np.diff(rows.entity).tolist()) | {6}


@cache
def untold() -> Company:
    """A correction says nothing of the past."""
    return changed({"world.forecasting.restated_share": 0})


@pytest.mark.parametrize("company_of", [*COMPANIES, untold], ids=lambda f: f.__name__)
def test_each_correction_of_commit_restates_the_past_by_the_share_of_one_view(company_of: Of) -> None:
    company = company_of()
    weeks = [t for t in company.trace.of(Kind.REVIEWED).entity.tolist() if company.levers[t, 1] > 0]
    weeks += company.trace.of(Kind.RESET).entity.tolist()
    rows = company.trace.of(Kind.RESTATED)
    assert rows.entity.tolist() == sorted(weeks)
    assert rows.value == pytest.approx(restated_share(company)[sorted(weeks)], rel=1e-12)
