"""How much room a run takes in memory: a first guess, and more of what ran out; nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from revsim.compiled.calendar import ROOM_FOR_EVENTS
from revsim.compiled.contracts import ROOM_FOR_CUSTOMERS
from revsim.compiled.firm import ROOM_FOR_ROWS, ROOM_FOR_ROWS_AHEAD
from revsim.compiled.handoff import ROOM_FOR_DEALS
from revsim.compiled.snapshots import ROOM_FOR_SNAPSHOTS
from revsim.contract.sizes import seats_of

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters

Room = dict[str, int]
RUN_OUT = {
    ROOM_FOR_EVENTS: "calendar",
    ROOM_FOR_ROWS: "rows",
    ROOM_FOR_ROWS_AHEAD: "ahead",
    ROOM_FOR_DEALS: "deals",
    ROOM_FOR_CUSTOMERS: "customers",
    ROOM_FOR_SNAPSHOTS: "seen",
}


class RoomError(Exception):
    """A run needs more room than there was: as much is wanted instead."""

    def __init__(self, wanted: Room) -> None:
        """By what ran out."""
        super().__init__(wanted)
        self.wanted = wanted


def first_room(p: Parameters) -> Room:
    """A first guess of how much room a run takes, by what there is room for."""
    weeks, seats = p.span.weeks, seats_of(p)
    inquiries = int(weeks * p.demand.inquiries_per_week)
    return {
        "weeks": weeks,
        "seats": seats,
        "people": seats + p.people.managers + p.desk.analysts,
        "calendar": 4096,
        "rows": 4096 + 8 * inquiries + 200 * weeks,
        "ahead": 4096 + 4 * inquiries,
        "deals": 1024 + inquiries,
        "customers": 1024 + p.customers.installed_base + inquiries // 12,
        "seen": 1024,
    }


def room_for_all(companies: Iterable[Parameters]) -> Room:
    """Room for each of several companies."""
    room: Room = {}
    for p in companies:
        room = larger(room, first_room(p))
    return room


def larger(one: Room, other: Room) -> Room:
    """Room for what has room in either."""
    return one | {name: max(one.get(name, 0), size) for name, size in other.items()}


def suffices(room: Room, wanted: Room) -> bool:
    """Whether there is as much of everything as is wanted."""
    return all(room[name] >= size for name, size in wanted.items())
