"""Keys that are made together are those that numpy makes one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.luck.keys import keys_of

WHOLE = st.one_of(st.integers(0, 9), st.integers(0, 2**33), st.integers(0, 2**200))


def one_by_one(seed: int, replication: int, numbers: list[int], again: tuple[int, ...]) -> np.ndarray:
    return np.array(
        [
            np.random.SeedSequence(seed, spawn_key=(replication, number, *again)).generate_state(2, np.uint64)
            for number in numbers
        ]
    )


@given(WHOLE, WHOLE, st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=9), st.lists(WHOLE, max_size=2))
def test_keys_are_numpys(seed: int, replication: int, numbers: list[int], again: list[int]) -> None:
    expected = one_by_one(seed, replication, numbers, tuple(again))
    assert np.array_equal(keys_of(seed, replication, numbers, tuple(again)), expected)


@pytest.mark.parametrize("seed", [0, 2**32 - 1, 2**32, 2**128 - 1, 2**128])
def test_seeds_at_the_edges_of_words_and_of_the_pool(seed: int) -> None:
    assert np.array_equal(keys_of(seed, 0, [0, 130], (1,)), one_by_one(seed, 0, [0, 130], (1,)))


def test_numbers_of_numpy_s_have_the_same_keys() -> None:
    numbers = np.array([3, 2**40, 1])
    assert np.array_equal(
        keys_of(numbers[1], numbers[0], list(numbers[[0, 2]]), (numbers[2],)), keys_of(2**40, 3, [3, 1], (1,))
    )
