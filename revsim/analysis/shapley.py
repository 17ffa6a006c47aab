"""Games on few players: exact Shapley values, interactions, and what a player adds first or last.

    phi_i  = sum over S without i   |S|! (k - |S| - 1)! / k!       [v(S + i) - v(S)]
    I_ij   = sum over S without i,j |S|! (k - |S| - 2)! / (k - 1)! [v(S + i + j) - v(S + i) - v(S + j) + v(S)]

A set of players is a binary number: player i is in it if its bit i is 1. `values` is (2^k, ...): whatever lies behind
the first axis, leave-one-out values or resamples, is carried along, as everything here is linear in v. Differences are
taken first, so that a player who changes nothing gets exactly zero.

Source: Shapley (1953), A value for n-person games; Grabisch and Roubens (1999), An axiomatic approach to the concept
of interaction among players in cooperative games.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def players_of(values: Floats) -> int:
    """How many players a game has. Raises ValueError unless there is a value for each set of them."""
    count = len(values).bit_length() - 1
    if len(values) != 2**count:
        raise ValueError(f"{len(values)} values: a game has one for each set of players, 2, 4, 8, ...")
    return count


def _sets_without(players: int, out: tuple[int, ...]) -> NDArray[np.int64]:
    """The sets that hold none of `out`."""
    sets = np.arange(2**players)
    inside = sum(1 << player for player in out)
    return np.asarray(sets[sets & inside == 0])


def _weights(sets: NDArray[np.int64], orders: int) -> Floats:
    """|S|! (orders - |S| - 1)! / orders! of each set."""
    sizes = [int(each).bit_count() for each in sets]
    return np.asarray([factorial(size) * factorial(orders - size - 1) / factorial(orders) for size in sizes])


def shapley(values: Floats) -> Floats:
    """(k, ...): each player's share; they add up to v(all) - v(none)."""
    players = players_of(values)
    found = []
    for player in range(players):
        sets = _sets_without(players, (player,))
        found.append(np.tensordot(_weights(sets, players), values[sets | 1 << player] - values[sets], axes=1))
    return np.stack(found)


def pairs_of(players: int) -> list[tuple[int, int]]:
    """Pairs of players, in the order of `interactions`."""
    return list(combinations(range(players), 2))


def interactions(values: Floats) -> Floats:
    """(pairs, ...): what two players add together beyond what each adds; 0 for all in a game that only adds up."""
    players = players_of(values)
    found = []
    for one, other in pairs_of(players):
        sets = _sets_without(players, (one, other))
        first, second = 1 << one, 1 << other
        together = (values[sets | first | second] - values[sets | first]) - (values[sets | second] - values[sets])
        found.append(np.tensordot(_weights(sets, players - 1), together, axes=1))
    return np.stack(found) if found else np.zeros((0, *values.shape[1:]))


def alone(values: Floats) -> Floats:
    """(k, ...): what each player adds to nobody."""
    return np.stack([values[1 << player] - values[0] for player in range(players_of(values))])


def last_in(values: Floats) -> Floats:
    """(k, ...): what each player adds to all others."""
    everybody = len(values) - 1
    return np.stack([values[everybody] - values[everybody ^ 1 << player] for player in range(players_of(values))])
