"""What forecast variance is made of, in words: what each friction adds, and which cross terms are clear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from revsim.analysis.estimates import UNCLEAR, UNJUDGED, WORSE
from revsim.analysis.forecasting import DATES
from revsim.analysis.interval import Interval
from revsim.analysis.parts import ALL, CROSS, LEFT, LEVEL, SHARE, STRUCTURE, Told
from revsim.analysis.words import percent

ZERO = ("-0.0000", "+0.0000")


def number(part: Interval, *, signed: bool = True) -> str:
    """A variance with its interval: four decimals, and no sign before a zero."""
    estimate, low, high = (_decimals(value, signed=signed) for value in part)
    return f"{estimate} ({low} to {high})" if np.isfinite(part.low) else estimate


def _decimals(value: float, *, signed: bool) -> str:
    text = f"{value:+.4f}" if signed else f"{value:.4f}"
    return text[1:] if text in ZERO else text


def root(part: Interval) -> str:
    """`±13.5 % of bookings`: the root of a variance; nothing where it is below zero."""
    return f"±{percent(part.estimate**0.5)} of bookings" if part.estimate >= 0.0 else ""


def level(part: Interval) -> str:
    """A variance with its interval and its root."""
    return ", ".join(text for text in (number(part, signed=False), root(part)) if text)


def sentences(rows: Sequence[Told], week: int, of: str = STRUCTURE) -> list[str]:
    """What the variance at a week is made of, and which cross terms are clear; nothing without such a number."""
    mine = [row for row in rows if (row.week, row.of) == (week, of)]
    if not mine:
        return []
    whole, left, added = (next(row for row in mine if row.kind == kind) for kind in (LEVEL, LEFT, ALL))
    what = "Variance" if of == "whole" else of[0].upper() + of[1:]
    head = f"{what} {DATES[week]} is {level(whole.value)}; without all frictions {level(left.value)}."
    told = "; ".join(f"{row.part} {number(row.wide)}, {_said(row)}" for row in mine if row.kind == SHARE)
    return [head, f"The frictions add {number(added.wide)}, {_said(added)}: {told}.", _cross(rows, mine)]


def _said(row: Told) -> str:
    """Whether a friction adds; its share only where it does so clearly, and all of them together do."""
    unsaid = {UNCLEAR: "not clear", UNJUDGED: "not judged"}.get(row.word)
    if unsaid:
        return unsaid
    if row.word != WORSE:
        return "takes off"
    return f"{percent(row.share.estimate)} of that" if row.kind == SHARE and np.isfinite(row.share.low) else "clear"


def _cross(rows: Sequence[Told], mine: Sequence[Told]) -> str:
    """The cross terms that stay clear with widened intervals."""
    count = sum(row.kind == CROSS for row in rows)
    clear = [row for row in mine if row.kind == CROSS and row.word not in (UNCLEAR, UNJUDGED)]
    if not clear:
        return f"No cross term is clear, with intervals widened for the {count} in the table."
    told = "; ".join(f"{row.part} {number(row.wide)}" for row in clear)
    return f"Cross terms that are clear with intervals widened for the {count} in the table: {told}."
