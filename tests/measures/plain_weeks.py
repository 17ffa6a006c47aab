"""Every column of the table of weeks by its plain definition."""

from __future__ import annotations

from math import nan

from revsim.contract.trace import Kind
from tests.measures.plain import Plain, share, total

STATE = {
    "forecast": (Kind.FORECAST, -1),
    "forecast_sales": (Kind.FORECAST_SALES, -1),
    "forecast_marketing": (Kind.FORECAST_MARKETING, -1),
    "forecast_operations": (Kind.FORECAST_OPERATIONS, -1),
    "forecast_run_rate": (Kind.FORECAST_RUN_RATE, -1),
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


def week(p: Plain, w: int) -> dict[str, float]:
    """Every column of the table of weeks, of one week."""
    number, q = 13 * p.first + w, w // 13
    state = {name: p.last(kind, number, actor) for name, (kind, actor) in STATE.items()}
    lacking = p.last(Kind.PLAN, p.first + q) - state["closed_to_date"]
    heroes = p.during(5.0 * number, 5.0 * (number + 1), Kind.HERO)
    return {
        "quarter": q + 1,
        "week": w % 13 + 1,
        **state,
        "coverage": nan if lacking <= 0 else state["pipeline_operations"] / lacking,
        "hero_energy": share(total(heroes), len(heroes)),
        "oracle": nan,
        "oracle_n": 0,
    }
