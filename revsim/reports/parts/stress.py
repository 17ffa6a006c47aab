"""A stress study's table on the page: a group a stress, a row a measure, a column a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from revsim.analysis import stalled
from revsim.analysis.stalled import Stalled
from revsim.analysis.stress import Blow
from revsim.analysis.stress_words import SHOWN, Table, calm_words, effect_words, table, window_of
from revsim.reports.facts import Sheet
from revsim.reports.page import Part

ABSENT = "does not apply"
CAPTION = (
    "Each scenario with the stress against itself without it, on the same luck, with 95 % intervals, over the quarters "
    "that are named. Of variances the change in percent, of all else in its own unit a quarter. Leakage and hours are "
    "judged beyond the business behind them, as the notes say."
)
STALLED = (
    "Mean of paired differences a quarter with 95 % intervals; costs are minus. What was spent until the build stalled "
    "stays spent, what was built stays with its running cost. Each replication is a company."
)


def stress_part(rows: Sequence[Blow], names: Sequence[str], said: Sequence[str]) -> Part:
    """The table, and what it says in sentences that are not told elsewhere."""
    found = table(rows)
    columns = ["Measure", f"“{names[0]}” without it", *names]
    stresses = dict.fromkeys(row.stress for row in rows)
    cells = [row for stress in stresses for row in _group(found, stress, names)]
    return Part("What each stress does", CAPTION, Sheet(columns, cells), more=tuple(said))


def stalled_part(found: Sequence[Stalled], money: str) -> Part:
    """Cost, net value and payback of builds that stall."""
    columns, cells = stalled.lines(found, money)
    return Part("What a build that stalls is worth", STALLED, Sheet(columns, cells))


def _group(found: Table, stress: str, names: Sequence[str]) -> Iterator[list[str]]:
    """The rows of one stress; its quarters, and a star if its size is chosen, stand in the heading."""
    shown = next(row for row in found.values() if row.stress == stress)  # its own quarters come before the whole
    yield [f"{stress}{' *' if shown.note else ''}, quarters {shown.quarters}"]
    for measure in SHOWN:
        own = [found.get((name, stress, window_of(found, name, stress), measure)) for name in names]
        title = next(row.title for row in own if row is not None)
        effects = [ABSENT if row is None else f"{effect_words(row)}\n{row.word}" for row in own]
        yield [title, "" if own[0] is None else calm_words(own[0]), *effects]
