"""What each stress does to forecast variance and bookings: a row a stress, a mark a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.stress import Blow
from revsim.analysis.stress_words import Table, pairs, table, window_of
from revsim.analysis.words import together
from revsim.reports.figures.forest import Forest, Mark, Panel, draw
from revsim.reports.figures.picture import Picture
from revsim.reports.look import looks_of

PANELS = {
    "forecast_variance_week_7": "Forecast variance at mid-quarter: change, %",
    "bookings": "New business: change, %",
}
EMPTY = "does not apply"


def _mark(found: Table, scenario: str, stress: str, measure: str) -> Mark:
    row = found.get((scenario, stress, window_of(found, scenario, stress), measure))
    if row is None:
        return Mark(NOTHING, EMPTY, "")
    part = Interval(*(100.0 * each for each in row.relative))
    return Mark(part, f"{together(part, money=False)[0]} % {row.word}", row.word)


def _claim(found: Table, scenarios: Sequence[str], stresses: Sequence[str]) -> str:
    """Which stress moves the reference's bookings most, and what it does to each scenario."""

    def moved(stress: str) -> float:
        part = _mark(found, scenarios[0], stress, "bookings").part.estimate
        return abs(part) if np.isfinite(part) else -1.0

    worst = max(stresses, key=moved)
    parts = []
    for name in scenarios:
        mark = _mark(found, name, worst, "bookings")
        if np.isfinite(mark.part.estimate):
            parts.append(f"“{name}” {together(mark.part, money=False)[0]} %")
    return f"“{worst}” moves new business most: {', '.join(parts)}."


def stress_picture(rows: Sequence[Blow], scenarios: Sequence[str]) -> Picture | None:
    """A forest plot; None without intervals."""
    found = table(rows)
    stresses = list(dict.fromkeys(stress for _, stress in pairs(rows)))
    panels = []
    for measure, title in PANELS.items():
        lines = [(stress, [_mark(found, name, stress, measure) for name in scenarios]) for stress in stresses]
        panels.append(Panel(title, lines, cut=True))
    if not any(np.isfinite(mark.part.low) for panel in panels for _, marks in panel.rows for mark in marks):
        return None
    claim = _claim(found, scenarios, stresses)
    columns = ["Stress", "Measure", "Scenario", "change", "from", "to", "in words"]
    cells = []
    for panel in panels:
        for stress, marks in panel.rows:
            for name, mark in zip(scenarios, marks, strict=True):
                numbers = [f"{text} %" for text in together(mark.part, money=False)]
                cells.append([stress, panel.title, name, *numbers, mark.word or mark.text])
    subtitle = (
        "Each scenario with the stress against itself without it, same luck, 95 % intervals; over the quarter of the "
        "event and the two after it (a stalled build: over all quarters). Filled mark: clear; hollow: not clear."
    )
    alt = f"Changes by stress and scenario, with intervals. {claim}"
    forest = Forest(list(scenarios), looks_of(scenarios, 0), panels)
    return Picture("stress", claim, subtitle, alt, columns, cells, partial(draw, forest))
