"""Who of all seats has the least load, known at any time: a tournament, in which one changed load is few games.

`winners[seats + seat]` is the seat itself, `winners[node]` the better of `winners[2 * node]` and the one behind it: the
less full, of equals the lower seat. `winners[BEST]` has beaten everybody, or is alone. A changed load costs at most
log2(seats) games, and mostly two: above a game that somebody else wins as before, nothing changes.

It is a plain array of 2 * seats whole numbers that follows from the loads alone: whoever copies both arrays has copied
the tournament, and `arrange` plays it from loads only.
"""

from __future__ import annotations

from revsim.compiled._kernel import inlined, kernel

BEST = 1  # place of the winner of all


@inlined
def better(winners, loads, node):
    """Who wins at a node: the less full of the two below, of equals the lower seat."""
    one, other = winners[2 * node], winners[2 * node + 1]
    if loads[other] < loads[one] or (loads[other] == loads[one] and other < one):
        return other
    return one


@kernel
def arrange(winners, loads):
    """All games, from the loads alone."""
    seats = len(winners) >> 1
    for seat in range(seats):
        winners[seats + seat] = seat
    for node in range(seats - 1, 0, -1):
        winners[node] = better(winners, loads, node)


@kernel
def load_changed(winners, loads, seat):
    """The games of one seat again, as far up as it can matter."""
    node = ((len(winners) >> 1) + seat) >> 1
    while node > 0:
        best = better(winners, loads, node)
        if best == winners[node] and best != seat:
            return
        winners[node] = best
        node >>= 1
