"""The calendar: a heap of events ordered by (time, kind, entity), ties by order of scheduling."""

from __future__ import annotations

from revsim.compiled._kernel import kernel
from revsim.compiled.views import calendar, deals

ENTITIES = 1 << 32
ROOM_FOR_EVENTS = 1  # status: what ran out


@kernel
def at(firm, time, kind, entity, what):
    """An event at `time`; `what` is a deal, or -1 - week. Returns its number."""
    heap, place = calendar(firm), firm.n_calendar
    number = firm.number_of_events
    firm.number_of_events += 1
    if place >= firm.max_calendar:
        firm.status = ROOM_FOR_EVENTS
        return number
    firm.n_calendar = place + 1
    rank = kind * ENTITIES + entity
    while place > 0:
        above = (place - 1) >> 1
        other = heap[above]
        if other.time < time or (other.time == time and other.rank <= rank):  # of equals the older comes first
            break
        heap[place] = other
        place = above
    entry = heap[place]
    entry.time, entry.rank, entry.number, entry.what = time, rank, number, what
    return number


@kernel
def before(one, time, rank, number):
    """Whether an entry comes before (time, rank, number)."""
    if one.time != time:
        return one.time < time
    if one.rank != rank:
        return one.rank < rank
    return one.number < number


@kernel
def take_first(firm):
    """Remove the first entry, which the caller has read."""
    heap = calendar(firm)
    size = firm.n_calendar - 1
    firm.n_calendar = size
    last = heap[size]
    time, rank, number, what = last.time, last.rank, last.number, last.what
    place = 0
    child = 1
    while child < size:
        if child + 1 < size and before(heap[child + 1], heap[child].time, heap[child].rank, heap[child].number):
            child += 1
        if not before(heap[child], time, rank, number):
            break
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    entry = heap[place]
    entry.time, entry.rank, entry.number, entry.what = time, rank, number, what


@kernel
def wait_until(firm, deal, time, kind):
    """What happens to the deal next, at `time`; whatever was to happen before that is forgotten."""
    deals(firm)[deal].token = at(firm, time, kind, deals(firm)[deal].id, deal)


@kernel
def forget(firm, deal):
    """Nothing that was scheduled for this deal happens any more."""
    deals(firm)[deal].token = -1
