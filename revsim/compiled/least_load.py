"""Who of all seats has the least load: seats lie in groups, and only a group with a changed load is searched again.

`best[group]` is the group's seat of the least load, of equals the lowest, or UNKNOWN since one of its loads changed. A
group has 32 seats, and more where there are more than 1,024: of n seats some sqrt(n) groups of sqrt(n) seats, so that a
search takes some sqrt(n) steps for itself and for each change before it. Up to 32 seats it is the plain search through
all of them, which nothing beats: a tournament, whose winner is always known, made every event of a company of 10 to 40
reps 3 to 5 % dearer, as loads change three times for each search.

It is a plain array of whole numbers, one a seat (of which groups take the first), that follows from the loads alone:
whoever keeps a company copies it with them, or forgets it (`forget_best`), and the next search finds it again.
"""

from __future__ import annotations

from revsim.compiled._kernel import inlined, kernel

BITS = 5  # of a seat's number within its group, at least
UNKNOWN = -1


@inlined
def bits_of(seats):
    """Bits of a seat's number within its group: with twice as many all seats are told apart."""
    bits = BITS
    while seats > 1 << (2 * bits):
        bits += 1
    return bits


@inlined
def load_changed(best, seats, seat):
    """Who is best in the seat's group has to be found again."""
    best[seat >> bits_of(seats)] = UNKNOWN


@kernel
def forget_best(best):
    """Nothing is known, as on the first day."""
    for group in range(len(best)):
        best[group] = UNKNOWN


@kernel
def least_loaded(best, loads, seats):
    """The seat of the least load, of equals the lowest."""
    bits = bits_of(seats)
    found = 0
    for group in range(((seats - 1) >> bits) + 1):
        first = group << bits
        if best[group] == UNKNOWN:
            best[group] = least_of(loads, first, min(seats, first + (1 << bits)))
        if loads[best[group]] < loads[found]:
            found = best[group]
    return found


@inlined
def least_of(loads, first, end):
    """The same of some seats that follow each other."""
    found, least = first, loads[first]
    for seat in range(first + 1, end):
        if loads[seat] < least:
            found, least = seat, loads[seat]
    return found
