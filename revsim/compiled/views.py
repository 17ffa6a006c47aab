"""The firm's arrays, seen through the addresses that its record holds; one more indirection, one argument a call."""

from __future__ import annotations

import numpy as np

from revsim.compiled import layout
from revsim.compiled._kernel import carray, inlined, pointer
from revsim.compiled.layout import QUARTER_SLOTS
from revsim.contract.constants import WEEKS

SIGNAL, STREAM, PERSON, DEAL, CUSTOMER = layout.SIGNAL, layout.STREAM, layout.PERSON, layout.DEAL, layout.CUSTOMER
QUARTER, SEEN, ENTRY, ROW, AHEAD = layout.QUARTER, layout.SEEN, layout.ENTRY, layout.ROW, layout.AHEAD
LUCK, QUEUE, INT, FLOAT = layout.LUCK, layout.QUEUE, np.int64, np.float64
WORDS = 6  # purposes
CELLS = 1024  # of the unit interval
SEEN_BYTES = layout.SEEN.itemsize

(
    PRESSURES, GAPS, RATCHETS, BUDGETS, SEATS, DISAGREEMENTS, TOLERANCES, YIELD_RATIOS, ATTAINMENTS, DIPS, LOADS,
) = range(11)  # fmt: skip
HOURS_LOST = LOADS + 3
N_SIGNALS = len(layout.SIGNALS)


@inlined
def signals(firm):
    """All feedback loops' signals."""
    return carray(pointer(firm.at_signals), (N_SIGNALS,), SIGNAL)


@inlined
def streams(firm):
    """Own and bought inquiries."""
    return carray(pointer(firm.at_streams), (2,), STREAM)


@inlined
def people(firm):
    """All seats: reps, then managers, then analysts."""
    return carray(pointer(firm.at_people), (firm.seats + firm.managers + firm.analysts,), PERSON)


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
    """Scheduled events, a heap."""
    return carray(pointer(firm.at_calendar), (firm.max_calendar,), ENTRY)


@inlined
def rows(firm):
    """Rows of the trace so far, in the order of time."""
    return carray(pointer(firm.at_rows), (firm.max_rows,), ROW)


@inlined
def ahead(firm):
    """Rows of the trace that were known before their time."""
    return carray(pointer(firm.at_ahead), (firm.max_ahead,), AHEAD)


@inlined
def book(firm):
    """Opportunities that are open, or still open in the record, in order of their creation."""
    return carray(pointer(firm.at_book), (firm.max_deals,), INT)


@inlined
def words(firm):
    """Four uniforms of each purpose that all inquiries meet: those of the inquiry at hand and its neighbours."""
    return carray(pointer(firm.at_words), (WORDS, 4), FLOAT)


@inlined
def source_cells(firm):
    """Where an inquiry comes from, by the cell that its uniform lies in; -1: the cell does not tell."""
    return carray(pointer(firm.at_sources), (CELLS,), INT)


@inlined
def scratch(firm):
    """Room for a list of deals or people."""
    return carray(pointer(firm.at_scratch), (firm.max_deals + 1024,), INT)


@inlined
def due(firm):
    """First and last contract that comes up, by week."""
    return carray(pointer(firm.at_due), (2, firm.weeks + 64), INT)


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
