"""Keys made together are those that numpy makes one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.luck.keys import keys

EDGES = [0, 1, 2**32 - 1, 2**32, 2**64, 2**128 - 1, 2**128, 2**200 + 5]
whole = st.one_of(st.sampled_from(EDGES), st.integers(0, 2**160))


@given(
    seed=whole,
    before=whole,
    numbers=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5),
    after=st.lists(whole, max_size=2),
)
def test_keys_are_those_of_numpy(seed: int, before: int, numbers: list[int], after: list[int]) -> None:
    found = keys(seed, before, numbers, after)
    for number, key in zip(numbers, found, strict=True):
        sequence = np.random.SeedSequence(seed, spawn_key=(before, number, *after))
        assert key.tolist() == sequence.generate_state(2, np.uint64).tolist()


@pytest.mark.parametrize("after", [(), (1,), (2**40,)])
def test_keys_are_of_one_kind(after: tuple[int, ...]) -> None:
    found = keys(1, 2, [3, 4, 5], after)
    assert found.dtype == np.uint64
    assert found.shape == (3, 2)
