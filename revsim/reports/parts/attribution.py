"""An attribution's tables on the page: what each lever brings, and where to start."""

from __future__ import annotations

from revsim.analysis.attribution import Attribution
from revsim.analysis.moments import TITLES as RUNNING
from revsim.analysis.moments import Moment, Moments
from revsim.analysis.shares import moment_sentences, sentences, table, told
from revsim.reports.facts import Sheet
from revsim.reports.page import Part
from revsim.scenario.levers import TITLES

SHARES = (
    "Shapley share: the mean of what a lever adds over all orders in which levers may come, with its 95 % interval; "
    "shares add up to the whole. Alone: without the others. Last in: added to all others."
)
MOMENTS = (
    "Each hand-off with its definition and its review, best first; effects against the base on the same luck with "
    "their 95 % intervals. Clear from: the quarter from which the running sum stays clear of zero to the end."
)


def share_part(found: Attribution) -> Part:
    """One row a lever and the whole; the word stands below the share."""
    head, *rows = table(found, TITLES)
    columns = [cell for place, cell in enumerate(head) if place != 2]  # noqa: PLR2004 - the word's own column
    cells = [[row[0], f"{row[1]}\n{row[2]}", *row[3:]] for row in rows]
    return Part(found.game.title, SHARES, Sheet(columns, cells), tuple(sentences(found, TITLES)[2:]))


def moment_part(found: Moments, title: str) -> Part:
    """One row a hand-off."""
    first = found.found[0]
    running = [f"{RUNNING[one.measure]}, clear from" for one in first.running]
    columns = ["Hand-off", title, *running, *(other.title for other in first.beside)]
    sheet = Sheet(columns, [_cells(each, found.unit) for each in found.found])
    *each, best = moment_sentences(found, title)
    return Part(f"One hand-off first: {title[0].lower()}{title[1:]}", MOMENTS, sheet, (best,), tuple(each))


def _cells(each: Moment, unit: str) -> list[str]:
    when = ["not by the end" if one.quarter is None else f"quarter {one.quarter}\n{one.word}" for one in each.running]
    beside = [f"{told(other.effect, other.unit)}\n{other.word}" for other in each.beside]
    return [each.name.removeprefix("One moment: "), f"{told(each.effect, unit)}\n{each.word}", *when, *beside]
