"""Luck that every inquiry meets: drawn for a thousand inquiries at once when the first of them comes, and kept.

Clocks are drawn from the first inquiry on, as each is the sum of all before it; the rest only of those who come, which
under the luck after a fork are those behind it.

All scenarios of a replication meet the same inquiries, so that whatever was drawn for one is there for the next. Most
inquiries are told apart by the cells of the unit interval that their uniforms lie in; the others' uniforms are made
again where they are wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.luck import (
    CLOCK,
    FIT,
    SEEN_BY_MARKETING,
    SEEN_BY_OPERATIONS,
    SEEN_BY_SALES,
    SOURCE,
    VALUE,
    WORKED,
    block,
    four,
    uniform,
)  # fmt: skip
from revsim.compiled.views import AT_ONCE, CELLS, inquiries, lucks
from revsim.formulas.quantiles import exponential

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELL_SHIFT = np.uint64(64 - (CELLS - 1).bit_length())
BY_SOURCE, BY_MARKETING, BY_SALES, BY_OPERATIONS, OF_FIT = range(5)  # columns of cells


class Inquiries:
    """What is drawn of one stream: one entry an inquiry, how many clocks are there, and which thousands are whole."""

    def __init__(self) -> None:
        """Nothing drawn, of nobody's luck."""
        self.clock = np.empty(0)  # integrated rate at which an inquiry comes
        self.fit, self.value, self.worked = np.empty(0), np.empty(0), np.empty(0)  # uniforms
        self.cells = np.empty((0, 5), np.int16)
        self.clocks, self.whole = np.zeros(1, np.int64), np.zeros(0, np.int64)
        self._keys = b""

    def of(self, keys: NDArray[np.uint64], rows: int) -> Inquiries:
        """What was drawn under these keys of all purposes, with room for so many; under others than last time nothing.

        An interrupt anywhere leaves nothing that is taken for drawn.
        """
        told, wanted = keys.tobytes(), -(-(rows + 1) // AT_ONCE) * AT_ONCE
        if told != self._keys or len(self.clock) < wanted:
            self._keys = b""
            self._make_room(wanted)
            self.clocks[0], self.whole[:] = 0, 0
            self._keys = told
        return self

    def _make_room(self, rows: int) -> None:
        """Arrays of so many rows, if those that are there are shorter; fresh memory is slow."""
        if len(self.clock) < rows:
            self.cells = np.empty((rows, 5), np.int16)
            self.fit, self.value, self.worked = (np.empty(rows) for _ in range(3))
            self.whole = np.zeros(rows // AT_ONCE, np.int64)
            self.clock = np.empty(rows)  # last: its length stands for all


@inlined
def cell(word):
    """The cell of the unit interval that a word's uniform lies in: the word's upper bits."""
    return word >> CELL_SHIFT


@kernel
def draw_clocks(firm, which, stream):
    """Clocks of the next thousand inquiries of a stream, under the luck before (0) or after (1) a fork."""
    keys = lucks(firm)[which].buyer_keys[stream]
    clock, _, _, _, _, clocks, _ = inquiries(firm, which, stream)
    first = clocks[0]
    reached = clock[first - 1] if first > 0 else 0.0
    for row in range(first, first + AT_ONCE, 4):
        for k, u in enumerate(four(keys, CLOCK, np.uint64((row >> 2) + 1))):
            reached = reached + exponential(u, 1.0)
            clock[row + k] = reached
    clocks[0] = first + AT_ONCE


@kernel
def draw_whole(firm, which, stream, thousand):
    """All but the clocks of a thousand inquiries of a stream."""
    keys, into = lucks(firm)[which].buyer_keys[stream], inquiries(firm, which, stream)
    for row in range(thousand * AT_ONCE, (thousand + 1) * AT_ONCE, 4):
        counter = np.uint64((row >> 2) + 1)
        fill_uniforms(keys, counter, row, into)
        fill_cells(keys, counter, row, into)
    into[6][thousand] = 1


@inlined
def fill_uniforms(keys, counter, row, into):
    """What is wanted to the last digit."""
    _, fit, value, worked, cells, _, _ = into
    for k, word in enumerate(block(keys[FIT, 0], keys[FIT, 1], counter)):
        fit[row + k], cells[row + k, OF_FIT] = uniform(word), cell(word)
    for k, u in enumerate(four(keys, VALUE, counter)):
        value[row + k] = u
    for k, u in enumerate(four(keys, WORKED, counter)):
        worked[row + k] = u


@inlined
def fill_cells(keys, counter, row, into):
    """What the cell tells in most cases."""
    cells = into[4]
    for k, word in enumerate(block(keys[SOURCE, 0], keys[SOURCE, 1], counter)):
        cells[row + k, BY_SOURCE] = cell(word)
    for k, word in enumerate(block(keys[SEEN_BY_MARKETING, 0], keys[SEEN_BY_MARKETING, 1], counter)):
        cells[row + k, BY_MARKETING] = cell(word)
    for k, word in enumerate(block(keys[SEEN_BY_SALES, 0], keys[SEEN_BY_SALES, 1], counter)):
        cells[row + k, BY_SALES] = cell(word)
    for k, word in enumerate(block(keys[SEEN_BY_OPERATIONS, 0], keys[SEEN_BY_OPERATIONS, 1], counter)):
        cells[row + k, BY_OPERATIONS] = cell(word)
