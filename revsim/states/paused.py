"""A company on the compiled engine that pauses: its states are kept, resumed, and continued with fresh luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revsim.compiled.company import FORK, GO_ON, OPEN, RESUME, keep, let_live
from revsim.compiled.memory import NO_WEEK, Memory, memory_of_thread, spare, thread_s_own
from revsim.contract.pasts import begun_anew
from revsim.contract.trace import Kind, Trace
from revsim.errors import UserError
from revsim.units import DAYS_PER_QUARTER, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.compiled.room import Room
    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import Luck

OVERWRITTEN = (
    "something else has run in this thread between two cases of `runs`, or another thread asked for the next: their "
    "shared past is gone. Take all cases in one thread, and run what comes between in another"
)


class Kept(NamedTuple):
    """A state that a memory keeps, good until that keeps another, or those first rows are written over."""

    memory: Memory
    parameters: Parameters
    rows: int


class Company:
    """One company of the thread's memory. It is opened or resumed, lives until weeks, and hands out its trace."""

    def __init__(self, luck: Luck, luck_after: Luck | None, room: Room) -> None:
        """Nobody's yet. Raises RoomError, LuckExhausted and UserError wherever it lives."""
        self._luck, self._luck_after = luck, luck_after
        self._memory = memory_of_thread(room)
        self._room = self._memory.room
        self._how, self._begun = OPEN, 0
        self._from: Memory | None = None
        self._dealt: Memory | None = None  # who continues has the second luck

    def open(self, p: Parameters) -> None:
        """The first day."""
        self.parameters = p
        self._memory.begin(p)
        self._memory.deal_out(0, self._luck)
        self._how, self._from, self._begun = OPEN, None, self._memory.begun

    def resume(self, kept: Kept, p: Parameters) -> None:
        """A state that was kept, under the choices of a scenario that shares its past; its rows are there."""
        self._check_there()
        self.parameters = p
        self._memory.go_on(p, kept.rows)
        self._memory.firms[0]["begins_anew"] = begun_anew(kept.parameters, p)
        self._how, self._from = RESUME, kept.memory

    def live_until(self, week: int, kind: Kind) -> None:
        """Pause just before an event of the weekly rhythm."""
        self._live((week, int(kind)))

    def live_to_the_end(self) -> Trace:
        """The trace; good until the next run of the thread, or longer where somebody holds it."""
        self._live((NO_WEEK, 0))
        return self._memory.hand_out(int(self._memory.firms[0]["n_rows"]))

    def keep(self, place: int) -> Kept:
        """The state, in a spare memory of the thread, one a place."""
        memory = spare(1 + place, self._room)
        keep(memory, self._memory, self.parameters)
        return Kept(memory, self.parameters, int(self._memory.firms[0]["n_rows"]))

    def bookings_again(self, p: Parameters, quarter: int) -> float:
        """New bookings of a measured quarter (from 0) in which this company pauses, fresh luck from here on.

        `p` is of a scenario that shares the past.
        """
        self._check_there()
        clone = spare(0, self._room)
        clone.go_behind(self._memory, p)
        if self._dealt is not clone:
            assert self._luck_after is not None, "who continues has fresh luck"
            clone.luck.clear()
            clone.deal_out(1, self._luck_after)
            self._dealt = clone
        clone.firms[0]["begins_anew"] = begun_anew(self.parameters, p)
        first = p.span.warmup_quarters + quarter
        let_live(clone, FORK, ((first + 1) * WEEKS_PER_QUARTER, int(Kind.QUARTER_ENDED)), self._memory)
        rows = int(clone.firms[0]["n_rows"])
        return Trace(*(column[:rows] for column in self._memory.columns)).won_since(first * DAYS_PER_QUARTER)

    def _check_there(self) -> None:
        """Whether the company is still where it was left. Raises UserError."""
        if thread_s_own() is not self._memory or self._memory.begun != self._begun:
            raise UserError(OVERWRITTEN)

    def _live(self, until: tuple[int, int]) -> None:
        self._check_there()
        how, self._how = self._how, GO_ON
        let_live(self._memory, how, until, self._from)
        self._from = None
