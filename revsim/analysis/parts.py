"""What forecast variance is made of: frictions switched off one by one and together, shared out by Shapley.

    v(S)          = V_w without the frictions S: all of it, its structure, its chance (analysis/variance.py)
    share of i    = - Shapley value of i in v, what i adds;  shares add up to v(none) - v(all)
    cross term ij = Shapley interaction of i and j in v (analysis/shapley.py)

v is V itself, in bookings squared, not its logarithm: structure may come near zero, and V = structure + chance then
holds for shares and cross terms as well. One sign for all: above zero it is variance that is there because the friction
is, and makes the forecast worse. A second difference is the same whether frictions come or go, so that a cross term is
what two add together beyond what each adds. A share of a change that is not clear is not told.

Each interval is for itself (`low`, `high`: jackknife over replications); of many, one in twenty leaves zero out by
chance. `wide_low`, `wide_high` are widened for the number of its kind in the whole table (Bonferroni), and `word` is
said of these: were no cross term true, the table would call one clear in at most one study of twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis.attribution import Part, attribution, widened
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import FORM_WORDS, word_of
from revsim.analysis.forecasting import DATES
from revsim.analysis.gains import Gains
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

FORMS = {"": "whole", "_structure": "structure", "_chance": "chance"}
STRUCTURE, BETTER = "structure", "lower"
LEVEL, LEFT, ALL, SHARE, CROSS = "level", "left", "all", "share", "cross term"
COLUMNS = (
    *("week", "of", "kind", "part", "estimate", "low", "high", "wide_low", "wide_high", "unit", "better"),
    *("share", "share_low", "share_high", "title"),
)


class Told(NamedTuple):
    """One row: of the variance at `week`, all of it, its structure or its chance; `share` is that of the change."""

    week: int
    of: str
    kind: str
    part: str
    value: Interval
    wide: Interval
    word: str
    share: Interval
    title: str


def games(cube: Cube) -> list[Gains]:
    """V by week and form, of all sets of frictions; scenario k of the cube is the k-th set."""
    found = []
    for week in DATES:
        for form, of in FORMS.items():
            values = [forecast_variance(View(cube, own, own), week, form) for own in range(len(cube.scenarios))]
            whole, without = np.asarray([one.value for one in values]), np.stack([one.without for one in values])
            title = f"Forecast variance {DATES[week]}{FORM_WORDS[form]}"
            found.append(Gains(f"{week} {of}", title, "share^2", BETTER, whole, without, resampled=False))
    return found


def parts(found: Sequence[Gains], names: Sequence[str]) -> list[Told]:
    """All rows of the games that have a number for every set."""
    rows = [row for game in found if game.usable for row in _rows(game, names)]
    many = {kind: sum(row.kind == kind for row in rows) for kind in (ALL, SHARE, CROSS)}
    replications = max((game.spread.shape[1] for game in found), default=0)
    judged = [_judged(row, many[row.kind], replications) if row.kind in many else row for row in rows]
    clear = {(row.week, row.of) for row in judged if row.kind == ALL and row.wide.clear}
    return [row if (row.week, row.of) in clear else row._replace(share=NOTHING) for row in judged]


def _rows(game: Gains, names: Sequence[str]) -> list[Told]:
    week, of = game.measure.split()
    shared = attribution(game, names)

    def told(kind: str, part: str, value: Interval, share: Interval) -> Told:
        return Told(int(week), of, kind, part, value, NOTHING, "", share, game.title)

    def all_of(kind: str, found: Sequence[Part]) -> list[Told]:
        return [told(kind, part.lever, part.effect, part.share) for part in found]

    ends = (game.interval(float(game.whole[k]), game.spread[k]) for k in (0, -1))
    levels = [told(kind, ALL, value, NOTHING) for kind, value in zip((LEVEL, LEFT), ends, strict=True)]
    gone = [*all_of(ALL, [shared.whole]), *all_of(SHARE, shared.shares)]
    return [*levels, *(row._replace(value=_turned(row.value)) for row in gone), *all_of(CROSS, shared.pairs)]


def _turned(part: Interval) -> Interval:
    """What a friction adds is what its absence takes off; no minus before a zero."""
    return Interval(0.0 - part.estimate, 0.0 - part.high, 0.0 - part.low)


def _judged(row: Told, among: int, replications: int) -> Told:
    wide = widened(row.value, among, replications)
    return row._replace(wide=wide, word=word_of(BETTER, wide))


def frame(rows: Sequence[Told]) -> pd.DataFrame:
    """The rows of parts.csv."""
    return pd.DataFrame(
        [(*row[:4], *row.value, *row.wide[1:], "share^2", row.word, *row.share, row.title) for row in rows],
        columns=[*COLUMNS],
    )
