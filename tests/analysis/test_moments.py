"""Hand-offs alone: which number is whose word, and how wide the gap of best and second is."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.attribution import widened
from revsim.analysis.gains import Gains
from revsim.analysis.moments import moments
from tests.analysis.made_up import cube_of

LEAKS = np.zeros((4, 20, 2))


def game(whole: list[float], better: str = "lower") -> Gains:
    values = np.array(whole)
    each = values[:, None] * (1.0 + 0.01 * np.random.default_rng(5).normal(size=20))
    return Gains("x", "X", "days", better, values, each, resampled=False)


@pytest.mark.parametrize(("better", "order"), [("lower", (1, 3)), ("higher", (2, 3))])
def test_the_gap_is_widened_for_the_choice_among_the_other_hand_offs(better: str, order: tuple[int, int]) -> None:
    made = game([10.0, 8.0, 13.0, 9.0], better)
    best, second = order
    found = moments(cube_of({"leaked_expected_value": LEAKS}), [made], 0, [1, 2, 3])
    plain = made.interval(made.whole[best] - made.whole[second], made.spread[best] - made.spread[second])
    assert found.gap == pytest.approx(widened(plain, 2, 20))
    assert found.gap is not None
    assert found.gap.half > plain.half > 0.0


def test_of_two_hand_offs_the_gap_is_the_plain_interval() -> None:
    made = game([10.0, 8.0, 9.0])
    found = moments(cube_of({"leaked_expected_value": LEAKS[:3]}), [made], 0, [1, 2])
    assert found.gap == pytest.approx(made.interval(-1.0, made.spread[1] - made.spread[2]))


def test_a_running_sum_s_word_is_that_of_its_last_quarter() -> None:
    """Leaks fall by 2 in the first quarter and rise by 1 and 5 in the next: sums of -2, -1 and 4."""
    leaks = np.zeros((2, 20, 3))
    leaks[1] = np.array([-2.0, 1.0, 5.0])
    found = moments(cube_of({"leaked_expected_value": 9.0 + leaks}), [game([10.0, 8.0])], 0, [1])
    sums = {one.measure: one for one in found.found[0].running}["leaked_expected_value"]
    assert [part.estimate for part in sums.path] == [-2.0, -1.0, 4.0]
    assert (sums.word, sums.quarter) == ("worse", 3)
