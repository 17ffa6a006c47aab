"""Rows of some deals among all rows of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.measures.rows import Rows
from revsim.measures.window import weighted

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLOTS = 1 << 16  # a power of two
NOBODY = -1


class Owned:
    """Rows that belong to some deals, with the place of the deal of each."""

    def __init__(self, rows: Rows, deal: NDArray[np.intp], deals: int) -> None:
        """Rows, the place of each one's deal, and how many deals there are."""
        self.rows, self._deal, self._deals = rows, deal, deals

    def without(self, actor: int) -> Owned:
        """The rows of other actors."""
        kept = np.flatnonzero(self.rows.actor != actor)
        return Owned(self.rows.only(kept), self._deal.take(kept), self._deals)

    def count(self) -> NDArray[np.float64]:
        """Rows of each deal, (deals,)."""
        return np.bincount(self._deal, minlength=self._deals).astype(np.float64)

    def times(self) -> NDArray[np.float64]:
        """Summed times of each deal's rows, (deals,)."""
        return weighted(self._deal, self.rows.time, self._deals)

    def values(self) -> NDArray[np.float64]:
        """Summed values of each deal's rows, (deals,)."""
        return weighted(self._deal, self.rows.value, self._deals)


class Deals:
    """Some deals, by entity; finds the rows of theirs."""

    def __init__(self, entity: NDArray[np.int64]) -> None:
        """Entities of any size; of equal ones the first has the rows."""
        self._entity = entity
        self._order = np.argsort(entity, kind="stable")
        # The low bits of an entity name its slot: they tell nearly all rows of others apart without a search.
        self._slot = np.full(SLOTS, NOBODY, dtype=np.int32)
        self._slot[entity[::-1] & (SLOTS - 1)] = np.arange(len(entity))[::-1]

    def owned(self, rows: Rows) -> Owned:
        """Those of the rows that belong to one of the deals."""
        slot = self._slot.take(rows.entity & (SLOTS - 1))
        near = np.flatnonzero(slot != NOBODY)
        entity, place = rows.entity.take(near), slot.take(near).astype(np.intp)
        other = np.flatnonzero(self._entity.take(place) != entity)  # than the deal of their slot
        if len(other):
            place[other] = self._searched(entity.take(other))
            ours = np.flatnonzero(self._entity.take(place) == entity)
            near, place = near.take(ours), place.take(ours)
        return Owned(rows.only(near), place, len(self._entity))

    def _searched(self, entity: NDArray[np.int64]) -> NDArray[np.intp]:
        """Where each entity would be among the deals; some are not there."""
        found = np.searchsorted(self._entity, entity, sorter=self._order)
        return self._order[np.minimum(found, len(self._order) - 1)]
