"""A sweep's points side by side: a table in words, and which point has the lowest forecast variance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.table import effect_words, level_words
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import count_of

SHOWN = (HEADLINE, "bookings", "leaked_expected_value", "heroics_hours", "remedy_cost")


def titles(comparison: Comparison) -> list[str]:
    """What the columns of the table are called."""
    return [comparison.row(0, name).title for name in SHOWN]


def grid(comparison: Comparison) -> list[tuple[str, list[tuple[str, str]]]]:
    """By point: (value, word) of each measure; levels for the first point, effects against it for all others."""
    found = []
    for own, name in enumerate(comparison.cube.scenarios):
        rows = [comparison.row(own, measure) for measure in SHOWN]
        cells = [(level_words(row), "") if own == 0 else (effect_words(row), row.word) for row in rows]
        found.append((name, cells))
    return found


def lowest_words(comparison: Comparison, waiting: Sequence[str] = ()) -> str:
    """Which point has the lowest forecast variance, and how it compares with the first; `waiting` points are left out.

    Empty where the lowest is not clearly apart from the first.
    """
    names = [name for name in comparison.cube.scenarios if name not in waiting]
    places = [comparison.cube.scenarios.index(name) for name in names]
    levels = [comparison.row(own, HEADLINE).level.estimate for own in places]
    if not np.isfinite(levels).any():
        return f"Of {count_of(len(names), 'point')} none has a forecast variance: it takes more replications."
    least = int(np.nanargmin(levels))
    row = comparison.row(places[least], HEADLINE)
    if row.effect is not None and not row.effect.clear:
        return ""
    start = f"Of {count_of(len(names), 'point')} “{names[least]}” has the lowest forecast variance at mid-quarter"
    if least == 0:
        return f"{start}, the first of them."
    return f"{start}: {effect_words(row)} against “{names[0]}”, {row.word}."
