"""Three replications are the fewest of which an error is told; with two there is no interval."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.balance import payback
from revsim.analysis.comparison import compare_frames
from revsim.analysis.cube import FEWEST
from revsim.analysis.jackknife import mean_of
from revsim.analysis.variance import covariance
from tests.analysis.synthetic import study

VALUES = np.array([0.2, 0.5, 0.6])
TABLE = np.array([[1.0, 2.0], [2.0, 1.5], [1.5, 3.0]])
EDGES: dict[str, Callable[[int], float]] = {
    "mean": lambda n: interval.of_mean(VALUES[:n]).low,
    "level": lambda n: interval.of_level(VALUES[:n]).low,
    "share": lambda n: interval.of_share(VALUES[:n]).low,
    "jackknife": lambda n: interval.of_jackknife(mean_of(VALUES[:n])).low,
    "positive": lambda n: interval.of_positive(mean_of(VALUES[:n])).low,
    "variance": lambda n: interval.of_variance(mean_of(VALUES[:n])).high,
    "delete-one variance": lambda n: float(covariance(TABLE[:n], TABLE[:n], TABLE[:n]).without[0]),
    "payback": lambda n: payback(TABLE[:n]).low,
}


def test_the_fewest_are_three() -> None:
    assert FEWEST == 3


@pytest.mark.parametrize("name", EDGES)
def test_three_have_an_error_and_two_have_none(name: str) -> None:
    assert np.isfinite(EDGES[name](3))
    assert np.isnan(EDGES[name](2))


@pytest.mark.parametrize("find", [interval.of_mean, interval.of_level, interval.of_share])
def test_of_two_the_mean_is_told_and_of_none_nothing(find: Callable[..., interval.Interval]) -> None:
    assert find(VALUES[:2]).estimate == pytest.approx(0.35)
    assert np.isnan(find(np.array([np.nan, np.nan])).estimate)


def test_a_variance_of_two_is_told_and_of_one_is_none() -> None:
    """Of 1 and 2 it is a half, over the squared mean 2.25; of 2 and 1.5 an eighth, over 3.0625."""
    assert covariance(TABLE[:2], TABLE[:2], TABLE[:2]).value == pytest.approx((0.5 / 2.25 + 0.125 / 3.0625) / 2)
    assert np.isnan(covariance(TABLE[:1], TABLE[:1], TABLE[:1]).value)


@pytest.mark.parametrize("replications", [2, 3])
def test_three_replications_are_judged_and_two_are_not(replications: int) -> None:
    comparison = compare_frames(*study({"a": 0.2, "b": 0.2}, replications), ["a", "b"], "a", "USD")
    assert ("there are no intervals" not in comparison.verdict) == (replications == FEWEST)
