"""What all parts of the compiled model ask of the firm: rows, queues. See model/firm.py."""

from __future__ import annotations

from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.calendar import KNOWN, put
from revsim.compiled.views import ahead, columns, deals, queues
from revsim.units import DAYS_PER_QUARTER

ROOM_FOR_ROWS, ROOM_FOR_ROWS_AHEAD = 2, 9
WAITING, DESK, REPS = 0, 1, 2  # queues


@inlined
def record(firm, kind, entity, actor, value):
    """One row of the trace, now."""
    place = firm.n_rows
    if place >= firm.max_rows:
        firm.status = ROOM_FOR_ROWS
        return
    times, kinds, entities, actors, values = columns(firm)
    times[place], kinds[place], entities[place], actors[place], values[place] = firm.now, kind, entity, actor, value
    firm.n_rows = place + 1


@inlined
def record_at(firm, time, kind, entity, actor, value):
    """One row of the trace at a later time that is known already."""
    record_ahead(firm, time, (kind, entity, actor, value), 0)


@kernel
def record_ahead(firm, time, what, deal):
    """The same; rows that follow each other are kept together. `deal` is whom a fork asks about.

    Never with one from before a pause or a fork: others go on behind that one, too.
    """
    kind, entity, actor, value = what
    if time <= firm.now:
        record(firm, kind, entity, actor, value)
        return
    place, known = firm.n_ahead, ahead(firm)
    if place >= firm.max_ahead:
        firm.status = ROOM_FOR_ROWS_AHEAD
        return
    row = known[place]
    row.time, row.kind, row.entity, row.actor, row.value, row.more = time, kind, entity, actor, value, False
    firm.n_ahead = place + 1
    if place > firm.ahead_from and known[place - 1].time == time:
        known[place - 1].more = True
    else:
        put(firm, time, KNOWN, place, deal)


@inlined
def record_known(firm, place):
    """The time has come of a row that was known, and of those that follow it."""
    known, more = ahead(firm), True
    while more:
        row = known[place]
        record(firm, row.kind, row.entity, row.actor, row.value)
        place, more = place + 1, row.more


@inlined
def quarter_end(firm):
    """The last instant of the running quarter."""
    if not firm.ends - DAYS_PER_QUARTER <= firm.now < firm.ends:
        firm.ends = (firm.now // DAYS_PER_QUARTER + 1.0) * DAYS_PER_QUARTER
    return firm.ends


@inlined
def join_queue(firm, which, deal):
    """To the end of a queue."""
    queue, many = queues(firm)[which], deals(firm)
    many[deal].next = -1
    many[deal].in_queue = True
    if queue.count == 0:
        queue.first = deal
    else:
        many[queue.last].next = deal
    queue.last = deal
    queue.count += 1


@kernel
def pop_queue(firm, which, place):
    """The deal at a place of a queue, which it leaves."""
    queue, many = queues(firm)[which], deals(firm)
    ahead, deal = -1, queue.first
    for _ in range(place):
        ahead, deal = deal, many[deal].next
    follower = many[deal].next
    if ahead < 0:
        queue.first = follower
    else:
        many[ahead].next = follower
    if follower < 0:
        queue.last = ahead
    queue.count -= 1
    many[deal].in_queue = False
    return deal


@kernel
def take_impatient(firm, which, into):
    """Those of a queue who are out of patience leave it, into a list; returns how many."""
    many, now, found = deals(firm), firm.now, 0
    queue = queues(firm)[which]
    count, deal = queue.count, queue.first
    queue.count = 0
    queue.first = queue.last = -1
    for _ in range(count):
        follower = many[deal].next
        if many[deal].patience_until > now:
            join_queue(firm, which, deal)
        else:
            many[deal].in_queue = False
            into[found] = deal
            found += 1
        deal = follower
    return found
