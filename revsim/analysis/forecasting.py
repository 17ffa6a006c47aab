"""Measures of the forecast: error at three dates, lateness, churn, coverage, disagreement."""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.measure import Measure, Reader, per_week
from revsim.analysis.view import View, mean, middle, ratio

DATES = {1: "on day one (week 1)", 7: "at mid-quarter (week 7)", 12: "two weeks before the end (week 12)"}
LAST_WEEKS = 4
FEWEST_QUARTERS = 2


def wape(week: int) -> Reader:
    """Sum of |F - A| over quarters against the sum of A."""

    def read(view: View) -> Floats:
        actual = view.quarter("bookings")
        return ratio(np.abs(view.forecast(week) - actual).sum(axis=1), actual.sum(axis=1))

    return read


def bias(week: int) -> Reader:
    """Sum of F - A over quarters against the sum of A; above zero is a number that was too high."""

    def read(view: View) -> Floats:
        actual = view.quarter("bookings")
        return ratio((view.forecast(week) - actual).sum(axis=1), actual.sum(axis=1))

    return read


def far_off(week: int) -> Reader:
    """Share of quarters with |F - A| above a tenth of A (a quarter without bookings counts if F is above zero)."""

    def read(view: View) -> Floats:
        actual = view.quarter("bookings")
        return np.asarray((np.abs(view.forecast(week) - actual) > 0.1 * actual).mean(axis=1))

    return read


def revisions(view: View) -> Floats:
    """(replication, quarter, 12): change of the number from each week to the next."""
    return np.diff(view.week("forecast"), axis=2)


def volatility(view: View) -> Floats:
    """Sum of absolute revisions against bookings, over all quarters."""
    return ratio(np.abs(revisions(view)).sum(axis=(1, 2)), view.quarter("bookings").sum(axis=1))


def late_change(view: View) -> Floats:
    """Share of the total absolute revision that falls in the last four weeks."""
    size = np.abs(revisions(view))
    return ratio(size[:, :, -LAST_WEEKS:].sum(axis=(1, 2)), size.sum(axis=(1, 2)))


def revision_correlation(view: View) -> Floats:
    """Lag-1 correlation of revisions within quarters, over all pairs of neighbouring weeks; NaN if none moves."""
    change = revisions(view)
    early, late = change[:, :, :-1], change[:, :, 1:]
    early = early - early.mean(axis=(1, 2), keepdims=True)
    late = late - late.mean(axis=(1, 2), keepdims=True)
    spread = np.sqrt((early * early).sum(axis=(1, 2)) * (late * late).sum(axis=(1, 2)))
    return ratio((early * late).sum(axis=(1, 2)), spread)


def lived_through(week: int) -> Reader:
    """Variance of F - A over a run's own quarters against its mean bookings squared: what one company lives through.

    NaN with fewer than two quarters. Growth and build-up are in it, unlike in the headline.
    """

    def read(view: View) -> Floats:
        actual = view.quarter("bookings")
        if actual.shape[1] < FEWEST_QUARTERS:
            return np.full(len(actual), np.nan)
        return ratio((view.forecast(week) - actual).var(axis=1, ddof=1), actual.mean(axis=1) ** 2)

    return read


def coverage(view: View) -> Floats:
    """Median over weeks in which the plan is not yet met."""
    return middle(view.week("coverage"), axis=(1, 2))


def day_one_coverage(view: View) -> Floats:
    """Mean over quarters of the coverage in week 1."""
    return mean(view.at_week("coverage", 1))


def _dated() -> list[Measure]:
    """WAPE, bias and the share of quarters far off, at three dates."""
    found: list[Measure] = []
    for week, when in DATES.items():
        found += [
            Measure(f"wape_week_{week}", f"Forecast error {when}", "share", "lower", "forecast", wape(week)),
            Measure(f"bias_week_{week}", f"Forecast bias {when}", "share", "", "forecast", bias(week)),
            Measure(
                f"off_by_ten_percent_week_{week}",
                f"Quarters more than 10 % off {when}",
                "share",
                "lower",
                "forecast",
                far_off(week),
            ),
        ]
        found.append(
            Measure(
                f"variance_over_quarters_week_{week}",
                f"Forecast variance over a company's own quarters {when}",
                "ratio",
                "lower",
                "forecast",
                lived_through(week),
            )
        )
    return found


FORECAST = [
    *_dated(),
    Measure(
        "late_change_share", "Change of the number in the last four weeks", "share", "lower", "forecast", late_change
    ),
    Measure(
        "revision_correlation", "Correlation of neighbouring revisions", "ratio", "", "forecast", revision_correlation
    ),
    Measure("coverage", "Pipeline coverage, median week", "ratio", "", "forecast", coverage),
    Measure("coverage_week_1", "Pipeline coverage on day one", "ratio", "", "forecast", day_one_coverage),
    Measure(
        "disagreement",
        "Disagreement of the three forecasts",
        "share of plan",
        "lower",
        "forecast",
        per_week("disagreement"),
    ),
    Measure(
        "forecast_volatility",
        "Forecast volatility (moves of the number within a quarter)",
        "share",
        "lower",
        "symptom",
        volatility,
    ),
]
