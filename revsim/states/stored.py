"""A state that lasts: beside what a company is, the rows that it has written, so that any memory can go on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from revsim.compiled.company import OPEN, RESUME, keep, let_live, trace_of
from revsim.compiled.memory import KEEPS, Memory, memory_of_thread
from revsim.compiled.room import RoomError, first_room, larger
from revsim.contract.pasts import begun_anew

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from revsim.compiled.room import Room
    from revsim.contract.parameters import Parameters
    from revsim.contract.trace import Kind, Trace
    from revsim.luck.draw import Luck

OF_WORLD = ("sources", "means")


class Stored(NamedTuple):
    """A memory that keeps a state, and copies of the rows behind it."""

    memory: Memory
    parameters: Parameters
    columns: tuple[NDArray[Any], ...]
    ahead: NDArray[Any]


def stored(p: Parameters, luck: Luck, week: int, kind: Kind) -> Stored:
    """The state just before an event of the weekly rhythm. Raises LuckExhausted and UserError."""
    main = _lived(first_room(p), lambda main: _opened(main, p, luck, (week, int(kind))))
    memory, firm = Memory(main.room, KEEPS), main.firms[0]
    keep(memory, main, p, lasts=True)
    for name in OF_WORLD:
        memory.arrays[name][:] = main.arrays[name]
    columns = tuple(column[: int(firm["n_rows"])].copy() for column in main.columns)
    return Stored(memory, p, columns, main.arrays["ahead"][: int(firm["n_ahead"])].copy())


def went_on(state: Stored, p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> Trace:
    """The trace of a scenario that shares a state's past; from the fork on, a later week's start, on the second luck.

    Raises LuckExhausted and UserError.
    """
    room = larger(first_room(p), state.memory.room)
    return trace_of(_lived(room, lambda main: _resumed(main, state, p, (luck, luck_after, fork_at))))


def _lived(room: Room, run: Callable[[Memory], None]) -> Memory:
    """The thread's memory after a run that had room enough."""
    while True:
        main = memory_of_thread(room)
        try:
            run(main)
        except RoomError as out:
            room = larger(room, out.wanted)
        else:
            return main


def _opened(main: Memory, p: Parameters, luck: Luck, until: tuple[int, int]) -> None:
    main.begin(p)
    main.deal_out(0, luck)
    let_live(main, OPEN, until)


def _resumed(main: Memory, state: Stored, p: Parameters, lucks: tuple[Luck, Luck | None, float]) -> None:
    luck, luck_after, fork_at = lucks
    main.begin(p)
    main.deal_out(0, luck)
    if luck_after is not None:
        main.deal_out(1, luck_after)
    for kept, column in zip(state.columns, main.columns, strict=True):
        column[: len(kept)] = kept
    main.arrays["ahead"][: len(state.ahead)] = state.ahead
    for name in OF_WORLD:
        main.arrays[name][:] = state.memory.arrays[name]
    main.firms[0]["begins_anew"], main.firms[0]["fork_at"] = begun_anew(state.parameters, p), fork_at
    let_live(main, RESUME, other=state.memory)
