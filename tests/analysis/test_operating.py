"""Operating measures of two quarters of two replications, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import operating, volatility
from revsim.analysis.cube import Cube
from revsim.analysis.gains import PLAIN
from revsim.analysis.view import View

COLUMNS = {
    "bookings": [[100.0, 300.0], [200.0, 200.0]],
    "plan": [[100.0, 310.0], [199.0, 201.0]],
    "churned_value": [[10.0, 0.0], [5.0, 5.0]],
    "renewed_value": [[80.0, 10.0], [30.0, 60.0]],
    "expansion_value": [[4.0, 2.0], [0.0, -5.0]],
    "remedy_cost_design": [[7.0, 1.0], [0.0, 2.0]],
    "remedy_cost_coordination": [[3.0, 1.0], [4.0, 0.0]],
}
EASIER = {**COLUMNS, "plan": [[90.0, 300.0], [200.0, 200.0]]}


def view() -> View:
    """The scenario beside a baseline with an easier plan."""
    quarterly = {name: np.array([EASIER[name], COLUMNS[name]]) for name in COLUMNS}
    return View(Cube(("base", "own"), np.arange(2), np.array([1, 2]), quarterly, {}), 1, 0)


def alone() -> View:
    """One quarter."""
    quarterly = {name: np.array([COLUMNS[name]])[:, :, :1] for name in COLUMNS}
    return View(Cube(("own",), np.arange(2), np.array([1]), quarterly, {}), 0, 0)


# the easier plans, 90 and 300 and twice 200, scaled to the mean of 200 that the baseline books in either run
UNBIASED = [np.mean([100.0 >= 90.0 * 200 / 195, 300.0 >= 300.0 * 200 / 195]), 1.0]


@pytest.mark.parametrize(
    ("read", "values"),
    [
        (volatility.own_share, [20_000**0.5 / 200.0, 0.0]),  # sd of 100 and 300
        (operating.plan_met, [1.0, 1.0]),  # the baseline's plan, its ends included
        (operating.own_plan_met, [0.5, 0.5]),
        (operating.unbiased_plan_met, UNBIASED),
        (operating.kept_business, [48.0, 42.5]),
        (operating.remedy_cost, [6.0, 3.0]),
        (operating.gross_churn, [0.1, 0.1]),
        (operating.net_retention, [96.0 / 100.0, 85.0 / 100.0]),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_measure_of_two_quarters_is_worked_out_by_hand(read: object, values: list[float]) -> None:
    assert callable(read)
    assert read(view()) == pytest.approx(values)


def test_one_quarter_swings_by_nothing_that_is_known() -> None:
    assert np.isnan(volatility.own_share(alone())).all()
    assert operating.own_plan_met(alone()).tolist() == [1.0, 1.0]


HIGHER = {
    "net_revenue_retention", "bookings", "renewals_and_expansion", "plan_met", "unbiased_plan_met", "won",
    "selling_share", "hero_energy", "trust", "net_value", "net_value_without_renewals",
}  # fmt: skip
NEITHER = {
    "bias_week_1", "bias_week_7", "bias_week_12", "revision_correlation", "coverage", "coverage_week_1",
    "own_plan_met", "third_month_share", "last_two_weeks_share", "win_rate", "work_days", "buyer_days", "queue_days",
    "pulled_forward", "sandbagged", "slipped_count", "rep_load", "desk_load", "spend", "marketing_spend",
    "top_fifth_share", "pressure",
}  # fmt: skip


def test_more_is_better_of_these_measures_neither_of_those_and_less_of_all_others() -> None:
    by_word = {word: {name for name, one in PLAIN.items() if one.better == word} for word in ("higher", "")}
    assert by_word == {"higher": HIGHER, "": NEITHER}
    assert {one.better for one in PLAIN.values()} == {"higher", "lower", ""}
