"""The rep with most room is known without a search: the one whom a search from seat to seat would find."""

from __future__ import annotations

from math import inf
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from revsim.compiled.tournament import BEST, arrange, load_changed

LOADS = st.one_of(st.sampled_from([0.0, 0.5, np.nextafter(0.5, 1.0), 1.0, 2.0, inf]), st.floats(0.0, 3.0))


@st.composite
def histories(draw: Any) -> tuple[list[float], list[tuple[int, float]]]:
    """The loads of a company's seats at first, and which seat's load becomes what."""
    loads = draw(st.lists(LOADS, min_size=1, max_size=70))
    return loads, draw(st.lists(st.tuples(st.integers(0, len(loads) - 1), LOADS), max_size=60))


@numba.njit
def play(loads: Any, seats: Any, becomes: Any, found: Any, winners: Any) -> None:
    """Change load after load, and note the winner after each."""
    arrange(winners, loads)
    found[0] = winners[BEST]
    for k in range(len(seats)):
        loads[seats[k]] = becomes[k]
        load_changed(winners, loads, seats[k])
        found[k + 1] = winners[BEST]


def played(loads: list[float], changes: list[tuple[int, float]]) -> tuple[list[int], NDArray[np.int64]]:
    """The winner at first and after each change; and the tournament in the end."""
    winners, found = np.full(2 * len(loads), -9, np.int64), np.zeros(len(changes) + 1, np.int64)
    seats, becomes = np.array([seat for seat, _ in changes], np.int64), np.array([load for _, load in changes], float)
    play(np.array(loads), seats, becomes, found, winners)
    return found.tolist(), winners


def searched(loads: list[float], changes: list[tuple[int, float]]) -> list[int]:
    """The same by a search from seat to seat: the first of the least."""
    now, found = list(loads), [loads.index(min(loads))]
    for seat, load in changes:
        now[seat] = load
        found.append(now.index(min(now)))
    return found


@settings(max_examples=300, deadline=None, derandomize=True)
@given(histories())
def test_the_winner_is_the_lowest_seat_of_the_least_load_after_every_change(history: Any) -> None:
    assert played(*history)[0] == searched(*history)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(histories())
def test_a_tournament_that_lived_through_changes_is_the_one_made_of_the_loads_alone(history: Any) -> None:
    loads, changes = history
    last = list(loads)
    for seat, load in changes:
        last[seat] = load
    assert np.array_equal(played(loads, changes)[1][BEST:], played(last, [])[1][BEST:])


@pytest.mark.parametrize("seats", [1, 2, 3, 27, 300, 1000])
def test_deals_handed_out_one_by_one_to_equals_go_round_in_order_of_seats(seats: int) -> None:
    changes = [(seat, float(turn)) for turn in (1, 2) for seat in range(seats)]
    assert played([0.0] * seats, changes)[0] == [*range(seats), *range(seats), 0]
