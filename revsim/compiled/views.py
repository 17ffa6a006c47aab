"""The firm's arrays, seen through the addresses that its record holds; one more indirection, one argument a call."""

from __future__ import annotations

import numpy as np

from revsim.compiled import layout
from revsim.compiled._kernel import carray, inlined, pointer
from revsim.compiled.layout import PARTS, QUARTER_SLOTS
from revsim.contract.constants import WEEKS
from revsim.mechanisms.signal import SIGNALS

SIGNAL, STREAM, PERSON, DEAL, CUSTOMER = layout.SIGNAL, layout.STREAM, layout.PERSON, layout.DEAL, layout.CUSTOMER
QUARTER, SEEN, ENTRY, LATER, AHEAD = layout.QUARTER, layout.SEEN, layout.ENTRY, layout.LATER, layout.AHEAD
LUCK, QUEUE, INT, FLOAT = layout.LUCK, layout.QUEUE, np.int64, np.float64
PLACE, KIND, WORD = np.int32, np.int16, np.uint64
CELLS = 1024  # of the unit interval
AT_ONCE = 1024  # inquiries whose luck is drawn together: a multiple of four, which a block holds
SEEN_BYTES = layout.SEEN.itemsize


@inlined
def signals(firm):
    """All feedback loops' signals."""
    return carray(pointer(firm.at_signals), (SIGNALS,), SIGNAL)


@inlined
def streams(firm):
    """Own and bought inquiries."""
    return carray(pointer(firm.at_streams), (2,), STREAM)


@inlined
def people(firm):
    """All seats: reps, then managers, then analysts."""
    return carray(pointer(firm.at_people), (firm.seats + firm.managers + firm.analysts,), PERSON)


@inlined
def loads(firm):
    """How full everybody of `people` is with deals, 1: no more; infinite where nobody is who takes any."""
    return carray(pointer(firm.at_loads), (firm.seats + firm.managers + firm.analysts,), FLOAT)


@inlined
def best_of_groups(firm):
    """Who has the least load of each group of seats; see least_load.py."""
    return carray(pointer(firm.at_best_of_groups), (firm.seats,), INT)


@inlined
def deals(firm):
    """Buyers who went beyond being offered."""
    return carray(pointer(firm.at_deals), (firm.max_deals,), DEAL)


@inlined
def customers(firm):
    """Contracts."""
    return carray(pointer(firm.at_customers), (firm.max_customers,), CUSTOMER)


@inlined
def quarters(firm):
    """Records of the running quarter and the last four."""
    return carray(pointer(firm.at_quarters), (QUARTER_SLOTS,), QUARTER)


@inlined
def seen(firm, slot, week):
    """What operations saw in a week of a quarter."""
    step = (slot * WEEKS + week) * firm.max_seen * SEEN_BYTES
    return carray(pointer(firm.at_seen + step), (firm.max_seen,), SEEN)


@inlined
def calendar(firm):
    """Events of the part of a day at hand, a heap."""
    return carray(pointer(firm.at_calendar), (firm.max_calendar,), ENTRY)


@inlined
def later(firm):
    """Events of later parts of days, in lists."""
    return carray(pointer(firm.at_later), (firm.max_calendar,), LATER)


@inlined
def parts(firm):
    """First event of each part of a day's list, -1: none."""
    return carray(pointer(firm.at_parts), (PARTS,), PLACE)


@inlined
def marks(firm):
    """A bit for each part of a day: whether its list holds anything."""
    return carray(pointer(firm.at_marks), (PARTS // 64,), WORD)


@inlined
def values(firm):
    """Values of the rows of the trace so far."""
    return carray(pointer(firm.at_value), (firm.max_rows,), FLOAT)


@inlined
def columns(firm):
    """Times, kinds, entities, actors and values of the rows of the trace so far, in the order of time."""
    size = (firm.max_rows,)
    return (
        carray(pointer(firm.at_time), size, FLOAT), carray(pointer(firm.at_kind), size, KIND),
        carray(pointer(firm.at_entity), size, INT), carray(pointer(firm.at_actor), size, INT), values(firm),
    )  # fmt: skip


@inlined
def ahead(firm):
    """Rows of the trace that are known before their time."""
    return carray(pointer(firm.at_ahead), (firm.max_ahead,), AHEAD)


@inlined
def book(firm):
    """Opportunities that are open, or still open in the record, in order of their creation."""
    return carray(pointer(firm.at_book), (firm.max_deals,), INT)


@inlined
def inquiries(firm, which, stream):
    """What is drawn of a stream: clock, fit, value, worked, cells; how many clocks, and which thousands are whole."""
    at = lucks(firm)[which].inquiries[stream]
    size = (at.rows,)
    return (
        carray(pointer(at.clock), size, FLOAT), carray(pointer(at.fit), size, FLOAT),
        carray(pointer(at.value), size, FLOAT), carray(pointer(at.worked), size, FLOAT),
        carray(pointer(at.cells), (size[0], 5), KIND), carray(pointer(at.clocks), (1,), INT),
        carray(pointer(at.whole), (size[0] // AT_ONCE,), INT),
    )  # fmt: skip


@inlined
def source_cells(firm):
    """Where an inquiry comes from, by the cell that its uniform lies in; -1: the cell does not tell."""
    return carray(pointer(firm.at_sources), (CELLS,), INT)


@inlined
def mean_cells(firm):
    """Mean fit of an inquiry, by the cell of its source's uniform; NaN: the cell does not tell."""
    return carray(pointer(firm.at_means), (CELLS,), FLOAT)


@inlined
def scratch(firm):
    """Room for a list of deals, of pairs of them, of entries of the calendar, or of people."""
    return carray(
        pointer(firm.at_scratch), (2 * (firm.max_deals + firm.max_calendar) + WEEKS * firm.max_seen + 1024,), INT
    )


@inlined
def due(firm):
    """First and last contract that comes up, by week."""
    return carray(pointer(firm.at_due), (2, firm.weeks + layout.SPARE_WEEKS), INT)


@inlined
def numbers(address, size):
    """Floats from an address on."""
    return carray(pointer(address), (size,), FLOAT)


@inlined
def lucks(firm):
    """The luck before and after a fork."""
    return carray(pointer(firm.at_lucks), (2,), LUCK)


@inlined
def queues(firm):
    """Queues of deals: leads that wait for a rep with room, the desk's, then one a rep."""
    return carray(pointer(firm.at_queues), (2 + firm.seats,), QUEUE)
