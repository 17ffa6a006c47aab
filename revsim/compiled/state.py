"""A company's whole state, taken from one memory into another.

Rows, and rows known ahead, are only ever added: whoever takes a state goes on behind those that are there. Of the deals
those are copied that anything can still happen to; a memory that keeps a state has them one behind the other, and the
list of their places. Parameters, room and addresses stay each memory's own.
"""

from __future__ import annotations

import numpy as np

from revsim.compiled import layout
from revsim.compiled._kernel import carray, inlined, kernel, pointer
from revsim.compiled.calendar import ENTITY_BITS
from revsim.compiled.firm import REPS
from revsim.compiled.layout import PARTS, QUARTER_SLOTS
from revsim.compiled.views import book, calendar, deals, later, quarters, queues, scratch, seen
from revsim.contract.constants import WEEKS
from revsim.contract.trace import Kind
from revsim.mechanisms.signal import SIGNALS

FIRM, INT, WORD = layout.FIRM, np.int64, 8  # bytes
STATE = layout.place_of("n_deals")  # where the state begins in the firm's record
STATE_WORDS = (layout.FIRM.itemsize - STATE) // WORD
QUEUE, SIGNAL, STREAM, PERSON, DEAL, CUSTOMER, QUARTER, SEEN, ENTRY, LATER = (
    kind.itemsize // WORD
    for kind in (
        layout.QUEUE, layout.SIGNAL, layout.STREAM, layout.PERSON, layout.DEAL, layout.CUSTOMER, layout.QUARTER,
        layout.SEEN, layout.ENTRY, layout.LATER,
    )
)  # fmt: skip
N_SIGNALS, SPARE_WEEKS, BLOCKS = SIGNALS, layout.SPARE_WEEKS, 3
FORGOTTEN = -(1 << 40)  # less a deal's place: an entry that was forgotten, in a memory that keeps a state


@inlined
def other(firm):
    """The firm whose state is taken."""
    return carray(pointer(firm.at_other), (1,), FIRM)[0]


@inlined
def copy(target, source, words):
    """Words from one address to another."""
    into, of = carray(pointer(target), (words,), INT), carray(pointer(source), (words,), INT)
    for k in range(words):
        into[k] = of[k]


@kernel
def list_deals(firm, of, lasts):
    """List the deals that a state of a company that pauses needs.

    Who resumes it where it was lived finds the deals that are over; a state that lasts has those it will be asked for.
    """
    listed = scratch(firm)
    firm.n_listed = list_live_deals(of, listed)
    if lasts:
        firm.n_listed = list_seen_deals(of, listed, firm.n_listed)


@kernel
def keep(firm, of):
    """The state of a company that pauses, with the deals that were listed, one behind the other."""
    listed = scratch(firm)
    take_all_but_deals(firm, of)
    mark_forgotten(firm, of)
    for k in range(firm.n_listed):
        copy_deal(firm, k, of, listed[k])


@kernel
def resume(firm, of):
    """The state that another memory keeps."""
    take_all_but_deals(firm, of)
    forget_marked(firm)
    listed = scratch(of)
    for k in range(of.n_listed):
        copy_deal(firm, listed[k], of, k)
    begin_anew(firm)


@kernel
def branch_off(firm, of):
    """The state of a company that pauses, to go on from by oneself."""
    listed = scratch(firm)
    count = list_live_deals(of, listed)
    take_all_but_deals(firm, of)
    forget_others(firm, of)
    for k in range(count):
        copy_deal(firm, listed[k], of, listed[k])
    begin_anew(firm)


@inlined
def copy_deal(firm, place, of, their_place):
    """One deal of theirs, to a place."""
    step = WORD * DEAL
    copy(firm.at_deals + step * place, of.at_deals + step * their_place, DEAL)


@kernel
def begin_anew(firm):
    """A block of choices that has begun there and is another one here has changed nothing yet: here it has to begin."""
    for block in range(BLOCKS):
        if firm.begins_anew >> block & 1:
            firm.active[block] = 0


@kernel
def take_all_but_deals(firm, of):
    """Everything else that a state is."""
    firm.seats, firm.managers, firm.analysts, firm.sources = of.seats, of.managers, of.analysts, of.sources
    firm.weeks, everybody = of.weeks, of.seats + of.managers + of.analysts
    copy(firm.at_self + STATE, of.at_self + STATE, STATE_WORDS)
    copy(firm.at_queues, of.at_queues, QUEUE * (2 + of.seats))
    copy(firm.at_signals, of.at_signals, SIGNAL * N_SIGNALS)
    copy(firm.at_streams, of.at_streams, STREAM * 2)
    copy(firm.at_people, of.at_people, PERSON * everybody)
    copy(firm.at_loads, of.at_loads, everybody)
    copy(firm.at_best_of_groups, of.at_best_of_groups, of.seats)
    copy(firm.at_customers, of.at_customers, CUSTOMER * of.n_customers)
    copy(firm.at_due, of.at_due, 2 * (of.weeks + SPARE_WEEKS))
    copy(firm.at_shifts, of.at_shifts, of.n_shifts)
    copy(firm.at_asked_latency, of.at_asked_latency, of.weeks)
    copy(firm.at_asked_number, of.at_asked_number, of.weeks)
    take_calendar(firm, of)
    take_history(firm, of)
    copy(firm.at_book, of.at_book, of.n_book)


@inlined
def take_calendar(firm, of):
    """All that is to come."""
    copy(firm.at_calendar, of.at_calendar, ENTRY * of.n_calendar)
    copy(firm.at_later, of.at_later, LATER * of.n_later)
    copy(firm.at_parts, of.at_parts, PARTS // 2)  # places of four bytes
    copy(firm.at_marks, of.at_marks, PARTS // 64)


@kernel
def forget_others(firm, of):
    """Entries of the calendar that were forgotten stay so, whatever another run has left of their deals here."""
    heap, waiting, mine, theirs = calendar(of), later(of), deals(firm), deals(of)
    for k in range(of.n_calendar):
        place = heap[k].what
        if place >= 0 and theirs[place].token != heap[k].number:
            mine[place].token = -1
    for k in range(of.n_later):
        place = waiting[k].what
        if place >= 0 and theirs[place].token != waiting[k].number:
            mine[place].token = -1


@kernel
def mark_forgotten(firm, of):
    """Mark the entries of the calendar that were forgotten, in a memory that has no deals in their places."""
    heap, waiting, theirs = calendar(firm), later(firm), deals(of)
    for k in range(of.n_calendar):
        place = heap[k].what
        if place >= 0 and theirs[place].token != heap[k].number:
            heap[k].what = FORGOTTEN - place
    for k in range(of.n_later):
        place = waiting[k].what
        if place >= 0 and theirs[place].token != waiting[k].number:
            waiting[k].what = FORGOTTEN - place


@kernel
def forget_marked(firm):
    """Entries that came marked are forgotten here, whatever another run has left of their deals."""
    heap, waiting, mine = calendar(firm), later(firm), deals(firm)
    for k in range(firm.n_calendar):
        if heap[k].what <= FORGOTTEN:
            heap[k].what = FORGOTTEN - heap[k].what
            mine[heap[k].what].token = -1
    for k in range(firm.n_later):
        if waiting[k].what <= FORGOTTEN:
            waiting[k].what = FORGOTTEN - waiting[k].what
            mine[waiting[k].what].token = -1


@inlined
def take_history(firm, of):
    """What operations saw, as far as it is remembered; rooms for snapshots may differ."""
    copy(firm.at_quarters, of.at_quarters, QUARTER * QUARTER_SLOTS)
    for k in range(of.n_past + 1):
        slot = of.quarter_now if k == of.n_past else of.past[k]
        quarter = quarters(of)[slot]
        for week in range(quarter.weeks):
            step = WORD * SEEN * (slot * WEEKS + week)
            copy(firm.at_seen + step * firm.max_seen, of.at_seen + step * of.max_seen, SEEN * quarter.seen[week])


@kernel
def list_live_deals(firm, into):
    """Deals that anything can still happen to: opportunities in the book, leads that wait; returns how many."""
    count, heap, waiting = firm.n_book, calendar(firm), later(firm)
    for k in range(count):
        into[k] = book(firm)[k]
    for k in range(firm.n_later):
        count = add_live(firm, waiting[k].rank, waiting[k].what, into, count)
    for k in range(firm.n_calendar):
        count = add_live(firm, heap[k].rank, heap[k].what, into, count)
    for which in range(REPS):  # leads that wait for a rep with room, and at the desk
        queue = queues(firm)[which]
        place = queue.first
        for _ in range(queue.count):
            count = add_live(firm, 0, place, into, count)
            place = deals(firm)[place].next
    return count


@kernel
def list_seen_deals(firm, into, count):
    """Deals that this quarter's snapshots name, for what became of them is learned as it ends; returns how many."""
    slot = firm.quarter_now
    for week in range(quarters(firm)[slot].weeks):
        snapshot = seen(firm, slot, week)
        for k in range(quarters(firm)[slot].seen[week]):
            into[count] = snapshot[k].deal
            count += 1
    return count


@inlined
def add_live(firm, rank, place, into, count):
    """One more, if it is a lead, or a deal that hears of a discount when it may have left the book."""
    if place >= 0 and (deals(firm)[place].stage < 0 or rank >> ENTITY_BITS == Kind.DECIDED):
        into[count] = place
        return count + 1
    return count
