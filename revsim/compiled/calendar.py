"""The calendar: events ordered by (time, kind, entity), ties by order of scheduling.

What is to come waits unsorted in a list for each small part of a day; a bit for each part tells where anything waits.
Where a part holds several events they are sorted in a heap when its turn comes. The lists are used again in rounds: an
event further off than a round lies in the list of its part and is passed over until its round has come (Brown 1988,
Calendar queues, CACM 31(10)).
"""

from __future__ import annotations

import numpy as np

from revsim.compiled._kernel import fetch, inlined, kernel, lowest_bit
from revsim.compiled.layout import PARTS
from revsim.compiled.views import calendar, deals, later, marks, parts

ENTITY_BITS = 32
KNOWN = 0  # kind of an entry for rows that are known before their time; they come before all events of an instant
PARTS_A_DAY = 256.0  # the shipped company has some 120 entries a day, so that most are alone in their part
LAST = PARTS - 1  # mask of a part's place in a round
FAR = 1.0e9  # days; whatever is further off never happens
WIDTH = 4  # children of an entry: half the depth of two, and four lie in two cache lines
ROOM_FOR_EVENTS = 1  # status: what ran out
ONE = np.uint64(1)


@inlined
def at(firm, time, kind, entity, what):
    """An event at `time`; `what` is a deal, or -1 - week. Returns its number."""
    number = firm.number_of_events
    firm.number_of_events += 1
    put(firm, time, (kind << ENTITY_BITS) + entity, number, what)
    return number


@inlined
def part_of(time):
    """The part of a day, counted from day 0, that a time lies in."""
    return int(min(time, FAR) * PARTS_A_DAY)


@kernel
def put(firm, time, rank, number, what):
    """An entry into the list of its part of a day, or into the heap of the part at hand."""
    part = part_of(time)
    if part <= firm.part:
        push(firm, time, rank, number, what)
        return
    place = firm.free
    if place >= 0:
        firm.free = later(firm)[place].next
    else:
        place = firm.n_later
        if place >= firm.max_calendar:
            firm.status = ROOM_FOR_EVENTS
            return
        firm.n_later = place + 1
    entry = later(firm)[place]
    entry.time, entry.rank, entry.number, entry.what = time, rank, number, what
    link(firm, part & LAST, place)


@inlined
def link(firm, part, place):
    """An entry into the list of a part of the round."""
    first = parts(firm)
    later(firm)[place].next = first[part]
    first[part] = place
    marks(firm)[part >> 6] |= ONE << np.uint64(part & 63)


@inlined
def unlink(firm, part):
    """All entries out of a part's list; returns the first, which leads to the others."""
    first = parts(firm)
    place = first[part]
    first[part] = -1
    marks(firm)[part >> 6] &= ~(ONE << np.uint64(part & 63))
    return place


@kernel
def push(firm, time, rank, number, what):
    """An entry into the heap."""
    place = firm.n_calendar
    if place >= firm.max_calendar:
        firm.status = ROOM_FOR_EVENTS
        return
    firm.n_calendar = place + 1
    rise(calendar(firm), place, time, rank, number, what)


@inlined
def marked_after(firm, part):
    """The next part after one in which anything waits."""
    waits, part = marks(firm), part + 1
    left = waits[(part & LAST) >> 6] >> np.uint64(part & 63)
    while left == 0:
        part = (part | 63) + 1
        left = waits[(part & LAST) >> 6]
    return part + lowest_bit(left)


@inlined
def look_ahead(firm):
    """What is likely to come next is brought near."""
    part = firm.part + 1
    left = marks(firm)[(part & LAST) >> 6] >> np.uint64(part & 63)
    if left != 0:
        entry = later(firm)[parts(firm)[(part + lowest_bit(left)) & LAST]]
        fetch(deals(firm)[max(entry.what, 0)])


@inlined
def turn(firm):
    """The next part of a day that anything happens in is at hand, in the heap."""
    waiting = later(firm)
    while firm.n_calendar == 0:
        part = firm.part = marked_after(firm, firm.part)
        place = unlink(firm, part & LAST)
        look_ahead(firm)
        entry = waiting[place]
        if entry.next < 0 and part_of(entry.time) == part:
            first = calendar(firm)[0]
            first.time, first.rank, first.number, first.what = entry.time, entry.rank, entry.number, entry.what
            entry.next, firm.free = firm.free, place
            firm.n_calendar = 1
            return
        while place >= 0:
            entry = waiting[place]
            follower = entry.next
            if part_of(entry.time) == part:
                fetch(deals(firm)[max(entry.what, 0)])  # it comes soon
                push(firm, entry.time, entry.rank, entry.number, entry.what)
                entry.next, firm.free = firm.free, place
            else:
                link(firm, part & LAST, place)  # of a later round
            place = follower


@kernel
def all_at_hand(firm):
    """Everything that waits into the heap; the run is over."""
    first, waiting = parts(firm), later(firm)
    for part in range(PARTS):
        place = first[part]
        while place >= 0:
            entry = waiting[place]
            push(firm, entry.time, entry.rank, entry.number, entry.what)
            place = entry.next


@inlined
def rise(heap, place, time, rank, number, what):
    """Put an entry where it belongs between a place and the top."""
    while place > 0:
        above = (place - 1) >> 2
        if not before(time, rank, number, heap[above]):
            break
        copy(heap[above], heap[place])
        place = above
    entry = heap[place]
    entry.time, entry.rank, entry.number, entry.what = time, rank, number, what


@inlined
def copy(entry, into):
    """An entry to another place, number by number: records are copied byte by byte."""
    into.time, into.rank, into.number, into.what = entry.time, entry.rank, entry.number, entry.what


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
    """The first of the entries below one; `child` is the leftmost."""
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
    if size == 0:
        return
    last = heap[size]
    place, child = 0, 1
    while child < size:
        child = first_of(heap, child, size)
        copy(heap[child], heap[place])
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
