"""A company's state on a day, kept in memory: go on from it with other choices, or with other luck.

A state is known by what made it: the world and all that acted before its day, the seed, the replication, the day, and
the code. Whoever shares all that may go on from it, and gets the rows of a run from day 0.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from math import inf
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from revsim.contract.lived import first_event
from revsim.contract.pasts import acts_of, world_of
from revsim.errors import UserError
from revsim.machine.cache import code_of_engine
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.contract.trace import Trace
    from revsim.luck.draw import Luck

MOST = 64  # states that are kept: five replications of a dozen companies


class Key(NamedTuple):
    """What a state is known by."""

    past: str  # digest of the world and of what acted before the day
    seed: int
    replication: int
    day: float
    code: str


class State(NamedTuple):
    """A company that pauses before the first event of a day; what is kept of it is the engine's."""

    parameters: Parameters
    luck: Luck
    day: float
    resumed: Callable[[Parameters, float, Luck | None], Trace]

    def go_on(self, parameters: Parameters, luck_after: Luck | None = None) -> Trace:
        """The whole trace under these choices, from the day on with other luck where that is given.

        The trace is good until the thread runs again, or longer where somebody holds it. Raises UserError for a
        scenario that differs before the day, LuckExhausted where the luck is too short.
        """
        if past_of(parameters, self.day) != past_of(self.parameters, self.day):
            raise UserError(
                f"a state of day {self.day:g} goes on with what acts from that day on; this scenario differs before: "
                "keep a state of its own"
            )
        return self.resumed(parameters, inf if luck_after is None else self.day, luck_after)


def past_of(p: Parameters, day: float) -> str:
    """Digest of all that a company's first days depend on, luck apart."""
    week = int(day // DAYS_PER_WEEK)
    acted = tuple(act for act in acts_of(p) if act.week < week)
    return sha256(repr((world_of(p), acted)).encode()).hexdigest()


def key_of(p: Parameters, seed: int, replication: int, day: float) -> Key:
    """What the state of this company on a day is known by."""
    return Key(past_of(p, day), seed, replication, day, code_of_engine())


class States:
    """States by their keys, those that were used last."""

    def __init__(self, most: int = MOST) -> None:
        """None yet."""
        self._most, self._states, self._lock = most, OrderedDict[Key, State](), Lock()

    def of(self, key: Key, make: Callable[[], State], *, again: bool = False) -> State:
        """The state, made if it is not there; `again`: made anew, e.g. of longer luck after LuckExhausted."""
        with self._lock:
            state = self._states.pop(key, None)
        state = make() if state is None or again else state
        with self._lock:
            self._states[key] = state
            while len(self._states) > self._most:
                self._states.popitem(last=False)
        return state

    def __len__(self) -> int:
        """How many there are."""
        return len(self._states)


def keep_compiled(p: Parameters, luck: Luck, day: float) -> State:
    """A state of the compiled engine."""
    from revsim.states.stored import stored, went_on  # noqa: PLC0415 - numba is paid for only when something runs

    week = int(day // DAYS_PER_WEEK)
    kept = stored(p, luck, week, first_event(week))
    return State(p, luck, day, lambda other, fork_at, after: went_on(kept, other, luck, fork_at, after))


def keep_replayed(simulate: Callable[..., Trace], p: Parameters, luck: Luck, day: float) -> State:
    """A state of an engine that keeps none: whoever goes on from it lives all days anew."""
    return State(p, luck, day, lambda other, fork_at, after: simulate(other, luck, fork_at, after))
