"""Percentiles of companies by order statistics, and shares that are ahead: binomial numbers by hand."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.companies import companies, percentile


def test_the_percentiles_are_the_tenth_the_middle_and_the_ninetieth() -> None:
    """Median-unbiased: place (n + 1/3) p + 1/3 of nine values, from 1."""
    net = np.arange(1.0, 10.0)[::-1, None]
    found = companies(net).percentiles
    wanted = {"p10": 28.0 / 3.0 * 0.1 + 1.0 / 3.0, "p50": 5.0, "p90": 28.0 / 3.0 * 0.9 + 1.0 / 3.0}
    assert {name: part.estimate for name, part in found.items()} == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("count", "ends"),
    [
        (5, (np.nan, np.nan)),  # all five above the median: 1 of 32
        (6, (1.0, 6.0)),  # all six: 1 of 64
        (8, (1.0, 8.0)),  # seven or more of eight: 9 of 256
        (9, (2.0, 8.0)),  # eight or more of nine: 10 of 512
        (17, (5.0, 13.0)),  # thirteen or more of seventeen: 2.45 %
    ],
)
def test_a_median_lies_between_the_order_statistics_that_hold_it_with_95_percent(
    count: int, ends: tuple[float, float]
) -> None:
    found = percentile(np.arange(1.0, count + 1.0)[::-1], 0.5)
    assert found[1:] == pytest.approx(ends, nan_ok=True)


def test_an_end_that_no_company_reaches_leaves_both_empty() -> None:
    """Of three companies the ninetieth percentile has a lower end (1 of 1,000) and no upper one."""
    values = np.array([3.0, 1.0, 2.0])
    for share in (0.1, 0.9):
        assert np.isnan(percentile(values, share)[1:]).all()
    assert np.isnan(percentile(np.empty(0), 0.5)).all()


def test_who_is_ahead_is_told_by_the_running_sum_and_level_is_not_ahead() -> None:
    net = np.array([[1.0, -1.0, 2.0], [-1.0, 2.0, -3.0], [1.0, 1.0, 1.0], [0.0, 0.0, 1.0]])
    found = companies(net)
    assert [part.estimate for part in found.ahead] == [0.5, 0.5, 0.75]
    assert found.at_the_end == found.ahead[-1] == interval.of_share(np.array([1.0, 0.0, 1.0, 1.0]))
