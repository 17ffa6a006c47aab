"""Chance and structure from two futures of one state: the identity, known answers, and delete-one values."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.futures import Futures

CHANCE, STRUCTURE, BIAS, LEVEL = 9.0, 4.0, 3.0, 100.0


def made_up(replications: int, quarters: int, seed: int, share: float = 1.0) -> Futures:
    """States around LEVEL with two futures each, and a forecast that errs by BIAS and a mistake of its own."""
    rng = np.random.default_rng(seed)
    shape = (replications, quarters)
    state = LEVEL + 10.0 * rng.normal(size=shape)
    actual, again = (state + np.sqrt(CHANCE) * rng.normal(size=shape) for _ in range(2))
    forecast = state + BIAS + np.sqrt(STRUCTURE) * rng.normal(size=shape)
    again = np.where(rng.random(shape) < share, again, np.nan)
    return Futures(forecast, actual, again, np.isfinite(again).astype(float))


def turned(replications: int, quarters: int, seed: int) -> Futures:
    """One continued quarter a replication, in turn, as the runner does it."""
    whole = made_up(replications, quarters, seed)
    turn = np.arange(replications)[:, None] % quarters == np.arange(quarters)
    return whole._replace(again=np.where(turn, whole.again, np.nan))


def test_the_second_moment_is_chance_and_structure_exactly() -> None:
    one = made_up(50, 3, 1)
    squares = ((one.forecast - one.actual) ** 2 + (one.forecast - one.again) ** 2) / 2
    chance = (one.actual - one.again) ** 2 / 2
    structure = (one.forecast - one.actual) * (one.forecast - one.again)
    assert np.allclose(squares, chance + structure)


def test_known_chance_is_found_where_one_quarter_in_turn_is_continued() -> None:
    assert turned(20_000, 4, 2).chance().value * LEVEL**2 == pytest.approx(CHANCE, rel=0.05)


def test_known_structure_is_found_without_the_bias() -> None:
    assert turned(20_000, 4, 3).structure().value * LEVEL**2 == pytest.approx(STRUCTURE, rel=0.1)


def test_few_replications_do_not_bend_structure() -> None:
    """Mean of 4,000 studies of 5 replications; its standard error is about 0.06, so 0.3 off is 5 of them."""
    found = [made_up(5, 1, seed).structure().value * LEVEL**2 for seed in range(4_000)]
    assert np.mean(found) == pytest.approx(STRUCTURE, abs=0.4)


@pytest.mark.parametrize("part", ["chance", "structure"])
@pytest.mark.parametrize("share", [1.0, 0.5])
def test_delete_one_values_are_those_of_the_study_without_it(part: str, share: float) -> None:
    whole = made_up(9, 3, 5, share)
    without = getattr(whole, part)().without
    for r in range(9):
        left = Futures(*(np.delete(values, r, axis=0) for values in whole))
        assert without[r] == pytest.approx(getattr(left, part)().value, rel=1e-9)


@pytest.mark.parametrize("part", ["chance", "structure"])
def test_the_interval_covers_the_truth(part: str) -> None:
    """400 studies of 60: 95 % of them cover, 90 to 99 % here; false alarms below 1 in 1,000."""
    truth = {"chance": CHANCE, "structure": STRUCTURE}[part] / LEVEL**2
    found = [interval.of_jackknife(getattr(turned(60, 3, 100 + k), part)()) for k in range(400)]
    assert 0.90 <= np.mean([one.low <= truth <= one.high for one in found]) <= 0.99


def test_nothing_is_told_without_continuations() -> None:
    empty = made_up(20, 2, 6, share=0.0)
    assert np.isnan(empty.chance().value)
    assert np.isnan(empty.structure().value)


def test_futures_that_are_exchangeable_do_not_drift() -> None:
    """T intervals at 99.99 %: false alarms 2 in 10,000."""
    for values in turned(3_000, 4, 7).drift():
        assert abs(np.nanmean(values)) < 4.0 * np.nanstd(values) / 3_000**0.5


def test_a_future_that_knows_more_is_caught() -> None:
    one = turned(3_000, 4, 8)
    kinder = one._replace(again=one.again + 2.0)
    first, _ = kinder.drift()
    assert np.nanmean(first) > 4.0 * np.nanstd(first) / 3_000**0.5


def by_hand(continuations: float) -> Futures:
    """Three replications of one quarter: errors 3, 0, -3 of the run, 1, 0, -5 of the continuation; bookings 100."""
    forecast = np.array([[93.0], [100.0], [107.0]])
    actual, again = np.array([[90.0], [100.0], [110.0]]), np.array([[92.0], [100.0], [112.0]])
    return Futures(forecast, actual, again, np.full((3, 1), continuations))


def test_structure_of_three_replications_is_worked_out_by_hand() -> None:
    """Products 3, 0 and 15: their sum 18, times 3/2 for the bias that was estimated, over 3 quarters of 100^2."""
    assert by_hand(1.0).structure().value == pytest.approx(18.0 * 1.5 / 3.0 / 100.0**2)


@pytest.mark.parametrize(("continuations", "share"), [(1.0, 0.5), (3.0, 0.75)])
def test_chance_is_a_share_of_the_squared_distance_that_grows_with_the_continuations(
    continuations: float, share: float
) -> None:
    assert by_hand(continuations).chance().value == pytest.approx(share * (4.0 + 0.0 + 4.0) / 3.0 / 100.0**2)


def test_two_continued_replications_tell_nothing() -> None:
    one = by_hand(1.0)
    two = one._replace(again=np.array([[92.0], [100.0], [np.nan]]))
    assert np.isfinite(one.chance().value)
    assert np.isnan(two.chance().value)
    assert np.isnan(two.structure().value)
