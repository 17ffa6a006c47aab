"""The calendar: a heap of events ordered by (time, kind, entity), ties by order of scheduling."""

from __future__ import annotations

from revsim.compiled._kernel import inlined
from revsim.compiled.views import calendar, deals

ENTITY_BITS = 32
WIDTH = 4  # children of an entry: half the depth of two, and four lie in two cache lines
ROOM_FOR_EVENTS = 1  # status: what ran out


@inlined
def at(firm, time, kind, entity, what):
    """An event at `time`; `what` is a deal, or -1 - week. Returns its number."""
    heap, place = calendar(firm), firm.n_calendar
    number = firm.number_of_events
    firm.number_of_events += 1
    if place >= firm.max_calendar:
        firm.status = ROOM_FOR_EVENTS
        return number
    firm.n_calendar = place + 1
    rise(heap, place, time, (kind << ENTITY_BITS) + entity, number, what)
    return number


@inlined
def rise(heap, place, time, rank, number, what):
    """Put an entry where it belongs between a place and the top."""
    while place > 0:
        above = (place - 1) >> 2
        if not before(time, rank, number, heap[above]):
            break
        heap[place] = heap[above]
        place = above
    entry = heap[place]
    entry.time, entry.rank, entry.number, entry.what = time, rank, number, what


@inlined
def before(time, rank, number, other):
    """Whether (time, rank, number) comes before an entry."""
    if time != other.time:
        return time < other.time
    if rank != other.rank:
        return rank < other.rank
    return number < other.number


@inlined
def first_of(heap, child, size):
    """The first of the four entries below one; `child` is the leftmost.

    Times that differ, as nearly all do, are told apart without a branch, which the processor could not foresee.
    """
    if child + 3 < size:
        a, b, c, d = heap[child].time, heap[child + 1].time, heap[child + 2].time, heap[child + 3].time
        left, right = min(a, b), min(c, d)
        least = min(left, right)
        if int(a == least) + int(b == least) + int(c == least) + int(d == least) == 1:
            return child + int(b == least) + 2 * int(c == least) + 3 * int(d == least)
    best = child
    for other in range(child + 1, min(child + WIDTH, size)):
        entry = heap[other]
        if before(entry.time, entry.rank, entry.number, heap[best]):
            best = other
    return best


@inlined
def take_first(firm):
    """Remove the first entry, which the caller has read: the way down is closed up, the last entry rises from there.

    The last entry nearly always belongs near the bottom, so that asking on the way down would be in vain.
    """
    heap = calendar(firm)
    size = firm.n_calendar - 1
    firm.n_calendar = size
    last = heap[size]
    place, child = 0, 1
    while child < size:
        child = first_of(heap, child, size)
        heap[place] = heap[child]
        place = child
        child = WIDTH * place + 1
    rise(heap, place, last.time, last.rank, last.number, last.what)


@inlined
def wait_until(firm, deal, time, kind):
    """What happens to the deal next, at `time`; whatever was to happen before that is forgotten."""
    deals(firm)[deal].token = at(firm, time, kind, deals(firm)[deal].id, deal)


@inlined
def forget(firm, deal):
    """Nothing that was scheduled for this deal happens any more."""
    deals(firm)[deal].token = -1
