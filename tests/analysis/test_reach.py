"""What one scenario takes off the variance as a share of what the best takes off: by leaving each replication out."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.enough_words import reach
from revsim.analysis.jackknife import Jackknifed
from tests.analysis.judged_by_hand import judged
from tests.analysis.test_variance import cube_of_errors

ERROR = np.random.default_rng(11).normal(size=(3, 30, 2)) * np.array([4.0, 2.0, 1.0])[:, None, None]


def taken_off(errors: np.ndarray) -> float:
    base, some, most = errors.var(axis=1, ddof=1).mean(axis=1)
    return float((base - some) / (base - most))


def test_a_share_of_what_the_best_takes_off_has_the_jackknife_s_interval() -> None:
    without = np.array([taken_off(np.delete(ERROR, r, axis=1)) for r in range(30)])
    found = reach(judged(cube=cube_of_errors(list(ERROR), [100.0] * 3)), 1, 2)
    assert found == pytest.approx(interval.of_jackknife(Jackknifed(taken_off(ERROR), without)))
    assert found.low < found.estimate < found.high < 1.0


def test_the_best_reaches_itself_and_nothing_is_a_share_of_nothing() -> None:
    made = judged(cube=cube_of_errors(list(ERROR), [100.0] * 3))
    assert reach(made, 2, 2) == pytest.approx((1.0, 1.0, 1.0))
    assert reach(made, 0, 2) == pytest.approx((0.0, 0.0, 0.0))
    assert np.isnan(reach(made, 1, 0)).all()
