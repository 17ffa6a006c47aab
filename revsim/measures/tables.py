"""The two tables of a run: one row a measured quarter, one row a week of it; every column is read off the trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.funnel import cycle, funnel, leaks
from revsim.measures.grouped import Grouped
from revsim.measures.money import bookings, costs, customers
from revsim.measures.people import people
from revsim.measures.window import Window, of_quarter, of_week, rows_of
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.parameters import Parameters
    from revsim.contract.trace import Trace

COUNTED = (
    "inquiries", "bought_inquiries", "qualified", "qualified_by_sales", "qualified_by_operations", "accepted",
    "opportunities", "won", "lost", "open_at_end", "disputed", "arbitrated", "orphaned", "pulled_forward", "sandbagged",
    "leaked_marketing_to_sales_count", "leaked_sales_to_operations_count", "leaked_sales_to_customer_count",
    "slipped_count", "exits", "plan_revisions",
)  # fmt: skip
STATE = {
    "forecast": (Kind.FORECAST, -1),
    "forecast_sales": (Kind.FORECAST_SALES, -1),
    "forecast_marketing": (Kind.FORECAST_MARKETING, -1),
    "forecast_operations": (Kind.FORECAST_OPERATIONS, -1),
    "forecast_evidence": (Kind.EVIDENCE_NUMBER, -1),
    "closed_to_date": (Kind.CLOSED_TO_DATE, -1),
    "disagreement": (Kind.DISAGREEMENT, -1),
    "pressure": (Kind.PRESSURE, -1),
    "tolerance": (Kind.TOLERANCE, -1),
    "trust": (Kind.TRUST, -1),
    "pipeline_sales": (Kind.PIPELINE_SALES, -1),
    "pipeline_marketing": (Kind.PIPELINE_MARKETING, -1),
    "pipeline_operations": (Kind.PIPELINE_OPERATIONS, -1),
    "drift_qualified_marketing": (Kind.DRIFT, 0),
    "drift_qualified_sales": (Kind.DRIFT, 1),
    "drift_commit_sales": (Kind.DRIFT, 3),
    "open_pipeline": (Kind.OPEN_PIPELINE, -1),
    "ownership_marketing_to_sales": (Kind.OWNERSHIP, 0),
}


def window_of(parameters: Parameters) -> Window:
    """The measured quarters of a run."""
    return Window(parameters.span.warmup_quarters, parameters.span.quarters)


def quarter_table(trace: Trace, parameters: Parameters) -> dict[str, NDArray[np.float64] | NDArray[np.int64]]:
    """One entry a measured quarter: `quarter` from 1, then every measure that belongs to a quarter."""
    window, grouped = window_of(parameters), Grouped(trace)
    columns: dict[str, NDArray[np.float64] | NDArray[np.int64]] = {
        "quarter": np.arange(1, window.quarters + 1, dtype=np.int64)
    }
    for part in (
        bookings(grouped, window),
        funnel(grouped, window),
        leaks(grouped, window),
        cycle(grouped, window),
        customers(grouped, window),
        people(grouped, window, parameters.sales.reps),
        costs(grouped, window, parameters.people),
    ):
        columns.update(part)
    for name in COUNTED:
        columns[name] = columns[name].astype(np.int64)
    return {
        name: column if name == "quarter" or name in COUNTED else column.astype(np.float64)
        for name, column in columns.items()
    }


def week_table(trace: Trace, parameters: Parameters) -> dict[str, NDArray[np.float64] | NDArray[np.int64]]:
    """One entry a measured week: `quarter` and `week` (1 to 13), then state at the week's start, before its events.

    `coverage` is operations' pipeline against what the plan still lacks, NaN once the plan is met; `oracle` is the
    mean of `oracle_n` continuations, NaN where none were run.
    """
    window, grouped = window_of(parameters), Grouped(trace)
    weeks = window.quarters * WEEKS_PER_QUARTER
    columns: dict[str, NDArray[np.float64] | NDArray[np.int64]] = {
        "quarter": np.repeat(np.arange(1, window.quarters + 1, dtype=np.int64), WEEKS_PER_QUARTER),
        "week": np.tile(np.arange(1, WEEKS_PER_QUARTER + 1, dtype=np.int64), window.quarters),
    }
    for name, (kind, actor) in STATE.items():
        columns[name] = of_week(grouped, kind, window, actor)
    plan = np.repeat(of_quarter(grouped, Kind.PLAN, window), WEEKS_PER_QUARTER)
    lacking = plan - columns["closed_to_date"]
    met = lacking <= 0.0
    columns["coverage"] = np.where(met, np.nan, columns["pipeline_operations"] / np.where(met, 1.0, lacking))
    heroes = rows_of(grouped, window, Kind.HERO)
    count = np.bincount(heroes.week, minlength=weeks)
    total = np.bincount(heroes.week, weights=heroes.value, minlength=weeks)
    columns["hero_energy"] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    columns["oracle"] = np.full(weeks, np.nan)
    columns["oracle_n"] = np.zeros(weeks, dtype=np.int64)
    return columns
