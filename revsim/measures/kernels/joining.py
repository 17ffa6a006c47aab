"""The pass that joins rows to their deals; `by_numpy.py` finds the same, to the last bit."""

from __future__ import annotations

import numpy as np

from revsim.machine.intrinsics import carray, pointer
from revsim.machine.kernel import entry, inlined
from revsim.measures.kernels.columns import FLOAT, INT, TRACE, actors, entities, kinds, known, list_of, times, values
from revsim.measures.kinds import ARBITRATION, DESK, IS_OF_DEALS, NO_KIND, NUMBER

DEALS = np.dtype(
    [*TRACE, ("deals", "i8"), *((f"at_{name}", "i8") for name in ("deals", "taken", "owner", "after", "sums"))]
)
SHORT, BYTE = np.int32, np.uint8
DESK_FROM = int(NUMBER[list(DESK)].min())  # they are the last of all
SLOTS = 1 << 16
OF_DEAL = 3  # count, time, value


@inlined
def slot_of(entity):
    """Where a deal is looked up: by the low bits, which tell nearly all of a run apart, and what is above them."""
    return (entity ^ (entity >> 16) ^ (entity >> 32)) & (SLOTS - 1)


@entry
def sum_by_deal(asked):
    """Count, summed time and summed value of the rows of each deal by kind; of equal deals the first has the rows.

    In steps, each of which waits for one thing in memory and is short enough to be looked up many rows ahead.
    """
    one = asked[0]
    taken, owner = carray(pointer(one.at_taken), (SLOTS,), BYTE), carray(pointer(one.at_owner), (SLOTS,), SHORT)
    deals, after = carray(pointer(one.at_deals), (one.deals,), INT), carray(pointer(one.at_after), (one.deals,), SHORT)
    for deal in range(one.deals - 1, -1, -1):  # of those who share a slot the first is found first
        slot = slot_of(deals[deal])
        after[deal] = owner[slot] if taken[slot] else one.deals
        owner[slot], taken[slot] = deal, 1
    rows, cells, desk = list_of(one, 0), list_of(one, 1), list_of(one, 2)
    found = near(one, taken, rows)
    leave_arbitrations(one, rows, cells, desk, owned(one, rows, found, cells, desk))
    add(one, rows, found, cells)


@inlined
def near(one, taken, rows):
    """Rows of kinds that are summed, of deals that share a slot with one of ours, go to a list; how many it has."""
    kind, entity = kinds(one), entities(one)
    found = 0
    for row in range(one.rows):
        rows[found] = row
        found += IS_OF_DEALS[known(kind[row])] & taken[slot_of(entity[row])]
    return found


@inlined
def owned(one, rows, found, cells, desk):
    """Find the place among sums of each row of the list, and list the desk's among them; how many these are.

    Rows of nobody go to the sums of a deal after the last.
    """
    kind, entity = kinds(one), entities(one)
    deals, after = carray(pointer(one.at_deals), (one.deals,), INT), carray(pointer(one.at_after), (one.deals,), SHORT)
    owner, of_desk = carray(pointer(one.at_owner), (SLOTS,), SHORT), 0
    for place in range(found):
        row = rows[place]
        number, deal = NUMBER[known(kind[row])], np.int64(owner[slot_of(entity[row])])
        while deal < one.deals and deals[deal] != entity[row]:
            deal = np.int64(after[deal])
        cells[place] = deal * NO_KIND + number
        desk[of_desk] = place
        of_desk += number >= DESK_FROM
    return of_desk


@inlined
def leave_arbitrations(one, rows, cells, desk, of_desk):
    """The desk's rows that are arbitrations are nobody's."""
    actor = actors(one)
    for number in range(of_desk):
        if actor[rows[desk[number]]] == ARBITRATION:
            cells[desk[number]] = one.deals * NO_KIND


@inlined
def add(one, rows, found, cells):
    """Add the rows of the list to their sums."""
    time, value = times(one), values(one)
    sums = carray(pointer(one.at_sums), ((one.deals + 1) * NO_KIND, OF_DEAL), FLOAT)
    for place in range(found):
        row, cell = rows[place], cells[place]
        sums[cell, 0] += 1.0
        sums[cell, 1] += time[row]
        sums[cell, 2] += value[row]
