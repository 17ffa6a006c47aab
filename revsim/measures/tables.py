"""The two tables of a run: one row a measured quarter, one row a week of it; every column is read off the trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind, trace_of
from revsim.measures.funnel import cycle, funnel, leaks
from revsim.measures.grouped import Grouped
from revsim.measures.kinds import WEEKLY
from revsim.measures.money import bookings, costs, customers
from revsim.measures.people import people
from revsim.measures.window import Window, divided, weighted
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.parameters import Parameters
    from revsim.contract.trace import Trace

Columns = dict[str, "NDArray[np.float64] | NDArray[np.int64]"]
COUNTED = (
    "inquiries", "bought_inquiries", "qualified", "qualified_by_sales", "qualified_by_operations", "accepted",
    "opportunities", "won", "lost", "open_at_end", "disputed", "arbitrated", "orphaned", "pulled_forward", "sandbagged",
    "leaked_marketing_to_sales_count", "leaked_sales_to_operations_count", "leaked_sales_to_customer_count",
    "slipped_count", "exits", "plan_revisions",
)  # fmt: skip


def tables(trace: Trace, parameters: Parameters) -> tuple[Columns, Columns]:
    """The table of quarters and that of weeks of one run, whose rows are grouped once for both."""
    grouped = Grouped(trace, window_of(parameters))
    return _quarters(grouped, parameters), _weeks(grouped)


def quarter_table(trace: Trace, parameters: Parameters) -> Columns:
    """One entry a measured quarter: `quarter` from 1, then every measure that belongs to a quarter."""
    return _quarters(Grouped(trace, window_of(parameters)), parameters)


def week_table(trace: Trace, parameters: Parameters) -> Columns:
    """One entry a measured week: `quarter` and `week` (1 to 13), then state at the week's start, before its events.

    `coverage` is operations' pipeline against what the plan still lacks, NaN once the plan is met; `oracle` is the
    mean of `oracle_n` continuations, NaN where none were run.
    """
    return _weeks(Grouped(trace, window_of(parameters)))


def column_kinds(parameters: Parameters) -> tuple[dict[str, bool], dict[str, bool]]:
    """The columns of both tables, in order, as they are made of any run; whether each holds whole numbers."""
    found = tables(trace_of([]), parameters)
    quarters, weeks = (
        {name: name in COUNTED or values.dtype.kind == "i" for name, values in columns.items()} for columns in found
    )
    return quarters, weeks


def window_of(parameters: Parameters) -> Window:
    """The measured quarters of a run."""
    return Window(parameters.span.warmup_quarters, parameters.span.quarters)


def _quarters(trace: Grouped, parameters: Parameters) -> Columns:
    columns: Columns = {"quarter": np.arange(1, trace.window.quarters + 1, dtype=np.int64)}
    for part in (
        bookings(trace),
        funnel(trace),
        leaks(trace),
        cycle(trace),
        customers(trace),
        people(trace, parameters.sales.reps),
        costs(trace, parameters.people),
    ):
        columns.update(part)
    counted = np.array([columns[name] for name in COUNTED])
    finite = np.isfinite(counted)
    whole = np.where(finite, counted, 0.0).astype(np.int64)
    for name, is_known, numbers in zip(COUNTED, finite.all(axis=1).tolist(), whole, strict=True):
        if is_known:  # else it stays a float: rows that an export lacks are not known to be none
            columns[name] = numbers
    return columns


def _weeks(trace: Grouped) -> Columns:
    quarters, weeks = trace.window.quarters, trace.window.weeks
    columns: Columns = {
        "quarter": np.repeat(np.arange(1, quarters + 1, dtype=np.int64), WEEKS_PER_QUARTER),
        "week": np.tile(np.arange(1, WEEKS_PER_QUARTER + 1, dtype=np.int64), quarters),
    }
    columns |= zip(WEEKLY, trace.by_week(), strict=True)
    lacking = np.repeat(trace.by_quarter(Kind.PLAN), WEEKS_PER_QUARTER) - columns["closed_to_date"]
    met = lacking <= 0.0
    columns["coverage"] = np.where(met, np.nan, columns["pipeline_operations"] / np.where(met, 1.0, lacking))
    heroes = trace.within(Kind.HERO)
    there = weighted(heroes.week, np.ones(len(heroes.week)), weeks)
    columns["hero_energy"] = divided(weighted(heroes.week, heroes.value, weeks), there)
    columns["oracle"] = np.full(weeks, np.nan)
    columns["oracle_n"] = np.zeros(weeks, dtype=np.int64)
    return columns
