"""What happened to some deals: their rows among all rows of a trace, summed by kind and deal."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.rows import AFTER_LAST, among
from revsim.measures.window import weighted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Trace

SLOTS = 1 << 16  # a power of two
LOW_BITS = SLOTS - 1
ARBITRATION = 4  # actor of the desk's rows
KINDS = (
    *(Kind.QUALIFIED, Kind.PICKED_UP, Kind.HELD_OVER, Kind.WORK_STARTED, Kind.WORK_DONE),
    *(Kind.DESK_STARTED, Kind.DESK_DONE),
)
NUMBER = np.full(AFTER_LAST, len(KINDS), dtype=np.intp)  # the number after the last is for rows that count nowhere
NUMBER[list(KINDS)] = np.arange(len(KINDS))


class Deals:
    """Sums over the rows of each deal, each (deals,); of equal deals the first has the rows.

    An arbitration's time at the desk is none of the deal's.
    """

    def __init__(self, trace: Trace, entity: NDArray[np.int64]) -> None:
        """Deals by entity, of any size."""
        self._trace, self._entity, self._deals = trace, entity, len(entity)
        self._places, self._deal = self._owned()
        self._number = NUMBER.take(trace.kind.take(self._places))
        desk = np.flatnonzero((self._number == NUMBER[Kind.DESK_STARTED]) | (self._number == NUMBER[Kind.DESK_DONE]))
        arbitrated = trace.actor.take(self._places.take(desk)) == ARBITRATION
        self._number[desk[arbitrated]] = len(KINDS)

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

    def _owned(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places of the deals' rows, and the deal of each.

        The low bits of an entity name its slot: they tell nearly all rows of others apart without a search.
        """
        entity, slots = self._entity, self._entity & LOW_BITS
        taken, owner = np.zeros(SLOTS, dtype=np.bool_), np.zeros(SLOTS, dtype=np.int32)
        taken[slots] = True
        owner[slots[::-1]] = np.arange(self._deals)[::-1]  # the first of those who share it
        near = np.flatnonzero(taken.take(self._trace.entity & LOW_BITS, mode="wrap"))
        near = near.take(np.flatnonzero(among(self._trace.kind.take(near), KINDS)))
        asked = self._trace.entity.take(near)
        deal = owner.take(asked & LOW_BITS).astype(np.intp)
        other = np.flatnonzero(entity.take(deal) != asked)  # than the owner of the slot
        without = np.flatnonzero(owner.take(slots) != np.arange(self._deals))  # a slot of their own
        deal[other] = _searched(entity, without, asked.take(other))
        ours = np.flatnonzero(entity.take(deal) == asked)
        return near.take(ours), deal.take(ours)


def _searched(entity: NDArray[np.int64], deals: NDArray[np.intp], wanted: NDArray[np.int64]) -> NDArray[np.intp]:
    """Which of some deals has each wanted entity; any deal where none has."""
    if not len(deals):
        return np.zeros(len(wanted), dtype=np.intp)
    deals = deals[np.argsort(entity[deals], kind="stable")]
    found = np.searchsorted(entity[deals], wanted)
    return deals[np.minimum(found, len(deals) - 1)]
