"""Shapley values and interactions of made-up games with known answers, and their axioms on random games."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from revsim.analysis.shapley import alone, interactions, last_in, pairs_of, players_of, shapley

GAMES = arrays.arrays(np.float64, 32, elements=st.floats(-100.0, 100.0, allow_subnormal=False))


def sets(players: int) -> list[set[int]]:
    return [{k for k in range(players) if mask >> k & 1} for mask in range(2**players)]


def test_the_glove_game_gives_the_left_glove_two_thirds() -> None:
    # player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1 (Shapley 1953's market in its least form)
    values = np.asarray([float(0 in s and len(s) > 1) for s in sets(3)])
    assert shapley(values) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_the_airport_game_shares_each_stretch_among_those_who_need_it() -> None:
    # Littlechild and Owen (1973): costs 1, 2, 3; shares 1/3, 1/3 + 1/2, 1/3 + 1/2 + 1
    values = np.asarray([float(max((k + 1 for k in s), default=0)) for s in sets(3)])
    assert shapley(values) == pytest.approx([1 / 3, 5 / 6, 11 / 6])


def test_shares_are_the_mean_of_what_a_player_adds_over_all_orders() -> None:
    values, found = np.random.default_rng(1).normal(size=32), np.zeros(5)
    for order in permutations(range(5)):
        mask = 0
        for player in order:
            found[player] += values[mask | 1 << player] - values[mask]
            mask |= 1 << player
    assert shapley(values) == pytest.approx(found / 120.0, abs=1e-12)


@settings(max_examples=200, deadline=None)
@given(GAMES)
def test_shares_add_up_to_the_whole(values: np.ndarray) -> None:
    assert shapley(values).sum() == pytest.approx(values[-1] - values[0], abs=1e-10)


@settings(max_examples=100, deadline=None)
@given(arrays.arrays(np.float64, 16, elements=st.floats(-100.0, 100.0, allow_subnormal=False)), st.integers(0, 4))
def test_a_dummy_gets_exactly_nothing_and_interacts_with_nobody(smaller: np.ndarray, dummy: int) -> None:
    masks = np.arange(32)
    below = masks & ((1 << dummy) - 1)
    values = smaller[below | (masks >> (dummy + 1)) << dummy]
    assert shapley(values)[dummy] == 0.0
    assert alone(values)[dummy] == 0.0
    assert last_in(values)[dummy] == 0.0
    assert [part for part, pair in zip(interactions(values), pairs_of(5), strict=True) if dummy in pair] == [0.0] * 4


def test_players_that_are_alike_get_alike() -> None:
    values = np.asarray([len(s & {0, 3}) ** 2.0 + (2 in s) * len(s) for s in sets(5)])
    found = shapley(values)
    assert found[0] == pytest.approx(found[3], abs=1e-12)
    assert found[0] != pytest.approx(found[2], abs=1e-3)


def test_a_game_that_only_adds_up_has_no_interaction_and_first_last_and_share_agree() -> None:
    worth = np.asarray([3.0, -1.0, 0.5, 2.0, 0.0])
    values = np.asarray([sum(worth[k] for k in s) for s in sets(5)])
    assert interactions(values) == pytest.approx(np.zeros(10), abs=1e-12)
    for found in (shapley(values), alone(values), last_in(values)):
        assert found == pytest.approx(worth)


def test_two_that_need_each_other_interact_by_what_they_make_together_and_nobody_else_does() -> None:
    values = np.asarray([7.0 * ({1, 4} <= s) for s in sets(5)])
    found = dict(zip(pairs_of(5), interactions(values), strict=True))
    assert found.pop((1, 4)) == pytest.approx(7.0)
    assert list(found.values()) == pytest.approx([0.0] * 9)


def test_two_that_stand_in_for_each_other_interact_below_zero() -> None:
    values = np.asarray([float(bool(s & {0, 1})) for s in sets(2)])
    assert interactions(values) == pytest.approx([-1.0])


def test_what_lies_behind_the_sets_is_carried_along() -> None:
    values = np.random.default_rng(2).normal(size=(8, 6))
    assert shapley(values)[:, 4] == pytest.approx(shapley(values[:, 4]))
    assert interactions(values)[:, 4] == pytest.approx(interactions(values[:, 4]))


def test_a_game_without_a_value_for_each_set_is_refused() -> None:
    with pytest.raises(ValueError, match="31 values"):
        players_of(np.zeros(31))


def test_one_player_has_all_and_no_pair() -> None:
    values = np.array([[1.0, 2.0], [4.0, 8.0]])
    assert shapley(values).tolist() == alone(values).tolist() == last_in(values).tolist() == [[3.0, 6.0]]
    assert interactions(values).shape == (0, 2)
    assert pairs_of(1) == []


def test_alone_and_last_in_are_what_is_added_to_nobody_and_to_all_others() -> None:
    values = np.array([0.0, 1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6])
    assert alone(values).tolist() == [1.0, 10.0, 1e3]
    assert last_in(values).tolist() == [9e5, 1e6 - 1e4, 1e6 - 100.0]


@pytest.mark.parametrize("count", [3, 5, 6, 7, 12])
def test_a_game_has_a_value_for_each_set_of_players(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} values: a game has one"):
        players_of(np.zeros(count))
    assert [players_of(np.zeros(2**k)) for k in (1, 2, 3)] == [1, 2, 3]
