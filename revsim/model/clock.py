"""Explicit order of same-time events: (time, kind, entity).

SimPy keeps priorities 0 and 1 for its own chores (process starts); kinds start at 2, so that at any instant SimPy
finishes its chores before the next model event. This is the only file that touches SimPy's private attributes:
`env.schedule(delay=time - env.now)` would miss `time` by its last bit.
"""

from __future__ import annotations

from heapq import heappush

from simpy import Environment
from simpy.events import Event

ENTITIES = 1 << 32


Entry = tuple[float, int, int, Event]


def queue_of(env: Environment) -> list[Entry]:
    """SimPy's calendar."""
    queue: list[Entry] = env._queue  # type: ignore[assignment] # its second part is any whole number
    return queue


def pending(env: Environment) -> Event:
    """An event that nobody has scheduled yet: a process may wait for it."""
    event = Event(env)
    event._ok = True
    event._value = None
    return event


def schedule(env: Environment, event: Event, time: float, kind: int, entity: int) -> None:
    """Let a pending event happen at `time`."""
    heappush(queue_of(env), (time, kind * ENTITIES + entity, next(env._eid), event))


def at(env: Environment, time: float, kind: int, entity: int) -> Event:
    """An event at `time`."""
    event = Event(env)
    event._ok = True
    event._value = None
    heappush(queue_of(env), (time, kind * ENTITIES + entity, next(env._eid), event))
    return event


def move(env: Environment, event: Event, time: float, kind: int, entity: int) -> Event:
    """Whoever waits for `event` now waits for one at `time`; the old one happens to nobody."""
    moved = at(env, time, kind, entity)
    moved.callbacks, event.callbacks = event.callbacks, []
    return moved


def forget(event: Event) -> None:
    """Nobody waits for this event any more; the process behind it ends here."""
    if event.callbacks:
        event.callbacks = []
