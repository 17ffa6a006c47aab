"""What pairing bought, against variances that are known."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import pairing
from revsim.analysis.comparison import compare_frames
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.variance import HEADLINE
from tests.analysis.synthetic import study


def test_equal_values_gain_all_independent_ones_nothing_and_opposite_ones_lose() -> None:
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=(2, 20_000))
    assert pairing.of_values(one, one) == 1.0
    assert pairing.of_values(one, other) == pytest.approx(0.0, abs=0.03)
    assert pairing.of_values(one, -one) == pytest.approx(-1.0)


def test_the_gain_of_equally_wide_values_is_their_correlation() -> None:
    rng = np.random.default_rng(2)
    one, free = rng.normal(size=(2, 50_000))
    assert pairing.of_values(one, 0.8 * one + 0.6 * free) == pytest.approx(0.8, abs=0.02)


def test_replications_without_a_number_in_either_are_left_out() -> None:
    one, other = np.array([1.0, 2.0, np.nan, 4.0, 6.0]), np.array([1.0, 2.0, 9.0, 5.0, np.nan])
    assert pairing.of_values(one, other) == pairing.of_values(one[[0, 1, 3]], other[[0, 1, 3]])
    assert np.isnan(pairing.of_values(np.ones(5), np.ones(5)))


def test_common_luck_gains_on_every_measure_and_the_verdict_says_so() -> None:
    comparison = compare_frames(*study({"a": 0.2, "b": 0.15}, 60), ["a", "b"], "a", "USD")
    gains = comparison.effects().set_index("measure")["variance_reduction"]
    assert gains[HEADLINE] > 0.9
    assert gains.median() == pytest.approx(1.0)
    assert (gains.dropna() > 0.1).all()  # whether a quarter is far off is a coarse thing
    assert "The same luck for all leaves no noise in the headline's effect" in comparison.paragraphs.reach


def test_independent_luck_gains_nothing() -> None:
    comparison = compare_frames(*study({"a": 0.2, "b": 0.15}, 400, common=False), ["a", "b"], "a", "USD")
    gains = comparison.effects()["variance_reduction"].dropna()
    assert abs(gains.median()) < 0.1  # sd of one is 0.05


def test_the_gain_of_draws_is_one_less_the_share_of_the_variances_that_is_left() -> None:
    """Draws 1, 2, 3, 6 of variance 3.5; less a difference 0, 0, 1, 1 of .25 the baseline's 1, 2, 2, 5 of 2.25."""
    gain = pairing.of_draws(np.array([1.0, 2.0, 3.0, 6.0]), np.array([0.0, 0.0, 1.0, 1.0]))
    assert gain == pytest.approx(1.0 - 0.25 / (3.5 + 2.25))
    assert np.isnan(pairing.of_draws(np.array([1.0, 2.0, 3.0]), np.array([0.0, np.inf, 1.0])))


@pytest.mark.parametrize(
    ("own", "base", "gain"),
    [
        ([1.0, 2.0, 4.0], [2.0, 4.0, 8.0], 1.0),  # one half of the other: logarithms differ by a constant
        ([0.0, 1.0, 2.0], [1.0, 2.0, 3.0], 1.0),  # without a logarithm it is the differences that are constant
        ([1.0, 2.0, 3.0], [0.0, 1.0, 2.0], 1.0),
        ([-1.0, 0.0, 4.0], [2.0, 4.0, 12.0], 0.8),  # variances 14/3, 56/3 and, of the difference, 14/3
        ([1.0, 2.0, np.nan], [2.0, 4.0, 8.0], np.nan),
        ([1.0, 2.0, 4.0], [-2.0, 4.0, np.nan], np.nan),
    ],
)
def test_of_leave_one_out_values_the_gain_is_of_logarithms_where_both_have_one(
    own: list[float], base: list[float], gain: float
) -> None:
    found = pairing.of_jackknife(Jackknifed(1.0, np.array(own)), Jackknifed(1.0, np.array(base)))
    assert found == pytest.approx(gain, nan_ok=True)
