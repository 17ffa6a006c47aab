"""The columns of a trace, as kernels see them: by address, so that one argument is all that a call has to look at."""

from __future__ import annotations

import numpy as np

from revsim.machine.intrinsics import carray, pointer
from revsim.machine.kernel import inlined
from revsim.measures.kinds import AFTER_LAST

TRACE = [  # and room for three lists of rows, (3, room)
    *(("rows", "i8"), ("room", "i8"), ("at_lists", "i8")),
    *((f"at_{name}", "i8") for name in ("time", "kind", "entity", "actor", "value")),
]
FLOAT, INT, UNSIGNED = np.float64, np.int64, np.uint16


@inlined
def known(kind):
    """A kind, read without its sign; all that nobody knows are one."""
    return min(np.int64(kind), AFTER_LAST)


@inlined
def times(one):
    """Time by row."""
    return carray(pointer(one.at_time), (one.rows,), FLOAT)


@inlined
def kinds(one):
    """Kind by row, without its sign."""
    return carray(pointer(one.at_kind), (one.rows,), UNSIGNED)


@inlined
def entities(one):
    """Entity by row."""
    return carray(pointer(one.at_entity), (one.rows,), INT)


@inlined
def actors(one):
    """Actor by row."""
    return carray(pointer(one.at_actor), (one.rows,), INT)


@inlined
def values(one):
    """Value by row."""
    return carray(pointer(one.at_value), (one.rows,), FLOAT)


@inlined
def list_of(one, number):
    """The first, second or third list, with room for all rows."""
    return carray(pointer(one.at_lists + 8 * number * one.room), (one.room,), INT)
