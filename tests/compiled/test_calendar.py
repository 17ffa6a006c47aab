"""The compiled calendar gives events back in the order of (time, kind, entity), then of their scheduling."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

import numba
import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from revsim.compiled.calendar import ENTITY_BITS, LAST, PARTS_A_DAY, at, take_first, turn
from revsim.compiled.memory import memory_for
from revsim.compiled.room import first_room
from revsim.compiled.views import calendar
from revsim.contract.of_scenario import parameters_of
from tests.tiny import tiny

ROUND = (LAST + 1) / PARTS_A_DAY  # days
Event = tuple[float, int, int]
P = parameters_of(tiny())
# ties, neighbours within a part of a day, and what is one round off and more
TIMES = st.one_of(st.sampled_from([0.0, 1.0, 1.0 + 1e-9, ROUND, ROUND + 1.0, 3.0 * ROUND]), st.floats(0.0, 4.0 * ROUND))
EVENTS = st.lists(st.tuples(TIMES, st.integers(2, 15), st.integers(0, 3)), min_size=1, max_size=60)


@numba.njit
def happen(firms: Any, first: Any, later: Any, order: Any) -> Any:
    """Schedule the first events; each that happens schedules one of the later ones, so many days off."""
    firm = firms[0]
    for k in range(len(first)):
        at(firm, first[k, 0], int(first[k, 1]), int(first[k, 2]), k)
    for k in range(len(first) + len(later)):
        if firm.n_calendar == 0:
            turn(firm)
        event = calendar(firm)[0]
        now, order[k] = event.time, event.what
        take_first(firm)
        if k < len(later):
            at(firm, now + later[k, 0], int(later[k, 1]), int(later[k, 2]), len(first) + k)


def compiled(first: list[Event], later: list[Event]) -> list[int]:
    """Numbers of the events as they happen."""
    size = len(first) + len(later)
    # as many deals as events: what comes soon is fetched
    room = first_room(P)
    memory, order = memory_for(P, {**room, "deals": max(size, room["deals"])}), np.zeros(size, np.int64)
    tables = (np.array(events, np.float64).reshape(-1, 3) for events in (first, later))
    happen(memory.firms, *tables, order)
    return order.tolist()


def by_heap(first: list[Event], later: list[Event]) -> list[int]:
    """The same by the library's heap."""
    heap: list[tuple[float, int, int]] = []
    for k, (time, kind, entity) in enumerate(first):
        heappush(heap, (time, (kind << ENTITY_BITS) + entity, k))
    order = []
    for k in range(len(first) + len(later)):
        now, _, number = heappop(heap)
        order.append(number)
        if k < len(later):
            days, kind, entity = later[k]
            heappush(heap, (now + days, (kind << ENTITY_BITS) + entity, len(first) + k))
    return order


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(first=EVENTS, later=EVENTS)
@example(first=[(ROUND, 2, 0), (0.0, 2, 0), (2.0 * ROUND, 2, 0)], later=[(0.0, 3, 1)])
@example(first=[(1.0, 5, 0)] * 9, later=[(0.0, 5, 0)] * 9)
def test_events_happen_in_order_of_time_kind_entity_and_scheduling(first: list[Event], later: list[Event]) -> None:
    assert compiled(first, later) == by_heap(first, later)


def test_events_of_many_rounds_happen_in_order() -> None:
    generator = np.random.default_rng(1)
    first, later = (
        [(float(time), 2, 0) for time in generator.exponential(days, 3000)] for days in (ROUND, 0.3 * ROUND)
    )
    assert compiled(first, later) == by_heap(first, later)
