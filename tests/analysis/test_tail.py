"""Revenue at risk and what lies beyond it, of bookings that are whole numbers."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.tail import Resampled, _error, interval_of, tail_of


@pytest.mark.parametrize(
    ("count", "at_risk", "beyond"),
    [
        (1, 0.0, 0.0),  # the only one
        (2, 1.0, 1.0),  # place 1.55, beyond the last
        (12, 11.0, 11.0),  # place 11.05
        (20, 18.65, 19.0),  # place 18.65, and the worst one of twenty
        (30, 28.15, (29.0 + 0.5 * 28.0) / 1.5),  # the worst one and a half of thirty
        (40, 37.65, 38.5),  # the worst two of forty
    ],
)
def test_the_tail_of_the_first_whole_numbers_is_worked_out_by_hand(count: int, at_risk: float, beyond: float) -> None:
    """Place k of n ordered values stands at (k - 1/3) / (n + 1/3), so that 95 % stand at (n + 1/3) .95 - 2/3 from 0."""
    values = np.random.default_rng(1).permutation(count).astype(float)[:, None]
    assert tail_of(values).tolist() == pytest.approx([at_risk, beyond])


def test_revenue_at_risk_has_the_interval_of_its_resamples_and_what_lies_beyond_a_studentised_one() -> None:
    rng = np.random.default_rng(2)
    draws, errors = rng.normal([10.0, 14.0], 2.0, size=(200, 2)), rng.uniform(1.5, 2.5, size=200)
    found = Resampled(np.array([10.0, 14.0]), 2.0, draws, errors)
    assert interval_of(found, 0, 40) == interval.of_bootstrap(10.0, draws[:, 0], 40)
    assert interval_of(found, 1, 40) == interval.of_studentised(14.0, 2.0, draws[:, 1], errors)


def test_two_influences_have_an_error_and_one_has_none() -> None:
    assert _error(np.array([[1.0, 3.0], [5.0, 5.0]])).tolist() == pytest.approx([1.0, 0.0])
    assert np.isnan(_error(np.array([[1.0]]))).tolist() == [True]
