"""A programme while it is built, over all measured quarters, and once it stands: three effects that differ.

While it is built: the quarter in which it begins and the three after it. Standing: the same scenario with its
programmes in force from the first day of the run, warm-up included, against a baseline that stands likewise. All paired
on the same luck. The two headlines, new business and net value; everything else about both is in effects.csv.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis.balance import CONTRIBUTES, COST
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import Row, headline, plain
from revsim.analysis.gains import PLAIN
from revsim.analysis.net_value import NET_OF_NEW_BUSINESS, NET_VALUE
from revsim.analysis.ranking import WEEK, candidates
from revsim.analysis.variance import HEADLINE
from revsim.analysis.view import View
from revsim.analysis.volatility import MEASURES as VOLATILITIES
from revsim.units import WEEKS_PER_QUARTER

BUILDING = 4  # quarters, the one in which a programme begins included
WHILE_BUILT, WHOLE, STANDING = "while_built", "all_quarters", "standing"
FORMS = ("", "_common")
BOOKINGS = PLAIN["bookings"]
NETS = (NET_OF_NEW_BUSINESS, NET_VALUE)
COLUMNS = (
    *("scenario", "span", "first_quarter", "last_quarter", "baseline", "measure", "estimate", "low", "high", "unit"),
    *("better", "relative", "relative_low", "relative_high", "title"),
)


class Spanned(NamedTuple):
    """A row of spans.csv: an effect over some quarters; `scenario` and `baseline` as they are named in the tables."""

    scenario: str  # that was asked for, also where its twin is meant
    span: str
    first: int
    last: int
    baseline: str
    row: Row


class Twins(NamedTuple):
    """Standing twins: a cube of their own, their baseline's place in it, and of whom each is by its name."""

    cube: Cube
    base: int
    of: Mapping[str, str]


def spans(cube: Cube, base: int, money: str, begins: Mapping[str, int], twins: Twins | None = None) -> list[Spanned]:
    """All rows, of scenarios whose programmes begin in the measured time: `begins` says in which quarter, from 1."""
    found: list[Spanned] = []
    last, twin_of = len(cube.quarters), {} if twins is None else {of: twin for twin, of in twins.of.items()}
    for own in (own for own in candidates(cube) if own != base and cube.scenarios[own] in begins):
        name = cube.scenarios[own]
        begin = min(begins[name], last)
        parts = ((WHILE_BUILT, begin, min(begin + BUILDING - 1, last)), (WHOLE, 1, last))
        for kind, first, until in parts:
            rows = _rows(_part(cube, (base, own), first, until), money)
            found += [Spanned(name, kind, first, until, cube.scenarios[base], row) for row in rows]
        if twins is not None and name in twin_of:
            place = twins.cube.scenarios.index(twin_of[name])
            rows = _rows(_part(twins.cube, (twins.base, place), 1, last), money)
            against = twins.cube.scenarios[twins.base]
            found += [Spanned(name, STANDING, 1, last, against, row) for row in rows]
    return found


def _part(cube: Cube, pair: Sequence[int], first: int, last: int) -> Cube:
    """What the rows read of a baseline and another scenario, in some quarters."""
    part = slice(first - 1, last)
    number = np.stack([cube.weekly["forecast"][own, :, :, WEEK - 1] for own in pair])[:, :, part, None]
    return cube._replace(
        scenarios=tuple(cube.scenarios[own] for own in pair),
        quarters=cube.quarters[part],
        quarterly={
            name: np.stack([np.asarray(cube.quarterly[name][own])[:, part] for own in pair])
            for name in (*CONTRIBUTES, *COST)
        },
        weekly={"forecast": np.broadcast_to(number, (*number.shape[:3], WEEKS_PER_QUARTER))},
    )


def _rows(cube: Cube, money: str) -> list[Row]:
    """Rows of the second of two scenarios against the first."""
    own, base = View(cube, 1, 0), View(cube, 0, 0)
    nets = NETS if np.isfinite(cube.margin) else ()
    measures = [each for each in VOLATILITIES if not each.name.endswith("_share")]
    return [
        *(headline(own, base, WEEK, form) for form in FORMS),
        *(plain(own, each, each.read(own), each.read(base), money) for each in (*measures, BOOKINGS, *nets)),
    ]


def row_of(found: Iterable[Spanned], scenario: str, span: str, measure: str = HEADLINE) -> Spanned | None:
    """The row of a scenario, a span and a measure, if it is there."""
    return next((one for one in found if (one.scenario, one.span, one.row.measure) == (scenario, span, measure)), None)


def frame(found: Sequence[Spanned]) -> pd.DataFrame:
    """The rows of spans.csv."""
    return pd.DataFrame(
        [
            (
                *(one.scenario, one.span, one.first, one.last, one.baseline, one.row.measure),
                *(one.row.effect or ()),
                *(one.row.unit, one.row.word, *one.row.relative, one.row.title),
            )
            for one in found
        ],
        columns=[*COLUMNS],
    )
