"""The executive table: few rows, in words; headline, risk, the five symptoms, hours, cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.estimates import Row
from revsim.analysis.interval import Interval
from revsim.analysis.meaning import MEANING
from revsim.analysis.variance import HEADLINE
from revsim.analysis.volatility import VOLATILITY
from revsim.analysis.words import EMPTY, bracket, level, percent, together, unit_words
from revsim.analysis.worlds.plausible import often

SHOWN = {
    "Headline": (
        *(HEADLINE, f"{HEADLINE}_common", f"{HEADLINE}_structure", f"{HEADLINE}_chance"),
        *("off_by_ten_percent_week_7", "bias_week_7", "forecast_skill_week_7"),
        *(VOLATILITY, f"{VOLATILITY}_common"),
    ),
    "Risk": ("bookings", "renewals_and_expansion", "plan_met", "revenue_at_risk"),
    "Symptoms": (
        "forecast_volatility",
        "spend_per_booking",
        "cycle_days",
        "leaked_expected_value",
        "net_revenue_retention",
    ),
    "Hours": ("reconciliation_hours", "coordination_hours", "heroics_hours", "design_hours"),
    "Cost and value": ("remedy_cost", "forecast_error_cost", "net_value_without_renewals", "net_value"),
}
# a scenario alone has no baseline: these rows would repeat those above them, and others are called otherwise
ONLY_COMPARED = (f"{HEADLINE}_common", f"{VOLATILITY}_common")
ALONE_TITLES = {"plan_met": "Quarters at or above plan"}
ALONE_MEANING = {
    "plan_met": "Against the plan of the same quarter.",
    "remedy_cost": "What design and coordination cost in money and paid hours.",
    "net_value_without_renewals": "What new business contributes, less marketing, people, and remedies.",
    "net_value": "What new business, renewals and expansion contribute, less marketing, people, and remedies.",
}


class Line(NamedTuple):
    """One row of the table: a cell for each scenario but the baseline."""

    group: str
    measure: str
    title: str
    level: str
    cells: list[str]
    words: list[str]
    meaning: str = ""
    plausible: Sequence[str] = ()  # how often it is better in plausible companies; empty texts where that was not asked


def _bracketed(part: Interval, scale: float, unit: str) -> str:
    """`estimate unit [low, high]`, or the bare estimate where the interval says nothing."""
    estimate, low, high = together([scale * value for value in part], money=scale == 1.0)
    return f"{estimate}{unit}{bracket(low, high)}"


def effect_words(row: Row) -> str:
    """The effect as the table shows it: the headline in percent of the baseline, the rest in their own unit.

    Also a part of structure whose ratio has no interval where its difference has one.
    """
    if row.effect is None:
        return ""
    is_told = np.isfinite(row.relative.low) or not np.isfinite(row.effect.low)
    if row.group in ("headline", "volatility") and np.isfinite(row.relative.estimate) and is_told:
        return _bracketed(row.relative, 100.0, " %")
    if row.unit == "share":
        return _bracketed(row.effect, 100.0, " points")
    return _bracketed(row.effect, 1.0, "")


def level_words(row: Row) -> str:
    """The level; a variance also as +- percent, which is its root."""
    if row.unit == "share^2":
        if not row.level.estimate >= 0.0:
            return EMPTY
        return f"{level(row.level.estimate, '')} (±{percent(row.level.estimate**0.5)} of bookings)"
    unit = unit_words(row.unit)
    return f"{level(row.level.estimate, row.unit)} {unit}".strip()


def _line(comparison: Comparison, group: str, name: str) -> Line:
    """A measure's row."""
    base = comparison.row(comparison.base, name)
    rows = [comparison.row(own, name) for own in comparison.others]
    title, meaning = base.title, MEANING[name]
    if not rows:
        title, meaning = ALONE_TITLES.get(name, title), ALONE_MEANING.get(name, meaning)
    cells, words = [effect_words(row) for row in rows], [row.word for row in rows]
    counts = [comparison.carried(own, name) for own in comparison.others]
    carried = ["" if count is None else f"better in {often(count)}" for count in counts]
    return Line(group, name, title, level_words(base), cells, words, meaning, carried)


def _is_shown(comparison: Comparison, name: str) -> bool:
    """Whether a row says anything: what is not known, and forms of the headline that no scenario has, are left out."""
    if (comparison.cube.scenarios[comparison.base], name) not in comparison.rows:
        return False
    if name in ONLY_COMPARED and not comparison.others:
        return False
    rows = [comparison.row(own, name) for own in range(len(comparison.cube.scenarios))]
    return rows[0].group != "headline" or name == HEADLINE or any(np.isfinite(row.level.estimate) for row in rows)


def lines(comparison: Comparison) -> list[Line]:
    """The table's rows; the parts of chance and structure only where they are known."""
    return [
        _line(comparison, group, name)
        for group, measures in SHOWN.items()
        for name in measures
        if _is_shown(comparison, name)
    ]
