"""The tables of parts on the page: what each friction is worth by week, and the cross terms."""

from __future__ import annotations

from collections.abc import Sequence

from revsim.analysis.forecasting import DATES
from revsim.analysis.parts import ALL, CROSS, FORMS, LEFT, LEVEL, SHARE, Told
from revsim.analysis.parts_words import number, root
from revsim.reports.facts import Sheet
from revsim.reports.page import Part

SHARES = (
    "What a friction adds to the variance, as a share of bookings squared: the mean over all orders in which frictions "
    "may come (Shapley); shares add up to the whole. Above zero it makes the forecast worse. Intervals are widened for "
    "the number of shares in the table of parts.csv."
)
CROSSES = (
    "What two frictions add together beyond what each adds, with intervals widened for the number of cross terms in "
    "the table of parts.csv."
)
LEVELS = (
    "Variance as it is and without all frictions, with its parts of structure and chance; 95 % intervals. Below: its "
    "root, one standard deviation of the error; variances add up, their roots do not."
)


def share_part(rows: Sequence[Told], of: str) -> Part:
    """One row a friction and the whole, one column a week."""
    found = [row for row in rows if row.of == of and row.kind in (SHARE, ALL)]
    return Part(f"What {_words(of)} is made of", SHARES, _sheet("Friction", found))


def cross_part(rows: Sequence[Told], of: str) -> Part:
    """One row a pair."""
    found = [row for row in rows if row.of == of and row.kind == CROSS]
    return Part(f"Cross terms of {_words(of)}", CROSSES, _sheet("Together", found))


def level_part(rows: Sequence[Told]) -> Part:
    """Variance, structure and chance, as they are and without all frictions."""
    words = {LEVEL: "as it is", LEFT: "without all"}
    cells = [
        [f"{_words(of).capitalize()}, {words[kind]}", *(_cell(rows, week, (of, kind)) for week in DATES)]
        for of in FORMS.values()
        for kind in words
    ]
    return Part("With and without frictions", LEVELS, Sheet(["", *_heads()], cells))


def _words(of: str) -> str:
    return "forecast variance" if of == "whole" else of


def _heads() -> list[str]:
    return [when[0].upper() + when[1:] for when in DATES.values()]


def _cell(rows: Sequence[Told], week: int, what: tuple[str, str]) -> str:
    own = [row for row in rows if (row.week, row.of, row.kind) == (week, *what)]
    return f"{number(own[0].value, signed=False)}\n{root(own[0].value)}".rstrip() if own else "not told"


def _sheet(head: str, found: Sequence[Told]) -> Sheet:
    """One row a part, one column a week; the word below."""
    at = {(row.part, row.week): row for row in found}
    cells = []
    for part in dict.fromkeys(row.part for row in found):
        own = [at.get((part, week)) for week in DATES]
        title = "All together" if part == ALL else part
        values = ["not told" if row is None else f"{number(row.wide)}\n{row.word}" for row in own]
        cells.append([title, *values])
    return Sheet([head, *_heads()], cells)
