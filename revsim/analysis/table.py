"""The executive table: few rows, in words; headline, risk, the five symptoms, hours, cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.estimates import Row
from revsim.analysis.interval import Interval
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import EMPTY, level, percent, together, unit_words

SHOWN = {
    "Headline": (HEADLINE, f"{HEADLINE}_common", f"{HEADLINE}_structure", f"{HEADLINE}_chance"),
    "Risk": ("bookings", "plan_met", "revenue_at_risk"),
    "Symptoms": (
        "forecast_volatility",
        "spend_per_booking",
        "cycle_days",
        "leaked_expected_value",
        "net_revenue_retention",
    ),
    "Hours": ("reconciliation_hours", "coordination_hours", "heroics_hours", "design_hours"),
    "Cost": ("remedy_cost", "forecast_error_cost"),
}


class Line(NamedTuple):
    """One row of the table: a cell for each scenario but the baseline."""

    group: str
    measure: str
    title: str
    level: str
    cells: list[str]
    words: list[str]


def _bracketed(part: Interval, scale: float, unit: str) -> str:
    """`estimate unit [low, high]`, or the bare estimate where there is no interval."""
    estimate, low, high = together([scale * value for value in part])
    return estimate + unit if EMPTY in (low, high) else f"{estimate}{unit} [{low}, {high}]"


def effect_words(row: Row) -> str:
    """The effect as the table shows it: the headline in percent of the baseline, the rest in their own unit."""
    if row.effect is None:
        return ""
    if row.group == "headline" and np.isfinite(row.relative.estimate):
        return _bracketed(row.relative, 100.0, " %")
    if row.unit == "share":
        return _bracketed(row.effect, 100.0, " points")
    return _bracketed(row.effect, 1.0, "")


def level_words(row: Row) -> str:
    """The level; a variance also as +- percent, which is its root."""
    if row.unit == "share^2":
        if not row.level.estimate >= 0.0:
            return "n/a"
        return f"{level(row.level.estimate, '')} (±{percent(row.level.estimate**0.5)} of bookings)"
    unit = unit_words(row.unit)
    return f"{level(row.level.estimate, row.unit)} {unit}".strip()


def lines(comparison: Comparison) -> list[Line]:
    """The table's rows; the parts of chance and structure only where they are known."""
    found = []
    for group, measures in SHOWN.items():
        for name in measures:
            base = comparison.row(comparison.base, name)
            if base.note and not np.isfinite(base.level.estimate) and base.group == "headline":
                continue
            rows = [comparison.row(own, name) for own in comparison.others]
            found.append(
                Line(
                    group, name, base.title, level_words(base), [effect_words(r) for r in rows], [r.word for r in rows]
                )
            )
    return found
