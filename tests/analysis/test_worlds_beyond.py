"""The share of worlds in which a variance is truly lower does not depend on how well each world is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from revsim.analysis.worlds.beyond import SIDES, lowers, share_below
from revsim.analysis.worlds.contests import BOOKINGS, VARIANCE


def contest(seed: int, mean: float, spread: float, error: float, worlds: int = 80) -> pd.DataFrame:
    """True effects normal over worlds, each seen with a known error."""
    rng = np.random.default_rng(seed)
    seen = mean + spread * rng.normal(size=worlds) + error * rng.normal(size=worlds)
    half = error * SIDES / 2.0
    ends = {"estimate": np.expm1(seen), "low": np.expm1(seen - half), "high": np.expm1(seen + half)}
    return pd.DataFrame({"criterion": VARIANCE, **ends})


@pytest.mark.parametrize("error", [0.02, 0.2])
def test_the_truth_is_covered_whether_worlds_are_known_well_or_badly(error: float) -> None:
    # 200 studies of 80 worlds at 95 %: fewer than 178 in less than 1 of 1,000 runs if all is right
    truth, hits, middle = float(norm.cdf(0.1 / 0.15)), 0, []
    for seed in range(200):
        found = lowers(contest(seed, -0.1, 0.15, error))
        hits += found.low <= truth <= found.high
        middle.append(found.estimate)
    assert hits >= 178
    # the mean of 200 estimates, each with a standard error of about 0.05
    assert np.mean(middle) == pytest.approx(truth, abs=0.03)


def test_worlds_that_differ_by_noise_alone_are_all_on_the_side_of_their_mean() -> None:
    effect = np.asarray([-0.3, 0.1] * 20)
    assert share_below(effect, np.full(40, 0.5)).tolist() == [1.0]
    assert share_below(-effect, np.full(40, 0.5)).tolist() == [0.0]
    assert share_below(np.zeros(40), np.zeros(40)).tolist() == [0.5]


def test_few_worlds_and_other_criteria_have_no_such_share() -> None:
    assert np.isnan(lowers(contest(1, -0.1, 0.1, 0.1, worlds=19))).all()
    assert np.isnan(lowers(contest(1, -0.1, 0.1, 0.1).assign(criterion=BOOKINGS))).all()
