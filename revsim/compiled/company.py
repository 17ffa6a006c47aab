"""The company from its first day to its last, compiled. See model/company.py.

Arrays are sized by a first guess; whatever runs out of room is made larger and the run is made again, which gives the
same rows.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from revsim.compiled import fork, market, port, seats, state, week
from revsim.compiled._kernel import entry, kernel
from revsim.compiled.market import LUCK_OF_BOUGHT, LUCK_OF_OWN
from revsim.compiled.memory import NO_WEEK, Memory, memory_for
from revsim.compiled.room import RUN_OUT, RoomError, first_room, larger
from revsim.compiled.seats import TOO_MANY_GENERATIONS
from revsim.contract.trace import Trace
from revsim.errors import LuckExhausted, UserError
from revsim.luck.purposes import GENERATIONS
from revsim.mechanisms import customers, definitions, people, remedies

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import Luck

OPEN, GO_ON, RESUME, FORK, LIST, LIST_FOR_LONG, KEEP = range(7)  # from where a company goes on

port.answer()


@entry
def live(firms):
    """Open the company, or go on from where it paused or from another's state, and let it live until it pauses."""
    firm = firms[0]
    if firm.goes_on == OPEN:
        open_all(firm)
    elif firm.goes_on == RESUME:
        state.resume(firm, state.other(firm))
    elif firm.goes_on == FORK:
        state.branch_off(firm, state.other(firm))
        fork.fork(firm)
    elif firm.goes_on == KEEP:
        state.keep(firm, state.other(firm))
        return
    elif firm.goes_on in (LIST, LIST_FOR_LONG):
        state.list_deals(firm, state.other(firm), firm.goes_on == LIST_FOR_LONG)
        return
    week.weeks(firm)


@kernel
def open_all(firm):
    """The first day."""
    market.open_market(firm)
    seats.empty_seats(firm)
    people.open_company(firm)
    remedies.set_ownership(firm)
    customers.open_base(firm)
    definitions.open_definitions(firm)
    week.announce(firm, 0)


def let_live(memory: Memory, how: int, until: tuple[int, int] = (NO_WEEK, 0), other: Memory | None = None) -> None:
    """Let a memory's company go on until an event of the weekly rhythm, a week and its kind, or to its end.

    Raises LuckExhausted and UserError as the reference does, RoomError where its arrays are too small.
    """
    firm = memory.firms[0]
    firm["goes_on"], (firm["pause_week"], firm["pause_kind"]) = how, until
    if other is not None:
        firm["at_other"] = other.firms.ctypes.data
    live(memory.firms)
    status = int(firm["status"])
    if status in (LUCK_OF_OWN, LUCK_OF_BOUGHT):
        raise LuckExhausted("inquiries" if status == LUCK_OF_OWN else "bought", int(firm["wanted"]))
    if status == TOO_MANY_GENERATIONS:
        raise UserError(f"more than {GENERATIONS} people on one seat: lower world.sales.exit_hazard or heroics.exit")
    if status:
        raise RoomError({RUN_OUT[status]: 2 * memory.room[RUN_OUT[status]]})


def keep(memory: Memory, other: Memory, p: Parameters, *, lasts: bool = False) -> None:
    """Keep the state of another memory's company that pauses, for as long as its rows are there, or for good."""
    memory.go_behind(other, p)
    let_live(memory, LIST_FOR_LONG if lasts else LIST, other=other)
    memory.hold_deals(int(memory.firms[0]["n_listed"]))
    let_live(memory, KEEP, other=other)


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
        memory.firms[0]["fork_at"] = fork_at
        memory.deal_out(0, luck)
        if luck_after is not None:
            memory.deal_out(1, luck_after)
        try:
            let_live(memory, OPEN)
        except RoomError as out:
            room = larger(room, out.wanted)
        else:
            return memory


def trace_of(memory: Memory) -> Trace:
    """The rows of a run as arrays, sorted by time; rows of one time keep their order."""
    return memory.hand_out(int(memory.firms[0]["n_rows"]))
