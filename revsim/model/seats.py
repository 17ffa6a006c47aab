"""Seats of the reference: what is shared by all rules of people, and a rep's queue of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import ANALYST, MANAGER, REP
from revsim.contract.sizes import seats_of
from revsim.mechanisms.person import Person

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.model.deal import Deal


class Seat(Person):
    """Somebody on a seat; the next generation takes over the queue."""

    __slots__ = ("queue",)

    def __init__(self, role: int, seat: int) -> None:
        """An empty seat."""
        super().__init__(role, seat)
        self.queue: list[Deal] = []


def seats_by_role(p: Parameters) -> tuple[list[Seat], list[Seat], list[Seat]]:
    """Empty seats of reps, managers and analysts."""
    sizes = seats_of(p), p.people.managers, p.desk.analysts
    reps, managers, analysts = (
        [Seat(role, seat) for seat in range(size)] for role, size in zip((REP, MANAGER, ANALYST), sizes, strict=True)
    )
    return reps, managers, analysts
