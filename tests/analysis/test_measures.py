"""Measures read off rows that were made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import forecasting, operating, tail, volatility
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import MEASURES
from revsim.analysis.resample import counts, picks, spans
from revsim.analysis.view import View
from revsim.analysis.words import chance, percent, short, together

KNOWN = [6, 1, 5, 5, 3, 3, 5]  # first draw of 7, from before draws came in blocks


def one(quarterly: dict[str, list[float]], weekly: dict[str, np.ndarray] | None = None) -> View:
    """One replication of one scenario."""
    columns = {name: np.array(values, dtype=float)[None, None, :] for name, values in quarterly.items()}
    weeks = {name: values[None, None] for name, values in (weekly or {}).items()}
    count = len(next(iter(quarterly.values())))
    return View(Cube(("s",), np.array([0]), np.arange(1, count + 1), columns, weeks), 0, 0)


def test_names_of_measures_are_unique_and_told_in_words() -> None:
    names = [measure.name for measure in MEASURES]
    assert len(set(names)) == len(names)
    assert all(measure.title and measure.better in ("higher", "lower", "") for measure in MEASURES)


def test_the_error_is_weighed_by_bookings() -> None:
    view = one({"bookings": [100.0, 300.0]}, {"forecast": np.array([[110.0] * 13, [270.0] * 13])})
    assert forecasting.wape(7)(view)[0] == pytest.approx(40.0 / 400.0)
    assert forecasting.bias(7)(view)[0] == pytest.approx(-20.0 / 400.0)
    assert forecasting.far_off(7)(view)[0] == 0.0


def test_variance_over_a_company_s_own_quarters_leaves_its_mean_error_out() -> None:
    view = one({"bookings": [100.0, 100.0, 100.0]}, {"forecast": np.repeat([[110.0], [120.0], [130.0]], 13, axis=1)})
    assert forecasting.lived_through(7)(view)[0] == pytest.approx(100.0 / 100.0**2)
    steady = one({"bookings": [100.0, 200.0]}, {"forecast": np.repeat([[150.0], [250.0]], 13, axis=1)})
    assert forecasting.lived_through(7)(steady)[0] == 0.0
    assert np.isnan(forecasting.lived_through(7)(one({"bookings": [1.0]}, {"forecast": np.ones((1, 13))}))[0])


def test_late_change_is_the_last_four_of_twelve_moves() -> None:
    steady = np.arange(13.0)[None]
    late = np.where(np.arange(13) >= 9, 5.0, 0.0)[None]
    assert forecasting.late_change(one({"bookings": [1.0]}, {"forecast": steady}))[0] == pytest.approx(4 / 12)
    assert forecasting.late_change(one({"bookings": [1.0]}, {"forecast": late}))[0] == 1.0


def test_moves_that_are_taken_back_correlate_negatively() -> None:
    to_and_fro = np.where(np.arange(13) % 2, 1.0, 0.0)[None]
    assert forecasting.revision_correlation(one({"bookings": [1.0]}, {"forecast": to_and_fro}))[0] < -0.9


def test_a_number_that_never_moves_has_no_correlation_and_no_lateness() -> None:
    view = one({"bookings": [1.0]}, {"forecast": np.ones((1, 13))})
    assert np.isnan(forecasting.revision_correlation(view)[0])
    assert np.isnan(forecasting.late_change(view)[0])


def test_the_cycle_is_weighed_by_wins_and_forgives_quarters_without_any() -> None:
    view = one({"won": [10.0, 30.0, 0.0], "cycle_days": [40.0, 80.0, np.nan]})
    assert operating.weighted_cycle(view)[0] == pytest.approx(70.0)


def test_retention_is_of_what_came_up_for_renewal() -> None:
    view = one({"renewed_value": [90.0], "churned_value": [10.0], "expansion_value": [15.0]})
    assert operating.gross_churn(view)[0] == pytest.approx(0.1)
    assert operating.net_retention(view)[0] == pytest.approx(1.05)


def test_revenue_at_risk_of_normal_bookings_is_1_64_standard_deviations_below_plan() -> None:
    shortfall = np.random.default_rng(1).normal(size=(20000, 2))
    at_risk, beyond = tail.tail_of(shortfall)
    assert at_risk == pytest.approx(1.645, abs=0.04)
    assert beyond == pytest.approx(2.063, abs=0.05)


def test_resamples_repeat_and_take_each_replication_once_on_average() -> None:
    assert np.array_equal(picks(30, 50), picks(30, 50))
    weights = counts(30)
    assert (weights.sum(axis=1) == 30).all()
    assert abs(weights.mean(axis=0) - 1.0).max() < 0.12
    assert weights.var() == pytest.approx(29 / 30, rel=0.05)


def test_blocks_of_resamples_hold_the_very_same_draws() -> None:
    whole = picks(7, 40)
    assert [span[1] - span[0] for span in spans(40, 7, 100)] == [14, 14, 12]
    assert np.array_equal(np.concatenate([picks(7, span) for span in spans(40, 7, 100)]), whole)
    assert np.array_equal(np.concatenate([counts(7, span) for span in spans(40, 7, 1)]), counts(7, 40))
    # the stream itself, by the definition of SplitMix64, must never change
    assert whole[0].tolist() == KNOWN


def test_a_tail_is_the_worst_twentieth_to_a_fraction_and_an_unbiased_quantile() -> None:
    values = np.arange(1.0, 51.0)[:, None]
    at_risk, beyond = tail.tail_of(values)
    assert at_risk == pytest.approx(np.quantile(values, 0.95, method="median_unbiased"))
    assert beyond == pytest.approx((50 + 49 + 0.5 * 48) / 2.5)


@pytest.mark.parametrize("count", [1, 2, 19, 20, 21, 400])
def test_the_quantile_is_numpys_whatever_the_number_of_replications(count: int) -> None:
    values = np.random.default_rng(count).normal(size=(3, count, 2))
    expected = np.quantile(values, 0.95, axis=-2, method="median_unbiased").mean(axis=-1)
    np.testing.assert_allclose(tail.tail_of(values)[..., 0], expected, rtol=1e-12)


def test_numbers_have_three_digits_and_no_powers_of_ten() -> None:
    assert [short(x) for x in (1234567.0, 999.6e3, 45600.0, 0.04567, 0.0, -12.0)] == [
        "1.23M",
        "1.00M",
        "45.6k",
        "0.0457",
        "0",
        "-12.0",
    ]
    assert percent(0.1234) == "12.3 %"
    assert short(float("nan")) == "n/a"
    assert together([-0.00112, -0.00224, 0.0000031]) == ["-0.00112", "-0.00224", "0"]
    assert together([60400.0, 8.0, 113000.0]) == ["+60k", "0", "+113k"]


def test_a_chance_never_claims_certainty() -> None:
    assert (chance(1.0, 2000), chance(0.0, 1000), chance(0.834, 1000)) == (">99.9 %", "<0.1 %", "83 %")


def test_a_percentage_is_never_told_in_thousands() -> None:
    assert together([10.0, -100.0, 4570.0], money=False) == ["+10", "-100", "+4,570"]
    assert together([10.0, -100.0, 4570.0]) == ["+0.01k", "-0.10k", "+4.57k"]


@pytest.mark.parametrize(
    ("number", "booked", "is_off"),
    [
        (109.9, 100.0, 0.0),
        (110.5, 100.0, 1.0),
        (90.1, 100.0, 0.0),
        (89.5, 100.0, 1.0),
        (1.0, 0.0, 1.0),
        (0.0, 0.0, 0.0),
    ],
)
def test_a_quarter_is_far_off_beyond_a_tenth_of_what_it_books(number: float, booked: float, is_off: float) -> None:
    view = one({"bookings": [booked]}, {"forecast": np.full((1, 13), number)})
    assert [forecasting.far_off(week)(view)[0] for week in (1, 7, 12)] == [is_off] * 3


def test_each_date_is_read_in_its_week_and_coverage_where_it_is_known() -> None:
    """The number is 100 + week, bookings 100; coverage is its week, unknown from week 10 on."""
    weeks = np.arange(1.0, 14.0)
    cover = np.where(weeks < 10, weeks, np.nan)[None]
    view = one({"bookings": [100.0]}, {"forecast": 100.0 + weeks[None], "coverage": cover})
    read = {measure.name: measure.read for measure in forecasting.FORECAST}
    assert [read[f"wape_week_{week}"](view)[0] for week in (1, 7, 12)] == pytest.approx([0.01, 0.07, 0.12])
    assert [read[f"bias_week_{week}"](view)[0] for week in (1, 7, 12)] == pytest.approx([0.01, 0.07, 0.12])
    assert read["forecast_volatility"](view)[0] == pytest.approx(0.12)
    assert (read["coverage"](view)[0], read["coverage_week_1"](view)[0]) == (5.0, 1.0)


def test_measures_of_nothing_booked_or_won_have_no_number() -> None:
    nothing = {"bookings": [0.0, 0.0], "won": [0.0, 0.0], "cycle_days": [np.nan] * 2, "renewed_value": [0.0, 0.0]}
    view = one(nothing | {"churned_value": [0.0, 0.0], "expansion_value": [0.0, 0.0]}, {"forecast": np.ones((2, 13))})
    for read in (forecasting.wape(7), forecasting.bias(7), forecasting.volatility, forecasting.lived_through(7)):
        assert np.isnan(read(view)[0])
    for read in (operating.weighted_cycle, operating.gross_churn, operating.net_retention, volatility.own_share):
        assert np.isnan(read(view)[0])
    assert np.isnan(volatility.own_share(one({"bookings": [5.0]}))[0])
    assert volatility.own_share(one({"bookings": [1.0, 3.0]}))[0] == pytest.approx(np.sqrt(2.0) / 2.0)
