"""The balance of a remedy: known sums, and when a cumulative curve is above zero for good."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from revsim.analysis.balance import (
    BUYS,
    COSTS,
    ERROR,
    ERROR_COLUMN,
    NET,
    WITH_ERROR,
    WITHOUT_RENEWALS,
    Payback,
    as_frame,
    balance,
    first_above,
    payback,
)
from revsim.analysis.balance_words import lines, sentence
from revsim.analysis.companies import companies, percentile
from revsim.analysis.cube import Cube
from revsim.analysis.net_words import basis_words
from revsim.analysis.resample import DRAWS, counts, spans
from revsim.contract.constants import BUDGET_LIMIT
from revsim.contract.trace import Kind
from tests import tiny

COLUMNS = [column for _, columns in (BUYS | COSTS).values() for column in columns] + [ERROR_COLUMN]
MEMO = {NET, WITHOUT_RENEWALS, ERROR, WITH_ERROR}


def cube(changes: dict[str, float], seed: int = 1, noise: float = 0.0) -> Cube:
    """Two scenarios of 40 replications and 4 quarters; the second has other means."""
    rng = np.random.default_rng(seed)
    common = {column: 1_000.0 + rng.normal(size=(40, 4)) for column in COLUMNS}
    quarterly = {
        column: np.stack([values, values + changes.get(column, 0.0) + noise * rng.normal(size=(40, 4))])
        for column, values in common.items()
    }
    return Cube(("a", "b"), np.arange(40), np.arange(1, 5), quarterly, {})


def test_no_change_is_worth_nothing() -> None:
    assert balance(cube({}), 1, 0, 0.7).items[NET] == pytest.approx((0.0, 0.0, 0.0))


def test_net_is_margin_on_revenue_less_all_costs() -> None:
    changes = {
        "bookings": 100.0, "renewed_value": 20.0, "expansion_value": 10.0, "marketing_spend": 5.0, "people_cost": 7.0,
        "remedy_cost_design": 30.0, "remedy_cost_coordination": 2.0, "forecast_error_cost": -4.0,
    }  # fmt: skip
    items = balance(cube(changes), 1, 0, 0.5).items
    assert items["new_business"].estimate == pytest.approx(50.0)
    assert items["customers"].estimate == pytest.approx(15.0)
    assert items["design"].estimate == pytest.approx(-30.0)
    assert items[NET].estimate == pytest.approx(50.0 + 15.0 - 5.0 - 7.0 - 30.0 - 2.0)


def test_items_add_up_to_the_net() -> None:
    items = balance(cube({"bookings": 9.0}, noise=3.0), 1, 0, 0.6).items
    assert sum(part.estimate for name, part in items.items() if name not in MEMO) == pytest.approx(items[NET].estimate)


def test_the_cost_of_forecast_error_is_beside_the_net_and_off_it_in_a_second_one() -> None:
    items = balance(cube({"bookings": 100.0, "forecast_error_cost": 4.0}), 1, 0, 0.5).items
    assert items[NET].estimate == pytest.approx(50.0)
    assert items[ERROR].estimate == pytest.approx(-4.0)
    assert items[WITH_ERROR].estimate == pytest.approx(46.0)


def test_excess_budget_that_is_priced_as_error_is_paid_as_marketing_already() -> None:
    """Why it is not in the net: from the decision to the next, each week has the excess and the right budget in it."""
    trace = tiny.run(tiny.tiny({"world.forecasting.optimism": 2.0}))
    weekly = float(tiny.tiny().world.marketing.budget_per_week.value)
    priced, decided, spent = (trace.of(kind) for kind in (Kind.BUDGET_ERROR, Kind.BUDGET, Kind.MARKETING_SPEND))
    assert (priced.value > 100_000.0).any()
    weeks = [*decided.entity, len(spent.value)]
    for quarter, first in enumerate(decided.entity):
        paid = spent.value[first + 1 : weeks[quarter + 1]]
        assert (paid >= weekly * decided.value[quarter]).all()
        assert (paid >= priced.value[quarter] / 13.0 + weekly * (1.0 - BUDGET_LIMIT)).all()


def test_a_mean_that_surely_pays_back_does_not_hide_the_companies_that_do_not() -> None:
    # 400 companies, net of mean 1 and spread 1 in each of 2 quarters: the mean is far from zero; ahead in the first
    # quarter with probability 84.1 %, at the end with 92.1 %; 5 standard errors of a share are 9 and 7 points
    net = 1.0 + np.random.default_rng(5).normal(size=(400, 2))
    found = companies(net)
    assert payback(net).probability == 1.0
    assert found.ahead[0].estimate == pytest.approx(0.841, abs=0.09)
    assert found.at_the_end.estimate == pytest.approx(0.921, abs=0.07)
    assert found.at_the_end.low < found.at_the_end.estimate < found.at_the_end.high < 1.0


def test_all_companies_ahead_are_not_called_all_that_there_can_be() -> None:
    found = companies(np.ones((40, 3))).at_the_end
    assert (found.estimate, found.high) == (1.0, 1.0)
    assert 0.85 < found.low < 0.95


def test_the_interval_of_a_percentile_covers_it_at_least_as_often_as_it_says() -> None:
    # 400 studies of 60 exponential numbers; the exact cover of these ranks is 95 to 98 %: fewer than 364 (91 %) in
    # less than 1 of 1,000 runs
    rng = np.random.default_rng(6)
    for share in (0.1, 0.5, 0.9):
        parts = [percentile(rng.exponential(size=60), share) for _ in range(400)]
        assert sum(part.low <= -np.log(1.0 - share) <= part.high for part in parts) >= 364


def test_too_few_companies_have_no_interval_of_their_tenth_percentile() -> None:
    assert np.isnan(percentile(np.arange(20.0), 0.1).low)


def test_the_sentence_tells_the_mean_and_the_companies_and_both_net_values() -> None:
    one = balance(cube({"bookings": 100.0, "forecast_error_cost": 10.0}, noise=120.0), 1, 0, 0.5)
    said = sentence(one, "EUR")
    ahead = 100.0 * one.companies.at_the_end.estimate
    assert 0.0 < ahead < 100.0
    assert f"on average it has paid for itself from measured quarter {one.payback.quarter:.0f} on" in said
    assert f"{ahead:.1f} % of companies" in said
    assert "with the cost of forecast error taken off once more" in said


def test_rows_of_the_table_say_whose_certainty_it_is() -> None:
    one = balance(cube({"bookings": 100.0}, noise=9.0), 1, 0, 0.5)
    rows = as_frame([one], "EUR").set_index("item")
    assert rows.loc["mean_pays_back", "title"] == "Certainty that the mean pays back within the window"
    assert {f"companies_ahead_quarter_{quarter}" for quarter in (1, 2, 3, 4)} < set(rows.index)
    assert {"companies_ahead", "net_p10", "net_p50", "net_p90", "payback_quarter_with_error"} < set(rows.index)
    assert rows.loc["net_p10", "estimate"] < rows.loc["net_p90", "estimate"]


def test_the_table_of_the_report_has_a_cell_a_scenario() -> None:
    one = balance(cube({"bookings": 100.0}, noise=9.0), 1, 0, 0.5)
    assert {len(row) for row in lines([one, one])} == {3}


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        ([1, 2, 3, 4], 1.0),
        ([-1, 2, 3, 4], 2.0),
        ([1, -2, 3, 4], 3.0),
        ([-4, -3, -2, 1], 4.0),
        ([1, 2, 3, -1], np.nan),
        ([0, 0, 0, 0], np.nan),
    ],
)
def test_payback_is_when_the_curve_stays_above_zero(curve: list[float], expected: float) -> None:
    assert first_above(np.array([curve], dtype=float))[0] == pytest.approx(expected, nan_ok=True)


def test_a_build_that_brings_more_than_it_cost_pays_back_when_the_sums_meet() -> None:
    """-30 once, then 10 a quarter: the fifth quarter is the first above zero."""
    net = np.tile([-30.0, 10.0, 10.0, 10.0, 10.0, 10.0], (50, 1)) + np.random.default_rng(1).normal(size=(50, 6))
    found = payback(net)
    assert (found.quarter, found.low, found.high) == (5.0, 4.0, 5.0) or found[:3] == (5.0, 5.0, 5.0)
    assert found.probability == 1.0


def test_what_never_pays_says_so() -> None:
    found = payback(np.full((20, 4), -1.0))
    assert np.isnan(found.quarter)
    assert found.probability == 0.0


def test_payback_by_blocks_of_resamples_is_that_of_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    net = np.linspace(-20.0, 14.0, 6) + 40.0 * np.random.default_rng(3).normal(size=(50, 6))
    total = np.cumsum(net, axis=1)
    whole = first_above(counts(50) @ total / 50)
    monkeypatch.setattr("revsim.analysis.balance.spans", lambda draws, each: spans(draws, each, 7 * 50))
    found, ranked = payback(net), np.sort(np.where(np.isnan(whole), np.inf, whole))
    edges = (ranked[int(0.025 * DRAWS)], ranked[int(0.975 * DRAWS)])
    assert found.probability == 1.0 - np.isnan(whole).mean()
    assert (found.low, found.high) == pytest.approx(tuple(np.where(np.isinf(edges), np.nan, edges)), nan_ok=True)


def test_the_words_say_what_is_renewals_name_the_clock_and_write_no_interval_without_width() -> None:
    found = balance(cube({"bookings": -20.0, "renewed_value": 100.0, "people_cost": 10.0}), 1, 0, 0.5)
    assert found.payback[:3] == (1.0, 1.0, 1.0)
    assert sentence(found, "EUR") == (
        "“b” is worth -20.0 EUR a quarter without renewals and expansion, +30.0 EUR a quarter with them (+30.0 with "
        "the cost of forecast error taken off once more); on average it has paid for itself from measured quarter 1 "
        "on; 100 % of companies (90.7 % to 100 %) are ahead at the end of the window."
    )
    later = found._replace(payback=Payback(3.0, 2.0, np.nan, 0.9))
    assert "from measured quarter 3 on (2 to later);" in sentence(later, "EUR")


def test_the_words_state_the_margin_and_what_has_no_evidence() -> None:
    assert basis_words(0.7, 0) == "A margin of 70.0 % on all revenue is taken."
    assert "1 number behind renewals and expansion has no direct evidence" in basis_words(0.7, 1)


def test_memory_of_payback_does_not_grow_with_resamples_times_replications() -> None:
    """4,000 replications: all counts at once would take 192 MB, blocks take 48."""
    net = np.random.default_rng(4).normal(size=(4_000, 4))
    tracemalloc.start()
    payback(net)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80e6
