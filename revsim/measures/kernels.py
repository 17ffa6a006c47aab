"""The passes over the rows of a trace, as machine code; `by_numpy.py` finds the same, to the last bit.

Nearly all rows are left out by steps that no branch depends on: a row is written to the end of a list, and the list
grows by one or by nothing. Sums are added in the order of rows.
"""

from __future__ import annotations

import numpy as np

from revsim.machine.intrinsics import carray, pointer
from revsim.machine.kernel import entry, inlined
from revsim.measures.kinds import (
    ACTORS,
    AFTER_LAST,
    ARBITRATION,
    DESK,
    IS_LISTED,
    IS_OF_DEALS,
    IS_READ,
    IS_READ_WITHIN,
    IS_STATE,
    KINDS,
    NO_KIND,
    NO_STATE,
    NOWHERE,
    NUMBER,
    OF_QUARTER,
    OF_WEEK,
    QUARTERLY,
    SETS,
    WEEKLY,
)
from revsim.units import WEEKS_PER_QUARTER

# Arrays by address: one argument is all that a call has to look at.
COLUMNS = [(f"at_{name}", "i8") for name in ("time", "kind", "entity", "actor", "value")]
ROWS = np.dtype(
    [("rows", "i8"), *COLUMNS]
    + [("first_quarter", "i8"), ("quarters", "i8"), ("at_cuts", "i8")]
    + [(f"at_{name}", "i8") for name in ("counts", "sums", "together", "weekly", "quarterly")]
    + [(f"at_{name}", "i8") for name in ("read", "places", "first", "within")]
)
DEALS = np.dtype(
    [("rows", "i8"), *COLUMNS]
    + [("deals", "i8"), ("at_deals", "i8")]
    + [(f"at_{name}", "i8") for name in ("taken", "owner", "after", "lists", "sums")]
)
FLOAT, INT, SHORT, BYTE, UNSIGNED = np.float64, np.int64, np.int32, np.uint8, np.uint16
STATES, STATES_OF_QUARTER = len(WEEKLY), len(QUARTERLY)
DESK_FROM = int(NUMBER[list(DESK)].min())  # they are the last of all
SLOTS = 1 << 16
OF_DEAL = 3  # count, time, value


@inlined
def known(kind):
    """A kind, read without its sign; all that nobody knows are one."""
    return min(np.int64(kind), AFTER_LAST)


@inlined
def slot_of(entity):
    """Where a deal is looked up: by the low bits, which tell nearly all of a run apart, and what is above them."""
    return (entity ^ (entity >> 16) ^ (entity >> 32)) & (SLOTS - 1)


@entry
def count_rows(asked):
    """Counts and sums by quarter and kind, sums of kinds together, states, and the places of the kinds listed."""
    one = asked[0]
    kind, read = carray(pointer(one.at_kind), (one.rows,), UNSIGNED), carray(pointer(one.at_read), (one.rows,), INT)
    cuts = carray(pointer(one.at_cuts), (one.quarters + 1,), INT)
    first, last = cuts[0], max(cuts[0], cuts[one.quarters])
    found = outside(kind, 0, first, read, 0)
    found = within(one, kind, read, found)
    found = outside(kind, last, one.rows, read, found)
    summed_together(one, kind, read, found)
    found = states(one, kind, read, found)
    grouped(one, kind, read, found)


@inlined
def outside(kind, first, last, read, found):
    """Rows outside the window go to the list if they are read one by one; how many it has."""
    for row in range(first, last):
        read[found] = row
        found += IS_READ[known(kind[row])]
    return found


@inlined
def within(one, kind, read, found):
    """Each row of the window counts for its kind; those of kinds that are read go to the list; how many it has."""
    size, value = (one.quarters, KINDS), carray(pointer(one.at_value), (one.rows,), FLOAT)
    counts, sums = carray(pointer(one.at_counts), size, INT), carray(pointer(one.at_sums), size, FLOAT)
    cuts = carray(pointer(one.at_cuts), (one.quarters + 1,), INT)
    for quarter in range(one.quarters):
        for row in range(cuts[quarter], cuts[quarter + 1]):
            of = known(kind[row])
            read[found] = row
            found += IS_READ_WITHIN[of]
            counts[quarter, of] += 1
            sums[quarter, of] += value[row]
    return found


@inlined
def summed_together(one, kind, read, found):
    """Values of the list's rows within the window by the sets that their kind is in; the last set is none."""
    cuts = carray(pointer(one.at_cuts), (one.quarters + 1,), INT)
    sums = carray(pointer(one.at_together), (one.quarters, NOWHERE + 1), FLOAT)
    value, place = carray(pointer(one.at_value), (one.rows,), FLOAT), 0
    while place < found and read[place] < cuts[0]:
        place += 1
    for quarter in range(one.quarters):
        while place < found and read[place] < cuts[quarter + 1]:
            of = known(kind[read[place]])
            if SETS[of, 0] != NOWHERE:
                sums[quarter, SETS[of, 0]] += value[read[place]]
                sums[quarter, SETS[of, 1]] += value[read[place]]
            place += 1


@inlined
def states(one, kind, read, found):
    """The last value of each state by week or quarter, NaN without; other rows that are listed stay so: how many."""
    weekly = carray(pointer(one.at_weekly), (STATES, one.quarters * WEEKS_PER_QUARTER), FLOAT)
    quarterly = carray(pointer(one.at_quarterly), (STATES_OF_QUARTER, one.quarters), FLOAT)
    weekly[:], quarterly[:] = np.nan, np.nan
    left = 0
    for place in range(found):
        row = read[place]
        of = known(kind[row])
        if IS_STATE[of]:
            state(one, row, of, weekly, quarterly)
        read[left] = row
        left += IS_LISTED[of]
    return left


@inlined
def state(one, row, of, weekly, quarterly):
    """Note a row's value, if it is one of the window."""
    entity = carray(pointer(one.at_entity), (one.rows,), INT)[row]
    actor = carray(pointer(one.at_actor), (one.rows,), INT)[row]
    value = carray(pointer(one.at_value), (one.rows,), FLOAT)[row]
    quarter, week = entity - one.first_quarter, entity - one.first_quarter * WEEKS_PER_QUARTER
    if OF_QUARTER[of] != NO_STATE and 0 <= quarter < one.quarters:
        quarterly[OF_QUARTER[of], quarter] = value
    if -1 <= actor < ACTORS and OF_WEEK[of, actor + 1] != NO_STATE and 0 <= week < one.quarters * WEEKS_PER_QUARTER:
        weekly[OF_WEEK[of, actor + 1], week] = value


@inlined
def grouped(one, kind, read, found):
    """The list by kind, rows of a kind in their order: where each kind begins, and what of it lies in the window."""
    cuts = carray(pointer(one.at_cuts), (one.quarters + 1,), INT)
    places, quarter_of = carray(pointer(one.at_places), (2, one.rows), INT)
    first, at = carray(pointer(one.at_first), (2, KINDS + 1), INT)
    inner = carray(pointer(one.at_within), (KINDS, 2), INT)
    for place in range(found):
        first[known(kind[read[place]]) + 1] += 1
    for of in range(KINDS):
        first[of + 1] += first[of]
        at[of] = inner[of, 0] = inner[of, 1] = first[of]
    quarter = -1
    for place in range(found):
        row = read[place]
        of = known(kind[row])
        while quarter < one.quarters and row >= cuts[quarter + 1]:
            quarter += 1
        places[at[of]], quarter_of[at[of]] = row, quarter
        at[of] += 1
        inner[of, 0] += quarter < 0
        inner[of, 1] += quarter < one.quarters


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
    rows, cells, desk = carray(pointer(one.at_lists), (3, one.rows), INT)
    found = near(one, taken, rows)
    leave_arbitrations(one, rows, cells, desk, owned(one, rows, found, cells, desk))
    add(one, rows, found, cells)


@inlined
def near(one, taken, rows):
    """Rows of kinds that are summed, of deals that share a slot with one of ours, go to a list; how many it has."""
    kind, entity = carray(pointer(one.at_kind), (one.rows,), UNSIGNED), carray(pointer(one.at_entity), (one.rows,), INT)
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
    kind, entity = carray(pointer(one.at_kind), (one.rows,), UNSIGNED), carray(pointer(one.at_entity), (one.rows,), INT)
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
    actor = carray(pointer(one.at_actor), (one.rows,), INT)
    for number in range(of_desk):
        if actor[rows[desk[number]]] == ARBITRATION:
            cells[desk[number]] = one.deals * NO_KIND


@inlined
def add(one, rows, found, cells):
    """Add the rows of the list to their sums."""
    time, value = carray(pointer(one.at_time), (one.rows,), FLOAT), carray(pointer(one.at_value), (one.rows,), FLOAT)
    sums = carray(pointer(one.at_sums), ((one.deals + 1) * NO_KIND, OF_DEAL), FLOAT)
    for place in range(found):
        row, cell = rows[place], cells[place]
        sums[cell, 0] += 1.0
        sums[cell, 1] += time[row]
        sums[cell, 2] += value[row]
