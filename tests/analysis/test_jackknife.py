"""Leave-one-out values against leaving each one out."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.jackknife import Jackknifed, mean_of, means, ratio_of

VALUES = np.array([3.0, 8.0, 1.0, 4.0])
ONES = np.ones(3)


def test_means_without_each_are_those_of_the_others() -> None:
    """16 in all: without 3, 13 of three, and so on."""
    found = mean_of(VALUES)
    assert found.value == 4.0
    assert found.without == pytest.approx(np.array([13.0, 8.0, 15.0, 12.0]) / 3.0)


def test_means_by_quarter_are_those_of_each_quarter() -> None:
    whole, without = means(np.column_stack([VALUES, 10.0 * VALUES]))
    assert whole.tolist() == [4.0, 40.0]
    assert without == pytest.approx(np.outer([13.0, 8.0, 15.0, 12.0], [1.0, 10.0]) / 3.0)


def test_two_leave_each_other_and_one_leaves_nothing_to_divide_by() -> None:
    assert mean_of(np.array([2.0, 6.0])).without.tolist() == [6.0, 2.0]
    assert means(np.array([[2.0], [6.0]]))[1].tolist() == [[6.0], [2.0]]
    assert mean_of(np.array([2.0])).without.tolist() == [0.0]
    assert means(np.array([[2.0]]))[1].tolist() == [[0.0]]


def test_without_the_only_one_that_has_anything_exactly_nothing_is_left() -> None:
    values = np.zeros((3, 1))
    values[0] = 50.0
    assert means(values)[1].tolist() == [[0.0], [25.0], [25.0]]


def test_a_ratio_is_divided_value_by_value() -> None:
    found = ratio_of(mean_of(VALUES), Jackknifed(2.0, np.array([1.0, 2.0, 3.0, 4.0])))
    assert found.value == 2.0
    assert found.without == pytest.approx([13.0 / 3.0, 8.0 / 6.0, 5.0 / 3.0, 1.0])


@pytest.mark.parametrize(
    "bottom",
    [
        Jackknifed(0.0, ONES),
        Jackknifed(-1.0, ONES),
        Jackknifed(1.0, np.array([1.0, 0.0, 1.0])),
        Jackknifed(1.0, np.array([1.0, 1.0, -1.0])),
        Jackknifed(np.nan, ONES),
    ],
)
def test_a_ratio_to_what_is_not_above_zero_throughout_is_empty(bottom: Jackknifed) -> None:
    found = ratio_of(Jackknifed(1.0, ONES), bottom)
    assert np.isnan(found.value)
    assert np.isnan(found.without).tolist() == [True, True, True]
