"""What the passes find, by numpy: where the engine does not run as machine code, and to check what that finds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from revsim.measures.kinds import (
    AFTER_LAST,
    ARBITRATION,
    DESK,
    IS_LISTED,
    IS_STATE,
    KINDS,
    NO_KIND,
    NUMBER,
    QUARTERLY,
    TOGETHER,
    WEEKLY,
)
from revsim.measures.sums import DealSums, Totals
from revsim.measures.window import weighted
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Trace
    from revsim.measures.window import Window

# The low bits of an entity name its slot: they tell nearly all rows of other deals apart without a search.
SLOTS = 1 << 16
LOW_BITS = SLOTS - 1


def known(kind: NDArray[np.int16]) -> NDArray[np.int16]:
    """Kinds, all that nobody knows being one."""
    return np.where((kind >= 0) & (kind < AFTER_LAST), kind, np.int16(AFTER_LAST))


def totals(trace: Trace, window: Window) -> Totals:
    """Counts and sums by quarter and kind, states, and the places of rows that are read one by one."""
    kind, cuts = known(trace.kind), np.searchsorted(trace.time, window.bounds)
    counts, sums = np.zeros((window.quarters, KINDS), dtype=np.intp), np.zeros((window.quarters, KINDS))
    together = np.zeros((len(TOGETHER), window.quarters))
    for quarter, (first, last) in enumerate(pairwise(cuts.tolist())):
        part, value = kind[first:last].astype(np.intp), trace.value[first:last]
        np.add.at(counts[quarter], part, 1)  # sooner than `bincount`, which looks for the largest first
        sums[quarter] = np.bincount(part, weights=value, minlength=KINDS)
        for place, of_set in enumerate(TOGETHER):
            rows = np.flatnonzero(among(part, of_set))
            together[place, quarter] = weighted(np.zeros(len(rows), dtype=np.intp), value.take(rows), 1)[0]
    weekly, quarterly = states(trace, kind, window)
    return Totals(cuts, counts.T.astype(np.float64), sums.T, together, weekly, quarterly, *listed(kind, cuts))


def states(trace: Trace, kind: NDArray[np.int16], window: Window) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The last value of each state by week, (states of WEEKLY, weeks), and by quarter; NaN where there is none."""
    rows = np.flatnonzero(IS_STATE.take(kind))
    kind, value = kind.take(rows), trace.value.take(rows)
    entity, actor = trace.entity.take(rows), trace.actor.take(rows)

    def last(which: NDArray[np.bool_], first: int, size: int) -> NDArray[np.float64]:
        place, values = entity - first, np.full(size, np.nan)
        held = np.flatnonzero(which & (place >= 0) & (place < size))
        values[place.take(held)] = value.take(held)  # of equal places the last holds
        return values

    week = window.first * WEEKS_PER_QUARTER
    weekly = [last((kind == int(of)) & (actor == by), week, window.weeks) for of, by in WEEKLY.values()]
    quarterly = [last(kind == int(of), window.first, window.quarters) for of in QUARTERLY]
    return np.array(weekly), np.array(quarterly)


def listed(kind: NDArray[np.int16], cuts: NDArray[np.intp]) -> tuple[NDArray[np.intp], ...]:
    """Rows of the kinds that are listed, sorted by kind; their quarters; where a kind begins; what lies in the window.

    As in `Totals`.
    """
    places = np.flatnonzero(IS_LISTED.take(kind))
    kind = kind.take(places)
    order = np.argsort(kind, kind="stable")  # of 16 bits: a counting pass
    first = np.searchsorted(kind, np.arange(KINDS + 1, dtype=kind.dtype), sorter=order)
    places = places.take(order)
    within = [at + np.searchsorted(places[at:after], cuts[[0, -1]]) for at, after in pairwise(first.tolist())]
    return places, np.searchsorted(cuts, places, side="right") - 1, first, np.array(within)


def deal_sums(trace: Trace, entity: NDArray[np.int64]) -> DealSums:
    """Count, summed time and summed value by kind and deal."""
    places, number, deal = joined(trace, entity)
    cell, shape = number * len(entity) + deal, (NO_KIND + 1, len(entity))

    def summed(column: NDArray[np.float64]) -> NDArray[np.float64]:
        return weighted(cell, column, shape[0] * shape[1]).reshape(shape)[:NO_KIND]

    times, values = summed(trace.time.take(places)), summed(trace.value.take(places))
    return DealSums(summed(np.ones(len(places))), times, values)


def joined(trace: Trace, entity: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.intp]]:
    """Rows that may be of these deals: their places, the number of their kind (NO_KIND: of none) and their deal."""
    taken = np.zeros(SLOTS, dtype=np.bool_)
    taken[entity & LOW_BITS] = True
    near = np.flatnonzero(taken.take(trace.entity & LOW_BITS, mode="wrap"))
    number = NUMBER.take(known(trace.kind.take(near)))
    asked = np.flatnonzero(number != NO_KIND)
    places, number = near.take(asked), number.take(asked)
    deal, wanted = owners(entity, trace.entity.take(places)), trace.entity.take(places)
    number[entity.take(deal) != wanted] = NO_KIND
    desk = np.flatnonzero(number >= NUMBER[list(DESK)].min())
    number[desk[trace.actor.take(places.take(desk)) == ARBITRATION]] = NO_KIND
    return places, number, deal


def owners(entity: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.intp]:
    """The deal of each wanted entity, all of which share a slot with one; any deal where it is none's."""
    slots, owner = entity & LOW_BITS, np.zeros(SLOTS, dtype=np.int32)
    owner[slots[::-1]] = np.arange(len(entity))[::-1]  # the first of those who share it
    deal = owner.take(wanted & LOW_BITS).astype(np.intp)
    other = np.flatnonzero(entity.take(deal) != wanted)  # than the owner of the slot
    without = np.flatnonzero(owner.take(slots) != np.arange(len(entity)))  # a slot of their own
    deal[other] = searched(entity, without, wanted.take(other))
    return deal


def searched(entity: NDArray[np.int64], deals: NDArray[np.intp], wanted: NDArray[np.int64]) -> NDArray[np.intp]:
    """Which of some deals has each wanted entity; any deal where none has."""
    if not len(deals):
        return np.zeros(len(wanted), dtype=np.intp)
    deals = deals[np.argsort(entity[deals], kind="stable")]
    found = np.searchsorted(entity[deals], wanted)
    return deals[np.minimum(found, len(deals) - 1)]


def among(kind: NDArray[np.intp], kinds: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which rows are of these kinds."""
    found: NDArray[np.bool_] = kind == int(kinds[0])
    for other in kinds[1:]:
        found |= kind == int(other)
    return found
