"""Made-up studies with known answers: errors and bookings are normal, the rest is plausible noise."""

from __future__ import annotations

import numpy as np
import pandas as pd

QUARTER_COLUMNS = [
    "plan_revised",
    "inquiries",
    "qualified",
    "qualified_by_sales",
    "qualified_by_operations",
    "accepted",
    "opportunities",
    "won",
    "lost",
    "open_at_end",
    "disputed",
    "orphaned",
    "leaked_marketing_to_sales_count",
    "leaked_marketing_to_sales_value",
    "leaked_sales_to_operations_count",
    "leaked_sales_to_operations_value",
    "leaked_sales_to_customer_count",
    "leaked_sales_to_customer_value",
    "cycle_days",
    "internal_stall_days",
    "pulled_forward",
    "reconciliation_hours",
    "coordination_hours",
    "heroics_hours",
    "exits",
    "spend",
    "plan_revisions",
    "decision_latency_days",
    "debt",
    "leaked_expected_value",
    "churned_value",
    "renewed_value",
    "expansion_value",
    "bought_inquiries",
    "arbitrated",
    "work_days",
    "buyer_days",
    "queue_days",
    "discount_value",
    "sandbagged",
    "slipped_count",
    "slipped_value",
    "bookings_third_month",
    "bookings_last_two_weeks",
    "top_fifth_share",
    "selling_share",
    "rep_load",
    "desk_load",
    "remedy_cost_design",
    "remedy_cost_coordination",
    "design_hours",
    "forecast_error_cost",
    "marketing_spend",
    "installed_value",
    "accepted_value",
]
WEEK_COLUMNS = [
    "forecast_sales",
    "forecast_marketing",
    "forecast_operations",
    "forecast_run_rate",
    "closed_to_date",
    "disagreement",
    "pressure",
    "tolerance",
    "trust",
    "coverage",
    "pipeline_sales",
    "pipeline_marketing",
    "pipeline_operations",
    "drift_qualified_marketing",
    "drift_qualified_sales",
    "drift_commit_sales",
    "hero_energy",
    "open_pipeline",
]


def tables(
    rng: np.random.Generator, shape: tuple[int, int], error: float = 0.2, level: float = 100.0
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Columns of `shape` = (replications, quarters): bookings around `level`, F - A with sd `error` x level."""
    replications, quarters = shape
    actual = level * (1.0 + 0.1 * rng.standard_normal(shape))
    forecast = actual[:, :, None] + error * level * rng.standard_normal((replications, quarters, 13))
    quarter = {"plan": np.full(shape, level), "bookings": actual}
    for week, name in ((1, "day_one"), (7, "mid"), (12, "two_weeks_to_go")):
        quarter[f"forecast_{name}"] = forecast[:, :, week - 1]
    quarter |= {name: 10.0 + rng.random(shape) for name in QUARTER_COLUMNS}
    week = {"forecast": forecast, "oracle": np.full(forecast.shape, np.nan), "oracle_n": np.zeros(forecast.shape)}
    week |= {name: 0.5 + 0.1 * rng.random(forecast.shape) for name in WEEK_COLUMNS}
    quarter["people_cost"] = 10.0 + rng.random(shape)
    return quarter, week


def frame(name: str, columns: dict[str, np.ndarray]) -> pd.DataFrame:
    """Arrays (replication, quarter[, week]) as rows."""
    shape = next(iter(columns.values())).shape
    places = np.indices(shape).reshape(len(shape), -1)
    keys = {"scenario": np.repeat(name, places.shape[1]), "replication": places[0], "quarter": places[1] + 1}
    if len(shape) == 3:
        keys["week"] = places[2] + 1
    return pd.DataFrame({**keys, **{column: values.ravel() for column, values in columns.items()}})


def study(
    errors: dict[str, float], replications: int = 40, quarters: int = 4, seed: int = 1, *, common: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Frames of scenarios whose F - A has the given sd; with `common` they share their luck, scaled."""
    found = []
    for place, (name, error) in enumerate(errors.items()):
        rng = np.random.default_rng(seed if common else [seed, place])
        quarter, week = tables(rng, (replications, quarters), error)
        found.append((frame(name, quarter), frame(name, week)))
    return (
        pd.concat([quarter for quarter, _ in found], ignore_index=True),
        pd.concat([week for _, week in found], ignore_index=True),
    )
