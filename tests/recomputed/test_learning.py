"""What the company learns and forecasts, and its number: recomputed from rows of deals, leads and bookings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.recomputed.company import EVIDENCE, Company, changed, deserted, ordinary
from tests.recomputed.definitions import Readings
from tests.recomputed.learned import Learning
from tests.words import both_words

PARTS = (Kind.FORECAST_SALES, Kind.FORECAST_MARKETING, Kind.FORECAST_OPERATIONS)
ALL = (*PARTS, Kind.FORECAST_RUN_RATE)
Of = Callable[[], Company]


@cache
def corrected() -> Company:
    """Much drift, often corrected; people leave; the past is restated by a half."""
    return changed(
        {
            "calendar.quarters": 4,
            **both_words("drift_sd", 1.0),
            "world.today.design.governance.cadence_weeks": 6,
            "coordination.resets.every_weeks": 9,
            "coordination.resets.strength": 0.7,
            "world.forecasting.restated_share": 0.5,
            "world.sales.exit_hazard": 0.9,
            "world.demand.inquiries_per_week": 70,
        }
    )


@cache
def learning(company_of: Of) -> Learning:
    company = company_of()
    return Learning(company, Readings(company).restated())


each = pytest.mark.parametrize("company_of", [ordinary, corrected, deserted], ids=lambda f: f.__name__)


@each
def test_the_four_forecasts_are_what_is_closed_and_what_four_quarters_make_of_the_record(company_of: Of) -> None:
    company = company_of()
    told = np.column_stack([company.by_week(kind) for kind in ALL])
    assert told == pytest.approx(learning(company_of).forecasts, rel=1e-7)
    assert (np.ptp(told, axis=1) > 0).any() or company_of is deserted


@each
def test_evidence_weighs_each_forecast_by_one_over_its_squared_error(company_of: Of) -> None:
    assert company_of().by_week(Kind.EVIDENCE_NUMBER) == pytest.approx(learning(company_of).evidence, rel=1e-7)


@each
def test_the_number_is_evidence_and_opinion_drawn_to_the_plan_and_never_below_what_is_closed(company_of: Of) -> None:
    company = company_of()
    p, (sales, marketing, operations) = company.p.forecasting, (company.by_week(kind) for kind in PARTS)
    odds = p.sales_voice / (1.0 - p.sales_voice) * np.exp(p.meeting_sd * company.luck.week.meeting[: company.weeks])
    voice = odds / (1.0 + odds)
    said = voice * sales + (1.0 - voice) * (marketing + operations) / 2.0
    said += p.run_rate_voice * (company.by_week(Kind.FORECAST_RUN_RATE) - said)
    left = np.tile(1.0 - np.arange(13) / 13.0, company.weeks // 13)
    said += p.plan_pull * company.pressure * left * (company.plan - said)
    weight = company.levers_before[:, EVIDENCE]
    number = weight * company.by_week(Kind.EVIDENCE_NUMBER) + (1.0 - weight) * said
    assert company.number == pytest.approx(np.maximum(number, company.by_week(Kind.CLOSED_TO_DATE)), rel=1e-9)


@each
def test_functions_disagree_by_the_range_of_their_forecasts_against_the_plan(company_of: Of) -> None:
    company = company_of()
    told = np.column_stack([company.by_week(kind) for kind in PARTS])
    assert company.disagreement == pytest.approx(np.ptp(told, axis=1) / company.plan, rel=1e-9, abs=1e-12)


@each
def test_each_function_counts_the_pipeline_by_its_own_reading_of_the_record(company_of: Of) -> None:
    company, of = company_of(), learning(company_of)
    read = np.array([of.by_stage(look, None, 0.0) for look in of.looks])
    assert company.by_week(Kind.PIPELINE_SALES) == pytest.approx([look.sales for look in of.looks], rel=1e-9)
    assert company.by_week(Kind.PIPELINE_MARKETING) == pytest.approx(read.sum(axis=1), rel=1e-9)
    assert company.by_week(Kind.PIPELINE_OPERATIONS) == pytest.approx(read[:, 1:].sum(axis=1), rel=1e-9)
    assert company.by_week(Kind.OPEN_PIPELINE) == pytest.approx([look.truly_open for look in of.looks], rel=1e-9)
