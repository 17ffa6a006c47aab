"""What forecast variance is made of: frictions switched off one by one and together, shared out by Shapley.

    v(S)          = V_w without the frictions S: all of it, its structure, its chance (analysis/variance.py)
    share of i    = Shapley value of i in v;  shares add up to v(all) - v(none)
    cross term ij = Shapley interaction of i and j in v (analysis/shapley.py)

v is V itself, in bookings squared, not its logarithm: structure may come near zero, and V = structure + chance then
holds for shares and cross terms as well. Below zero: the friction makes the forecast worse, as V falls without it.

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
from revsim.analysis.estimates import FORM_WORDS, UNCLEAR, UNJUDGED, word_of
from revsim.analysis.forecasting import DATES
from revsim.analysis.gains import Gains
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from revsim.analysis.words import percent

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
            values = [forecast_variance(View(cube, own, 0), week, form) for own in range(len(cube.scenarios))]
            whole, without = np.asarray([one.value for one in values]), np.stack([one.without for one in values])
            title = f"Forecast variance {DATES[week]}{FORM_WORDS[form]}"
            found.append(Gains(f"{week} {of}", title, "share^2", BETTER, whole, without, resampled=False))
    return found


def parts(found: Sequence[Gains], names: Sequence[str]) -> list[Told]:
    """All rows of the games that have a number for every set."""
    rows = [row for game in found if game.usable for row in _rows(game, names)]
    many = {kind: sum(row.kind == kind for row in rows) for kind in (ALL, SHARE, CROSS)}
    replications = max((game.spread.shape[1] for game in found), default=0)
    return [_judged(row, many[row.kind], replications) if row.kind in many else row for row in rows]


def _rows(game: Gains, names: Sequence[str]) -> list[Told]:
    week, of = game.measure.split()
    shared = attribution(game, names)

    def told(kind: str, part: str, value: Interval, share: Interval) -> Told:
        return Told(int(week), of, kind, part, value, NOTHING, "", share, game.title)

    def all_of(kind: str, found: Sequence[Part]) -> list[Told]:
        return [told(kind, part.lever, part.effect, part.share) for part in found]

    ends = (game.interval(float(game.whole[k]), game.spread[k]) for k in (0, -1))
    levels = [told(kind, ALL, value, NOTHING) for kind, value in zip((LEVEL, LEFT), ends, strict=True)]
    return [*levels, *all_of(ALL, [shared.whole]), *all_of(SHARE, shared.shares), *all_of(CROSS, shared.pairs)]


def _judged(row: Told, among: int, replications: int) -> Told:
    wide = widened(row.value, among, replications)
    return row._replace(wide=wide, word=word_of(BETTER, wide))


def frame(rows: Sequence[Told]) -> pd.DataFrame:
    """The rows of parts.csv."""
    return pd.DataFrame(
        [(*row[:4], *row.value, *row.wide[1:], "share^2", row.word, *row.share, row.title) for row in rows],
        columns=[*COLUMNS],
    )


def number(part: Interval, *, signed: bool = True) -> str:
    """A variance with its interval: four decimals."""
    form = "{:+.4f}" if signed else "{:.4f}"
    text = form.format(part.estimate)
    return f"{text} ({form.format(part.low)} to {form.format(part.high)})" if np.isfinite(part.low) else text


def sentences(rows: Sequence[Told], week: int, of: str = STRUCTURE) -> list[str]:
    """What the variance at a week is made of, and which cross terms are clear; nothing without such a number."""
    mine = [row for row in rows if (row.week, row.of) == (week, of)]
    if not mine:
        return []
    level, left, whole = (next(row for row in mine if row.kind == kind) for kind in (LEVEL, LEFT, ALL))
    what = "Variance" if of == "whole" else of[0].upper() + of[1:]
    head = (
        f"{what} {DATES[week]} is {number(level.value, signed=False)}, and {number(left.value, signed=False)} without "
        f"all frictions: {number(whole.wide)}, {_clear(whole)}."
    )
    told = [f"{row.part} {number(row.wide)}{_of_whole(row)}, {_clear(row)}" for row in mine if row.kind == SHARE]
    return [head, f"Switched off, they change it by: {'; '.join(told)}.", _cross(rows, mine)]


def _clear(row: Told) -> str:
    return {UNCLEAR: "not clear", UNJUDGED: "not judged"}.get(row.word, row.word)


def _of_whole(row: Told) -> str:
    return f", {percent(row.share.estimate)} of the change" if np.isfinite(row.share.estimate) else ""


def _cross(rows: Sequence[Told], mine: Sequence[Told]) -> str:
    """The cross terms that stay clear with widened intervals."""
    count = sum(row.kind == CROSS for row in rows)
    clear = [row for row in mine if row.kind == CROSS and row.word not in (UNCLEAR, UNJUDGED)]
    if not clear:
        return f"No cross term is clear, with intervals widened for the {count} in the table."
    told = "; ".join(f"{row.part} {number(row.wide)}" for row in clear)
    return f"Cross terms that are clear with intervals widened for the {count} in the table: {told}."
