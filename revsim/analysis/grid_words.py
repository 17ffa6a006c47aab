"""A sweep's points side by side: a table in words, and which point has the lowest forecast variance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis.level_groups import GroupedComparison
from revsim.analysis.reach_words import contest_words
from revsim.analysis.table import effect_words, level_words
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import count_of

SHOWN = (HEADLINE, "bookings", "leaked_expected_value", "heroics_hours", "remedy_cost")
NO_VARIANCE = "none has a forecast variance: it takes more replications."
WHAT = "forecast variance at mid-quarter"


class Rivals(NamedTuple):
    """The points of one scenario (positions), with the name of the first scenario, which they are compared with."""

    scenario: str
    against: str
    points: Sequence[int]


def titles(comparison: GroupedComparison) -> list[str]:
    """What the columns of the table are called."""
    return [comparison.row(0, name).title for name in SHOWN]


def grid(comparison: GroupedComparison) -> list[tuple[str, list[tuple[str, str]]]]:
    """By point: (value, word) of each measure; levels for baselines, effects against theirs for all others."""
    found = []
    for position, name in enumerate(comparison.titles):
        rows = [comparison.row(position, measure) for measure in SHOWN]
        cells = [(level_words(row), "") if row.effect is None else (effect_words(row), row.word) for row in rows]
        found.append((name, cells))
    return found


def compared_words(comparison: GroupedComparison) -> str:
    """What stands in the table's rows."""
    if comparison.has_rivals:
        return "levels of the first scenario's points, then effects of the others against it at the same levels"
    return "the first point's levels, then effects against it"


def lowest_words(comparison: GroupedComparison, points: Sequence[int]) -> str:
    """Which of these points has the lowest forecast variance, and how it compares with the first of them.

    Empty where the lowest is not clearly apart from the first.
    """
    levels = [comparison.row(position, HEADLINE).level.estimate for position in points]
    if not np.isfinite(levels).any():
        return f"Of {count_of(len(points), 'point')} {NO_VARIANCE}"
    least = int(np.nanargmin(levels))
    row, names = comparison.row(points[least], HEADLINE), comparison.titles
    if row.effect is not None and not row.effect.clear:
        return ""
    start = f"Of {count_of(len(points), 'point')} “{names[points[least]]}” has the lowest {WHAT}"
    if least == 0:
        return f"{start}, the first of them."
    return f"{start}: {effect_words(row)} against “{names[points[0]]}”, {row.word}."


def rivals_words(comparison: GroupedComparison, rivals: Sequence[Rivals]) -> list[str]:
    """At how many levels each other scenario's forecast variance is clearly apart from the first scenario's."""
    return [_rival_words(comparison, each) for each in rivals]


def _rival_words(comparison: GroupedComparison, rival: Rivals) -> str:
    rows = {position: comparison.row(position, HEADLINE) for position in rival.points}
    changes = {position: row.relative.estimate for position, row in rows.items() if np.isfinite(row.relative.estimate)}
    count = count_of(len(rows), "point")
    if not changes:
        return f"Of {count} of “{rival.scenario}” {NO_VARIANCE}"
    better, worse = (sum(row.word == word for row in rows.values()) for word in ("better", "worse"))
    largest = max(changes, key=lambda position: abs(changes[position]))
    return (
        f"Against “{rival.against}” at the same levels, {WHAT} of “{rival.scenario}” is clearly lower at {better} of "
        f"{count}, clearly higher at {worse}; it changes most at {comparison.titles[largest]}: "
        f"{effect_words(rows[largest])}, {rows[largest].word}."
    )


def best_notes(comparison: GroupedComparison, scenarios: Sequence[str]) -> Iterator[str]:
    """Which may be the best; of rivals, whose scenarios by position are given, at how many levels each may be."""
    contests = comparison.contests
    if not comparison.has_rivals:
        yield from (words for _, contest in contests if (words := contest_words(contest)))
        return
    able: dict[str, int] = {}
    for group, each in zip(comparison.groups, comparison.comparisons, strict=True):
        for one in each.contest if group.asks_best else ():
            name = scenarios[group.members[one.place]]
            able[name] = able.get(name, 0) + one.may_be_best
    if able:
        counts = ", ".join(f"“{name}” at {count}" for name, count in able.items())
        yield (
            "Judged against the other scenarios at the same levels (95 % for all at once, best.csv), these can have "
            f"the lowest {WHAT}, of {count_of(len(contests), 'combination')} of levels: {counts}."
        )
