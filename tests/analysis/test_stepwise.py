"""Where effects begin: the order of the search, and its one error rate."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from revsim.analysis import interval
from revsim.analysis.interval import Interval
from revsim.analysis.stepwise import begins, shared

UP, DOWN, FLAT = Interval(1, 0.5, 1.5), Interval(-1, -1.5, -0.5), Interval(0.1, -0.4, 0.6)
EMPTY = Interval(1, np.nan, np.nan)
CAUCHY = np.tan(0.4875 * np.pi) / np.tan(0.475 * np.pi)


@pytest.mark.parametrize(
    ("parts", "first"),
    [
        ([FLAT, UP, UP], 1),
        ([UP, FLAT, UP], 2),
        ([UP, UP, UP], 0),
        ([UP, UP, FLAT], None),
        ([DOWN, UP], 1),
        ([DOWN, DOWN], 0),
        ([UP, EMPTY, UP], 2),
        ([UP, EMPTY], None),
        ([], None),
    ],
)
def test_an_effect_begins_where_all_that_follow_are_clear_to_one_side(parts: list[Interval], first: int | None) -> None:
    assert begins(parts) == first


def test_intervals_that_share_a_rate_are_bonferroni_s() -> None:
    values = np.random.default_rng(1).standard_normal(30)
    part = shared(interval.of_mean(values), 30, 4)
    low, high = stats.t.interval(1 - 0.05 / 4, 29, values.mean(), stats.sem(values))
    assert part.low == pytest.approx(low)
    assert part.high == pytest.approx(high)
    assert shared(FLAT, 30, 1) == FLAT


def test_among_eight_levels_without_effect_one_study_in_twenty_finds_some() -> None:
    """600 studies of eight independent empty levels: between 3 % and 7.6 % (binomial, false-alarm rate 1 %).

    Single intervals would find some level clear in a third of them.
    """
    rng = np.random.default_rng(2)
    found, single = [], []
    for _ in range(600):
        parts = [interval.of_mean(values) for values in rng.standard_normal((8, 25))]
        found.append(begins(parts) is not None)
        single.append(any(part.clear for part in parts))
    assert 0.03 <= np.mean(found) <= 0.076
    assert np.mean(single) > 0.25


def test_two_replications_share_a_rate_and_one_has_none() -> None:
    """With one degree of freedom t is a Cauchy: its 97.5 % point is tan(.475 pi), the 98.75 % one tan(.4875 pi)."""
    part = shared(Interval(0.0, -1.0, 2.0), 2, 2)
    assert tuple(part)[1:] == pytest.approx((-1.0 * CAUCHY, 2.0 * CAUCHY))
    assert shared(FLAT, 1, 2) == FLAT
