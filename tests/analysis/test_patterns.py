"""Face validity: errors, ratios and spans of small tables that are worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.cube import cube_of
from revsim.analysis.patterns import (
    Pattern,
    absolute_error,
    base_growth,
    own_patterns,
    patterns,
    ratio,
    rises,
    skill,
    weekly_error,
    worth_of_one_more,
)
from revsim.analysis.skill import forecast_skill
from revsim.analysis.view import View
from tests.analysis.synthetic import frame, tables

QUARTERS = pd.DataFrame(
    {"replication": [0, 0, 1], "quarter": [1, 2, 1], "bookings": [100.0, 200.0, 100.0], "early": [90.0, 230.0, 100.0]}
)


def weeks(errors: list[float]) -> pd.DataFrame:
    """A forecast that is off by so much in each week of every quarter, upwards and downwards in turn."""
    rows = [
        (r, q, w, booked + (error if q == 1 else -error))
        for r, q, booked in QUARTERS[["replication", "quarter", "bookings"]].itertuples(index=False)
        for w, error in enumerate(errors, start=1)
    ]
    return pd.DataFrame(rows, columns=["replication", "quarter", "week", "forecast"])


def test_the_error_is_of_each_run_the_sum_of_distances_over_the_sum_of_bookings() -> None:
    assert absolute_error(QUARTERS, "early") == pytest.approx(((10 + 30) / 300 + 0.0 / 100) / 2)


def test_a_ratio_is_of_sums_and_of_nothing_is_no_number() -> None:
    table = pd.DataFrame({"won": [1.0, 2.0], "lost": [3.0, 6.0], "none": [0.0, 0.0]})
    assert ratio(table, "won", "won", "lost") == pytest.approx(3 / 12)
    assert np.isnan(ratio(table, "none", "none"))


def test_the_error_of_a_week_is_that_of_its_own_rows() -> None:
    table = weeks([30.0, 20.0, 10.0] + [0.0] * 10)
    assert [weekly_error(QUARTERS, table, week) for week in (1, 2, 4)] == pytest.approx(
        [(60 / 300 + 30 / 100) / 2, (40 / 300 + 20 / 100) / 2, 0.0]
    )


@pytest.mark.parametrize(
    ("errors", "spans"),
    [
        ([13.0 - k for k in range(13)], 0),
        ([5.0] * 13, 0),
        ([float(k) for k in range(13)], 10),  # weeks 4 to 13, each against three before
        ([5.0] * 12 + [6.0], 1),
        ([4.0] + [5.0] * 12, 1),  # week 4 against week 1
    ],
)
def test_spans_in_which_the_error_grows_are_three_weeks_long(errors: list[float], spans: int) -> None:
    assert rises(QUARTERS, weeks(errors)) == spans


@pytest.mark.parametrize(("value", "met"), [(0.1, True), (0.2, True), (0.15, True), (0.099, False), (0.201, False)])
def test_a_pattern_is_met_with_both_of_its_ends(value: float, *, met: bool) -> None:
    assert Pattern("p", 0.1, 0.2, "share", value).met == met


def test_patterns_of_other_runs_stand_beside_what_they_belong_to() -> None:
    def run(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        quarter, week = tables(np.random.default_rng(seed), (6, 2), 0.2)
        return frame("s", quarter).assign(installed_value=1.0, forecast_day_one=50.0), frame("s", week)

    frames = {"baseline": run(1), "frictionless": run(2), "unowned": run(3), "one more rep": run(4)}
    own, found = own_patterns(*frames["baseline"]), patterns(frames, 0.5)
    assert [one for one in found if one in own] == own
    names = [one.name for one in found]
    assert names.index("day-one error, frictionless") == 2
    assert names.index("accepted leads never worked, no owner") == 9
    calm, alone = frames["frictionless"][0], frames["unowned"][0]
    values = {one.name: one.value for one in found}
    assert values["day-one error, frictionless"] == pytest.approx(
        np.mean(
            [(run["bookings"] - 50.0).abs().sum() / run["bookings"].sum() for _, run in calm.groupby("replication")]
        )
    )
    assert values["accepted leads never worked, no owner"] == pytest.approx(
        alone["orphaned"].sum() / alone["accepted"].sum()
    )
    assert len(found) == len(own) + 3


RANGES = {
    "wins a quarter": (150, 250), "day-one error": (0.15, 0.25), "day-one error, frictionless": (0, 0.1),
    "three-week spans in which error grows": (0, 0),
    "skill at week 7 against last quarter's bookings": (0, 1),
    "opportunity win rate": (0.15, 0.3), "median cycle": (45, 110),
    "bookings by the top fifth of reps": (0.35, 0.6), "bookings in the third month": (0.4, 0.6),
    "qualified leads accepted": (0.25, 0.6), "accepted leads never worked, no owner": (0.3, 0.7),
    "selling time": (0.28, 0.45), "gross churn a year": (0.08, 0.15), "mean pressure": (0.2, 0.6),
    "weeks with pressure above 0.95": (0, 0.1), "load of reps": (0, 0.95), "load of the desk": (0, 0.95),
    "spend per unit of new business": (0.8, 1.8), "growth of the installed base a year": (0, 0.15),
    "worth of one more rep, in units of the rep's cost": (0, 2),
}  # fmt: skip


def test_ranges_are_those_of_the_evidence() -> None:
    quarter, week = tables(np.random.default_rng(1), (6, 2), 0.2)
    run = frame("s", quarter).assign(installed_value=1.0, forecast_day_one=50.0), frame("s", week)
    found = patterns({"baseline": run, "frictionless": run, "unowned": run, "one more rep": run}, 0.5)
    assert {one.name: (one.low, one.high) for one in found} == RANGES


def test_values_of_a_baseline_are_means_medians_and_ratios_of_its_own_rows() -> None:
    quarter, week = tables(np.random.default_rng(1), (6, 2), 0.2)
    quarters, weeks_ = frame("s", quarter).assign(installed_value=40.0, forecast_day_one=50.0), frame("s", week)
    found = {one.name: one.value for one in own_patterns(quarters, weeks_)}
    sums = quarters.sum(numeric_only=True)
    assert found["wins a quarter"] == pytest.approx(quarters["won"].mean())
    assert found["opportunity win rate"] == pytest.approx(sums["won"] / (sums["won"] + sums["lost"]))
    assert found["median cycle"] == pytest.approx(quarters["cycle_days"].median())
    assert found["qualified leads accepted"] == pytest.approx(sums["accepted"] / sums["qualified"])
    assert found["gross churn a year"] == pytest.approx(sums["churned_value"] / sums["installed_value"])
    assert found["bookings in the third month"] == pytest.approx(sums["bookings_third_month"] / sums["bookings"])
    assert found["mean pressure"] == pytest.approx(weeks_["pressure"].mean())
    hard = weeks_.assign(pressure=[0.96, 0.95, 0.94] + [0.0] * (len(weeks_) - 3))
    told = {one.name: one.value for one in own_patterns(quarters, hard)}
    assert told["weeks with pressure above 0.95"] == pytest.approx(1 / len(weeks_))


def test_skill_is_that_of_the_measure() -> None:
    quarter, week = tables(np.random.default_rng(4), (8, 4), 0.2)
    quarters, weeks_ = frame("s", quarter), frame("s", week)
    view = View(cube_of(quarters, weeks_, ["s"]), 0, 0)
    assert skill(quarters, weeks_, 7) == pytest.approx(forecast_skill(view, 7).value)
    assert np.isnan(skill(quarters[quarters["quarter"] == 1], weeks_[weeks_["quarter"] == 1], 7))


def test_one_more_rep_is_worth_what_it_contributes_beyond_other_spend_in_units_of_its_cost() -> None:
    less = pd.DataFrame({"bookings": [100.0, 200.0], "spend": [50.0, 50.0], "people_cost": [20.0, 20.0]})
    more = pd.DataFrame({"bookings": [140.0, 220.0], "spend": [62.0, 58.0], "people_cost": [26.0, 24.0]})
    assert worth_of_one_more(less, more, 0.7) == pytest.approx((0.7 * 30.0 - 5.0) / 5.0)
    assert np.isnan(worth_of_one_more(less, less, 0.7))


def test_a_base_grows_by_what_signs_and_grows_less_what_leaves_against_what_comes_up() -> None:
    table = pd.DataFrame(
        {"bookings": [10.0], "expansion_value": [5.0], "churned_value": [8.0], "installed_value": [70.0]}
    )
    assert base_growth(table) == pytest.approx(0.1)
    assert np.isnan(base_growth(table.assign(installed_value=0.0)))
