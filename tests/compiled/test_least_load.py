"""The rep with most room is the one whom a search from seat to seat would find, whatever has changed before."""

from __future__ import annotations

from math import inf
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revsim.compiled.least_load import forget_best, least_loaded, load_changed

SIZES = [1, 2, 27, 32, 33, 64, 65, 300, 1000, 1024, 1025, 1056, 4097]
TIED = [0.0, 0.5, float(np.nextafter(0.5, 1.0)), 1.0, 2.0, inf]


@numba.njit
def play(loads: Any, seats: Any, becomes: Any, asks: Any, found: Any, best: Any) -> None:
    """Change load after load, and where it is asked for note who has the least."""
    forget_best(best)
    for k in range(len(seats)):
        loads[seats[k]] = becomes[k]
        load_changed(best, len(loads), seats[k])
        if asks[k]:
            found[k] = least_loaded(best, loads, len(loads))


def both(loads: Any, seats: Any, becomes: Any, asks: Any) -> tuple[list[int], list[int]]:
    """Who is found after each change that is asked about, -1 for others; by groups and from seat to seat."""
    found, plain, now = np.full(len(seats), -1), [], loads.copy()
    play(loads.copy(), seats, becomes, asks, found, np.full(len(loads), 77))
    for seat, load, ask in zip(seats, becomes, asks, strict=True):
        now[seat] = load
        plain.append(int(now.argmin()) if ask else -1)  # the first of the least
    return found.tolist(), plain


@settings(max_examples=200, deadline=None, derandomize=True)
@given(size=st.sampled_from(SIZES), seed=st.integers(0, 1 << 32), often=st.floats(0.05, 1.0), tied=st.booleans())
def test_random_changes_leave_the_lowest_seat_of_the_least_load(
    size: int, seed: int, often: float, *, tied: bool
) -> None:
    generator, many = np.random.default_rng(seed), 60

    def some(count: int) -> Any:
        return generator.choice(TIED, count) if tied else generator.uniform(0.0, 3.0, count)

    found, plain = both(some(size), generator.integers(size, size=many), some(many), generator.random(many) < often)
    assert found == plain


@pytest.mark.parametrize("size", SIZES)
def test_deals_handed_out_one_by_one_to_equals_go_round_in_order_of_seats(size: int) -> None:
    seats = np.tile(np.arange(size), 2)
    found, _ = both(np.zeros(size), seats, np.repeat([1.0, 2.0], size), np.ones(2 * size, bool))
    assert found == [*range(1, size), 0, *range(1, size), 0]
