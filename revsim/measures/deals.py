"""What happened to some deals: their rows among all rows of a trace, summed by kind and deal."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.rows import AFTER_LAST
from revsim.measures.window import weighted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Trace

# The low bits of an entity name its slot: they tell nearly all rows of other deals apart without a search.
SLOTS = 1 << 16
LOW_BITS = SLOTS - 1
ARBITRATION = 4  # actor of the desk's rows
DESK = (Kind.DESK_STARTED, Kind.DESK_DONE)
KINDS = (Kind.QUALIFIED, Kind.PICKED_UP, Kind.HELD_OVER, Kind.WORK_STARTED, Kind.WORK_DONE, *DESK)
NO_KIND = len(KINDS)  # of rows that count for no deal
NUMBER = np.full(AFTER_LAST, NO_KIND, dtype=np.intp)
NUMBER[list(KINDS)] = np.arange(len(KINDS))


class Deals:
    """Sums over the rows of each deal, each (deals,); of equal deals the first has the rows.

    An arbitration's time at the desk is none of the deal's: it is within that until the first call.
    """

    def __init__(self, trace: Trace, entity: NDArray[np.int64]) -> None:
        """Deals by entity, of any size."""
        self._trace, self._entity, self._deals = trace, entity, len(entity)
        taken = np.zeros(SLOTS, dtype=np.bool_)
        taken[entity & LOW_BITS] = True
        near = np.flatnonzero(taken.take(trace.entity & LOW_BITS, mode="wrap"))
        number = NUMBER.take(trace.kind.take(near))
        asked = np.flatnonzero(number != NO_KIND)
        self._places, self._number = near.take(asked), number.take(asked)
        self._deal = self._owned(trace.entity.take(self._places))
        desk = np.flatnonzero(self._number >= NUMBER[DESK[0]])
        self._number[desk[trace.actor.take(self._places.take(desk)) == ARBITRATION]] = NO_KIND

    def count(self, kind: Kind) -> NDArray[np.float64]:
        """Rows of a kind."""
        deal = self._deal.take(np.flatnonzero(self._number == NUMBER[kind]))
        return np.bincount(deal, minlength=self._deals).astype(np.float64)

    def times(self, kind: Kind) -> NDArray[np.float64]:
        """Summed times of the rows of a kind."""
        times: NDArray[np.float64] = self._times[NUMBER[kind]]
        return times

    def values(self, kind: Kind) -> NDArray[np.float64]:
        """Summed values of the rows of a kind."""
        values: NDArray[np.float64] = self._values[NUMBER[kind]]
        return values

    @cached_property
    def _times(self) -> NDArray[np.float64]:
        return self._summed(self._trace.time)

    @cached_property
    def _values(self) -> NDArray[np.float64]:
        return self._summed(self._trace.value)

    def _summed(self, column: NDArray[np.float64]) -> NDArray[np.float64]:
        """By kind and deal, (kinds + 1, deals)."""
        shape = len(KINDS) + 1, self._deals
        return weighted(self._cell, column.take(self._places), shape[0] * shape[1]).reshape(shape)

    @cached_property
    def _cell(self) -> NDArray[np.intp]:
        return self._number * self._deals + self._deal

    def _owned(self, wanted: NDArray[np.int64]) -> NDArray[np.intp]:
        """The deal of each row by its entity; rows of other deals lose their kind."""
        slots, owner = self._entity & LOW_BITS, np.zeros(SLOTS, dtype=np.int32)
        owner[slots[::-1]] = np.arange(self._deals)[::-1]  # the first of those who share it
        deal = owner.take(wanted & LOW_BITS).astype(np.intp)
        other = np.flatnonzero(self._entity.take(deal) != wanted)  # than the owner of the slot
        without = np.flatnonzero(owner.take(slots) != np.arange(self._deals))  # a slot of their own
        deal[other] = _searched(self._entity, without, wanted.take(other))
        self._number[other[self._entity.take(deal.take(other)) != wanted.take(other)]] = NO_KIND
        return deal


def _searched(entity: NDArray[np.int64], deals: NDArray[np.intp], wanted: NDArray[np.int64]) -> NDArray[np.intp]:
    """Which of some deals has each wanted entity; any deal where none has."""
    if not len(deals):
        return np.zeros(len(wanted), dtype=np.intp)
    deals = deals[np.argsort(entity[deals], kind="stable")]
    found = np.searchsorted(entity[deals], wanted)
    return deals[np.minimum(found, len(deals) - 1)]
