"""The balance of a remedy: known sums, and when a cumulative curve is above zero for good."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from revsim.analysis.balance import BUYS, COSTS, NET, Payback, balance, first_above, payback
from revsim.analysis.cube import Cube
from revsim.analysis.net_words import balance_words, basis_words
from revsim.analysis.resample import DRAWS, counts, spans

COLUMNS = [column for _, columns in (BUYS | COSTS).values() for column in columns]


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
    assert items["forecast_error"].estimate == pytest.approx(4.0)
    assert items[NET].estimate == pytest.approx(50.0 + 15.0 - 5.0 - 7.0 - 30.0 - 2.0 + 4.0)


def test_items_add_up_to_the_net() -> None:
    items = balance(cube({"bookings": 9.0}, noise=3.0), 1, 0, 0.6).items
    assert sum(part.estimate for name, part in items.items() if name != NET) == pytest.approx(items[NET].estimate)


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
    assert balance_words(found, "EUR") == (
        "The net value of “b” is +30.0 EUR a quarter: +50.0 from renewals and expansion, -20.0 from all else. "
        "It has paid for itself from measured quarter 1 on."
    )
    later = found._replace(payback=Payback(3.0, 2.0, np.nan, 0.9))
    assert balance_words(later, "EUR").endswith("from measured quarter 3 on (2 to later).")


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
