"""The first difference between two traces, told so that it can be found."""

from __future__ import annotations

import numpy as np

from revsim.contract.trace import Kind, Trace

BEFORE = 10


def first_difference(reference: Trace, compiled: Trace) -> str | None:
    """None if equal to the last bit; else the first differing row and ten before it, from both engines."""
    size = min(len(reference.time), len(compiled.time))
    unequal = np.zeros(size, dtype=bool)
    for one, other in zip(reference, compiled, strict=True):
        bits = (np.ascontiguousarray(column[:size]).view(f"u{column.itemsize}") for column in (one, other))
        unequal |= np.not_equal(*bits)
    if not unequal.any() and len(reference.time) == len(compiled.time):
        return None
    place = int(np.argmax(unequal)) if unequal.any() else size
    told = [f"{len(reference.time)} rows of the reference, {len(compiled.time)} compiled; first difference at {place}"]
    for name, trace in (("reference", reference), ("compiled", compiled)):
        told.append(name)
        told += [_row(trace, k) for k in range(max(0, place - BEFORE), min(place + 1, len(trace.time)))]
    return "\n".join(told)


def _row(trace: Trace, place: int) -> str:
    time, kind, entity, actor, value = (column[place] for column in trace)
    return f"  {place:7} {float(time)!r:>20} {Kind(int(kind)).name:22} {entity:10} {actor:5} {float(value)!r}"
