"""A trace whose rows of a kind are found without reading the others; measures ask for rows by kind some sixty times."""

from __future__ import annotations

import numpy as np

from revsim.contract.trace import Kind, Trace


class Grouped:
    """The rows of a trace by kind; `of` gives the same rows in the same order as `Trace.of`."""

    def __init__(self, trace: Trace) -> None:
        """Sort once by kind; rows of one kind keep their order."""
        self.trace = trace
        self._order = np.argsort(trace.kind, kind="stable")
        most = int(trace.kind.max(initial=0)) + 1
        self._first = np.concatenate([[0], np.cumsum(np.bincount(trace.kind, minlength=most))])

    def of(self, *kinds: Kind) -> Trace:
        """The rows of these kinds, in the order of time."""
        known = [int(kind) for kind in kinds if int(kind) + 1 < len(self._first)]
        parts = [self._order[self._first[kind] : self._first[kind + 1]] for kind in known]
        if len(parts) == 1:
            places = parts[0]
        else:
            places = np.sort(np.concatenate([np.zeros(0, dtype=self._order.dtype), *parts]))
        t = self.trace
        return Trace(t.time[places], t.kind[places], t.entity[places], t.actor[places], t.value[places])


Traced = Trace | Grouped
