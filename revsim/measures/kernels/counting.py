"""The pass over all rows of a trace; `by_numpy.py` finds the same, to the last bit.

Nearly all rows are left out by steps that no branch depends on: a row is written to the end of a list, and the list
grows by one or by nothing. Sums are added in the order of rows.
"""

from __future__ import annotations

import numpy as np

from revsim.machine.intrinsics import carray, pointer
from revsim.machine.kernel import entry, inlined
from revsim.measures.kernels.columns import FLOAT, INT, TRACE, actors, entities, kinds, known, list_of, values
from revsim.measures.kinds import (
    ACTORS,
    IS_LISTED,
    IS_READ,
    IS_STATE,
    IS_TOGETHER,
    KINDS,
    NO_STATE,
    NOWHERE,
    OF_QUARTER,
    OF_WEEK,
    QUARTERLY,
    SETS,
    WEEKLY,
)
from revsim.units import WEEKS_PER_QUARTER

ROWS = np.dtype(
    [
        *TRACE,
        *((name, "i8") for name in ("first_quarter", "quarters", "at_cuts")),
        *((f"at_{name}", "i8") for name in ("counts", "sums", "together", "weekly", "quarterly", "first", "within")),
    ]
)
STATES, STATES_OF_QUARTER = len(WEEKLY), len(QUARTERLY)


@inlined
def cuts_of(one):
    """First row of each quarter of the window, and of what comes after."""
    return carray(pointer(one.at_cuts), (one.quarters + 1,), INT)


@entry
def count_rows(asked):
    """Counts and sums by quarter and kind, sums of kinds together, states, and the places of the kinds listed."""
    one = asked[0]
    kind, cuts = kinds(one), cuts_of(one)
    read, apart = list_of(one, 0), list_of(one, 1)
    found = listed(kind, 0, cuts[0], read, 0)
    for quarter in range(one.quarters):
        last, found_apart = within(one, quarter, kind, read, found, apart)
        summed_together(one, quarter, kind, apart, found_apart)
        found = last
    found = listed(kind, max(cuts[0], cuts[one.quarters]), one.rows, read, found)
    found = states(one, kind, read, found)
    grouped(one, kind, read, found)


@inlined
def listed(kind, first, last, read, found):
    """Rows outside the window go to the list if they are read one by one; how many it has."""
    for row in range(first, last):
        read[found] = row
        found += IS_READ[known(kind[row])]
    return found


@inlined
def within(one, quarter, kind, read, found, apart):
    """Each row of a quarter counts for its kind; those that are read go to a list, those summed together to another.

    How many the lists have.
    """
    value, cuts = values(one), cuts_of(one)
    counts = carray(pointer(one.at_counts), (one.quarters, KINDS), INT)[quarter]
    sums, found_apart = carray(pointer(one.at_sums), (one.quarters, KINDS), FLOAT)[quarter], 0
    for row in range(cuts[quarter], cuts[quarter + 1]):
        of = known(kind[row])
        read[found] = apart[found_apart] = row
        found += IS_READ[of]
        found_apart += IS_TOGETHER[of]
        counts[of] += 1
        sums[of] += value[row]
    return found, found_apart


@inlined
def summed_together(one, quarter, kind, apart, found):
    """Values of the list's rows of a quarter by the sets that their kind is in; the last set is none."""
    value = values(one)
    sums = carray(pointer(one.at_together), (one.quarters, NOWHERE + 1), FLOAT)[quarter]
    for place in range(found):
        row = apart[place]
        of = known(kind[row])
        sums[SETS[of, 0]] += value[row]
        sums[SETS[of, 1]] += value[row]


@inlined
def states(one, kind, read, found):
    """The last value of each state by week or quarter; other rows that are listed stay so: how many."""
    weekly = carray(pointer(one.at_weekly), (STATES, one.quarters * WEEKS_PER_QUARTER), FLOAT)
    quarterly = carray(pointer(one.at_quarterly), (STATES_OF_QUARTER, one.quarters), FLOAT)
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
    entity, actor, value = entities(one)[row], actors(one)[row], values(one)[row]
    quarter, week = entity - one.first_quarter, entity - one.first_quarter * WEEKS_PER_QUARTER
    if OF_QUARTER[of] != NO_STATE and 0 <= quarter < one.quarters:
        quarterly[OF_QUARTER[of], quarter] = value
    if -1 <= actor < ACTORS and OF_WEEK[of, actor + 1] != NO_STATE and 0 <= week < one.quarters * WEEKS_PER_QUARTER:
        weekly[OF_WEEK[of, actor + 1], week] = value


@inlined
def grouped(one, kind, read, found):
    """The list by kind, rows of a kind in their order: where each kind begins, and what of it lies in the window."""
    cuts = cuts_of(one)
    places, quarter_of = list_of(one, 1), list_of(one, 2)
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
