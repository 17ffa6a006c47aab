"""A measure: its name, words, unit and direction, and how one replication's number is read off the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from revsim.analysis.cube import Floats
from revsim.analysis.view import View, mean, ratio

Reader = Callable[[View], Floats]

HANDOFFS = {
    "marketing_to_sales": "marketing to sales",
    "sales_to_operations": "sales to operations",
    "sales_to_customer": "sales to customer success",
}


class Measure(NamedTuple):
    """`better` is higher, lower or empty (not judged). `money` in a unit stands for the scenario's currency."""

    name: str
    title: str
    unit: str
    better: str
    group: str
    read: Reader


def per_quarter(column: str) -> Reader:
    """Mean over the measured quarters that have the number."""
    return lambda view: mean(view.quarter(column))


def per_week(column: str) -> Reader:
    """Mean over the measured weeks that have the number."""
    return lambda view: mean(view.week(column), axis=(1, 2))


def share_of(top: str, bottom: str) -> Reader:
    """Sum over quarters of one column against the sum of another; NaN where that is zero."""
    return lambda view: ratio(view.quarter(top).sum(axis=1), view.quarter(bottom).sum(axis=1))
