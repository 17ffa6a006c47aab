"""Paired effects of the table's measures with their intervals: in percent of the baseline, shares in points."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.estimates import BETTER, WORSE, Row
from revsim.analysis.interval import Interval
from revsim.analysis.ranking import candidates
from revsim.analysis.table import Line, lines
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import EMPTY, together
from revsim.reports.figures.forest import Forest, Mark, Panel, draw
from revsim.reports.figures.picture import Picture
from revsim.reports.look import looks_of

POINTS = "points"


class Shown(NamedTuple):
    """A measure of the table as it is drawn: its unit and, for each choice but the baseline, change and word."""

    measure: str
    title: str
    unit: str
    parts: list[Interval]
    words: list[str]
    zero: bool  # the baseline's level is 0: no change is a share of it

    @property
    def drawn(self) -> bool:
        """Whether some scenario has a change to draw."""
        return any(np.isfinite(part.estimate) for part in self.parts)


def _change(row: Row) -> Interval:
    """In the unit of the picture: points for shares, as the table has them, else percent of the baseline."""
    part = row.effect if row.unit == "share" and row.effect is not None else row.relative
    return Interval(*(100.0 * each for each in part))


def _shown(line: Line, comparison: Comparison, others: list[int]) -> Shown:
    rows = [comparison.row(own, line.measure) for own in others]
    unit = POINTS if rows[0].unit == "share" else "%"
    zero = comparison.row(comparison.base, line.measure).level.estimate == 0.0
    return Shown(line.measure, line.title, unit, [_change(row) for row in rows], [row.word for row in rows], zero)


def part_words(part: Interval, unit: str) -> list[str]:
    """`-27.7 %` or `+16.4 points`, low and high with as many decimals: the digits of the table."""
    return [text if text == EMPTY else f"{text} {unit}" for text in together(part, money=False)]


def _panel(shown: list[Shown], unit: str, title: str) -> Panel:
    """The measures of one unit, each with its marks."""
    rows = []
    for each in shown:
        if each.unit == unit and each.drawn:
            marks = [
                Mark(part, f"{part_words(part, unit)[0]} {word}", word)
                for part, word in zip(each.parts, each.words, strict=True)
            ]
            rows.append((each.title, marks))
    return Panel(title, rows, cut=unit != POINTS)


def _claim(shown: list[Shown], names: list[str]) -> str:
    """How many of the table's measures move clearly, for the choice that moves the headline most.

    The headline's other forms are the same forecast: it counts once.
    """
    best = min(range(len(names)), key=lambda k: shown[0].parts[k].estimate)
    words = [each.words[best] for each in shown if each.measure == HEADLINE or not each.measure.startswith(HEADLINE)]
    name, headline = f"“{names[best]}”", part_words(shown[0].parts[best], shown[0].unit)[0]
    start = f"{name} changes the headline by {headline}"
    if words[0] != BETTER:
        start = f"No scenario clearly lowers the headline: {name} changes it by {headline}, {words[0]}"
    return (
        f"{start}. Of its {len(words)} measures in the table, forecast variance counted once: "
        f"{words.count(BETTER)} clearly better, {words.count(WORSE)} clearly worse."
    )


def _subtitle(shown: list[Shown]) -> str:
    """What is drawn, what is not, and that it is counted all the same."""
    text = (
        "Difference to the baseline on the same luck with its 95 % interval. Filled mark: clear; hollow: not clear. "
        "An arrow: beyond the scale."
    )
    for zero, why in ((True, "baseline is 0"), (False, "no share of the baseline")):
        missing = [each.title for each in shown if not each.drawn and each.zero == zero]
        text += f" Not drawn, {why}: {'; '.join(missing)}." if missing else ""
    return text


def _table(shown: list[Shown], names: list[str]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of the numbers."""
    columns = ["Measure"]
    for name in names:
        columns += [f"{name}: change", "from", "to", "in words"]
    rows = []
    for each in shown:
        cells = [each.title]
        for part, word in zip(each.parts, each.words, strict=True):
            cells += [*part_words(part, each.unit), word]
        rows.append(cells)
    return columns, rows


def effects_picture(comparison: Comparison) -> Picture | None:
    """A forest plot of what a company could choose; None without a choice, a headline or an interval."""
    others = [own for own in comparison.others if own in candidates(comparison.cube)]
    if not others:
        return None
    shown = [_shown(line, comparison, others) for line in lines(comparison)]
    has_interval = any(np.isfinite(part.low) for each in shown for part in each.parts)
    if not has_interval or not np.isfinite([part.estimate for part in shown[0].parts]).all():
        return None
    looks = looks_of(comparison.cube.scenarios, comparison.base)
    names = [comparison.cube.scenarios[own] for own in others]
    panels = [
        _panel(shown, "%", "Change, % of the baseline's level"),
        _panel(shown, POINTS, "Change of a share, percentage points"),
    ]
    forest = Forest(names, [looks[own] for own in others], [panel for panel in panels if panel.rows])
    columns, rows = _table(shown, names)
    claim = _claim(shown, names)
    alt = f"Changes of the table's measures against the baseline, with intervals. {claim}"
    return Picture("effects", claim, _subtitle(shown), alt, columns, rows, partial(draw, forest))
