"""The company from its first day to its last, compiled. See model/company.py.

Arrays are sized by a first guess; whatever runs out of room is made larger and the run is made again, which gives the
same rows: nothing is ever cut off.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from revsim.compiled import market, port, seats, week
from revsim.compiled._kernel import entry
from revsim.compiled.calendar import ROOM_FOR_EVENTS
from revsim.compiled.contracts import ROOM_FOR_CUSTOMERS
from revsim.compiled.firm import ROOM_FOR_ROWS, ROOM_FOR_ROWS_AHEAD
from revsim.compiled.handoff import ROOM_FOR_DEALS
from revsim.compiled.market import LUCK_OF_BOUGHT, LUCK_OF_OWN
from revsim.compiled.memory import Memory, Room, memory_for
from revsim.compiled.seats import TOO_MANY_GENERATIONS
from revsim.compiled.snapshots import ROOM_FOR_SNAPSHOTS
from revsim.contract.trace import Trace
from revsim.errors import LuckExhausted, UserError
from revsim.luck.purposes import GENERATIONS
from revsim.mechanisms import customers, definitions, people, remedies

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import Luck

RUN_OUT = {
    ROOM_FOR_EVENTS: "calendar",
    ROOM_FOR_ROWS: "rows",
    ROOM_FOR_ROWS_AHEAD: "ahead",
    ROOM_FOR_DEALS: "deals",
    ROOM_FOR_CUSTOMERS: "customers",
    ROOM_FOR_SNAPSHOTS: "seen",
}

port.answer()


@entry
def live(firms):
    """Open the company and let it live."""
    firm = firms[0]
    market.open_market(firm)
    seats.empty_seats(firm)
    people.open_company(firm)
    customers.open_base(firm)
    definitions.open_definitions(firm)
    remedies.set_ownership(firm)
    week.weeks(firm)


def first_room(p: Parameters) -> Room:
    """A first guess of how much room a run takes."""
    weeks = p.span.weeks
    inquiries = int(weeks * p.demand.inquiries_per_week)
    return {
        "weeks": weeks,
        "calendar": 4096,
        "rows": 4096 + 8 * inquiries + 200 * weeks,
        "ahead": 4096 + 4 * inquiries,
        "deals": 1024 + inquiries,
        "customers": 1024 + p.customers.installed_base + inquiries // 12,
        "seen": 1024,
    }


def run(p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> Trace:
    """One run of the compiled engine. Raises LuckExhausted and UserError as the reference does."""
    return trace_of(lived(p, luck, fork_at, luck_after))


def events_of(p: Parameters, luck: Luck) -> int:
    """How many events a run schedules."""
    return int(lived(p, luck, inf, None).firms[0]["number_of_events"])


def lived(p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> Memory:
    """The memory of a run that had room enough; good until the next run of this thread."""
    room = first_room(p)
    while True:
        memory = memory_for(p, room)
        firm = memory.firms[0]
        firm["fork_at"], firm["forking"] = fork_at, luck_after is not None
        memory.deal_out(0, luck)
        if luck_after is not None:
            memory.deal_out(1, luck_after)
        live(memory.firms)
        status = int(firm["status"])
        if status == 0:
            return memory
        if status in (LUCK_OF_OWN, LUCK_OF_BOUGHT):
            raise LuckExhausted("inquiries" if status == LUCK_OF_OWN else "bought", int(firm["wanted"]))
        if status == TOO_MANY_GENERATIONS:
            raise UserError(
                f"more than {GENERATIONS} people on one seat: lower world.sales.exit_hazard or heroics.exit"
            )
        room[RUN_OUT[status]] = 2 * memory.room[RUN_OUT[status]]


def trace_of(memory: Memory) -> Trace:
    """The rows of a run as arrays, sorted by time; rows of one time keep their order."""
    return memory.hand_out(int(memory.firms[0]["n_rows"]))
