"""What a mix costs and brings, against sums made by hand; a larger budget never buys less."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.analysis.cube import Cube
from revsim.analysis.frontier import QUARTERLY, Worth, best_within, leading, worths
from revsim.analysis.frontier_rows import Asked, Shown, amount, budget_words, optimism_words
from revsim.analysis.interval import Interval


def cube() -> Cube:
    """Three scenarios, 5 replications, 2 quarters: the second books 10 more for 2, the third misses twice as much."""
    rng = np.random.default_rng(1)
    quarterly = {name: np.zeros((3, 5, 2)) for name in QUARTERLY}
    quarterly["bookings"] += rng.normal(100.0, 10.0, (5, 2))
    quarterly["bookings"][1] += 10.0
    quarterly["renewed_value"][1] = 6.0
    quarterly["remedy_cost_design"][1] = 1.5
    quarterly["remedy_cost_coordination"][1] = 0.5
    miss = rng.normal(0.0, 5.0, (5, 2))
    forecast = quarterly["bookings"] + miss * np.array([1.0, 1.0, 2.0])[:, None, None]
    weekly = {"forecast": np.repeat(forecast[..., None], 13, axis=3)}
    return Cube(("a", "b", "c"), np.arange(5), np.arange(1, 3), quarterly, weekly, 0.5)


def test_cost_and_net_values_are_the_sums_by_hand() -> None:
    mine, other = worths(cube())
    assert mine[:3] == pytest.approx((2.0, 0.5 * 10.0 - 2.0, 0.5 * 16.0 - 2.0))
    assert other[:3] == pytest.approx((0.0, 0.0, 0.0))


def test_variance_is_a_share_of_the_base_s_by_the_own_and_by_the_base_s_bookings() -> None:
    mine, other = worths(cube())
    assert (other.variance, other.variance_common) == pytest.approx((3.0, 3.0))
    assert mine.variance < mine.variance_common == pytest.approx(0.0, abs=1e-12)


WORTHS = st.lists(
    st.builds(Worth, st.floats(-10, 10), st.floats(-10, 10), st.just(0.0), st.just(0.0), st.just(0.0)), max_size=12
)
TODAY = Worth(0.0, 0.0, 0.0, 0.0, 0.0)


@given(WORTHS, st.lists(st.floats(0, 12), min_size=2, max_size=4))
def test_a_larger_budget_never_buys_less_and_none_is_overdrawn(found: list[Worth], budgets: list[float]) -> None:
    rows = [TODAY, *found]
    best = [rows[best_within(rows, budget)] for budget in sorted(budgets)]
    assert all(one.cost <= budget for one, budget in zip(best, sorted(budgets), strict=True))
    nets = [one.net_without_renewals for one in best]
    assert nets == sorted(nets)
    assert min(nets) >= 0.0  # today's mix costs nothing


def test_leaders_are_those_of_each_budget_each_once() -> None:
    rows = [TODAY, *(TODAY._replace(cost=cost) for cost in (1.0, 2.0, 3.0))]
    assert leading(rows, [0.0, 1.0, 2.0, 3.0], [1.0, 3.0], 2) == [1, 0, 3, 2]


def shown(side: str, net: float, in_search: float = 0.0) -> Shown:
    part = Interval(net, net - 1.0, net + 1.0)
    share = Interval(-0.1, -0.2, 0.0)
    cost, behind = Interval(20e3, 19e3, 21e3), Interval(300.0 - net, 290.0 - 1.1 * net, 310.0)
    return Shown(Asked(side, 25_000.0, side, in_search), cost, part, part, share, share, behind)


def test_the_side_that_brings_most_is_named_first() -> None:
    (said,) = budget_words([shown("coordination", 100.0), shown("design", 300.0), shown("both", 200.0)], "EUR")
    assert [said.index(word) for word in ("design", "both", "coordination")] == sorted(
        said.index(word) for word in ("design", "both", "coordination")
    )
    assert said.startswith("A budget of 25k EUR a quarter")
    assert re.findall(r"(not clearly|clearly) less", said) == ["clearly", "clearly"]


def test_a_side_that_may_bring_as_much_is_not_said_to_bring_less() -> None:
    near = shown("both", 299.0)._replace(behind=Interval(1.0, -2.0, 4.0))
    same = shown("coordination", 298.0)._replace(behind=Interval(0.0, 0.0, 0.0))
    (said,) = budget_words([shown("design", 300.0), near, same], "EUR")
    assert "not clearly less" in said
    assert said.endswith(", the same.")


def test_optimism_is_what_the_search_saw_beyond_fresh_luck() -> None:
    rows = [shown("design", 100.0, 150.0), shown("both", 100.0, 130.0)]
    assert [row.promised for row in rows] == [50.0, 30.0]
    assert "40 EUR a quarter more" in optimism_words(rows, "EUR")


@pytest.mark.parametrize(("budget", "words"), [(25e3, "25k"), (120e3, "120k"), (125e3, "125k"), (500.0, "500")])
def test_budgets_have_names_of_their_own(budget: float, words: str) -> None:
    assert amount(budget) == words
