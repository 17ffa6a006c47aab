"""Rows in the order of time: those that were written as they happened, and those that were known ahead."""

from __future__ import annotations

from revsim.compiled._kernel import entry
from revsim.compiled.views import ahead, rows


@entry
def merge(firms, order, columns):
    """A run's rows into a trace's columns; `order` sorts those ahead by time. Of equal times the older comes first."""
    time, kind, entity, actor, value = columns
    firm = firms[0]
    happened, known = rows(firm), ahead(firm)
    size, taken, place = firm.n_rows, 0, 0
    for k in range(len(order) + 1):
        until = size
        if k < len(order):
            early = known[order[k]]
            until = early.after  # rows that were written before it
            moment = early.time
        while taken < size and (
            k == len(order) or happened[taken].time < moment or (happened[taken].time == moment and taken < until)
        ):
            row = happened[taken]
            time[place], kind[place], entity[place] = row.time, row.kind, row.entity
            actor[place], value[place] = row.actor, row.value
            taken += 1
            place += 1
        if k < len(order):
            early = known[order[k]]
            time[place], kind[place], entity[place] = early.time, early.kind, early.entity
            actor[place], value[place] = early.actor, early.value
            place += 1
