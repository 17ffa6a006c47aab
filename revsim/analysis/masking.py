"""Masking and normalisation: the error that is taken as normal against the error that is made, by level and quarter.

A quarter is *noticed* where its day-one error |F - A| / A lies above the tolerance that stood at its start. A quarter
without bookings has no such error: it is neither noticed nor unnoticed, it is left out and counted in `note`. If error
grows with misalignment and the share of noticed quarters does not, the growth is not seen. `normalised` is the share of
the added error that has become tolerance, [T(m) - T(0)] / [e(m) - e(0)], jackknife over replications; it is given only
where the added error itself is clear. That tolerance follows error is an equation of the model (docs/model.md): its
size and pace are found here, its direction is built in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.estimates import word_of
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.onset import WHOLE
from revsim.analysis.span import within
from revsim.analysis.view import View, mean, ratio
from revsim.analysis.words import count_of

ERROR, TOLERANCE, NOTICED, NORMALISED = "day_one_error", "tolerance", "noticed", "normalised"


def error(view: View) -> Floats:
    """(replication, quarter): |F - A| / A on day one; NaN without bookings."""
    actual = view.quarter("bookings")
    return ratio(np.abs(view.forecast(1) - actual), actual)


def tolerance(view: View) -> Floats:
    """(replication, quarter): the error that is taken as normal when the quarter begins."""
    return np.asarray(view.week("tolerance")[:, :, 0])


def noticed(view: View) -> Floats:
    """(replication, quarter): 1 where the error lies above the tolerance, else 0; NaN where there is no error."""
    made = error(view)
    return np.where(np.isnan(made), np.nan, (made > tolerance(view)).astype(np.float64))


def _left_out(made: Floats) -> str:
    """What to say of quarters without bookings."""
    gone = int(np.isnan(made).sum())
    return f"{gone} of {count_of(made.size, 'quarter')} without bookings, left out" if gone else ""


def _quarterly(column: str) -> Callable[[View], Floats]:
    return lambda view: view.quarter(column)


READ: dict[str, tuple[str, str, str, Callable[[View], Floats]]] = {
    ERROR: ("Forecast error on day one", "share", "lower", error),
    TOLERANCE: ("Error that is taken as normal", "share", "", tolerance),
    NOTICED: ("Quarters whose error is above what is taken as normal", "share", "", noticed),
    "trust": ("Trust in the number", "share", "higher", lambda view: view.week("trust")[:, :, 0]),
    "leaked_expected_value": ("Leaked at hand-offs", "money/quarter", "lower", _quarterly("leaked_expected_value")),
    "heroics_hours": ("Hours of heroics", "hours/quarter", "lower", _quarterly("heroics_hours")),
    "hero_energy": ("Energy of the heroes", "share", "higher", lambda view: view.week("hero_energy").mean(axis=2)),
    "reconciliation_hours": ("Hours of reconciliation", "hours/quarter", "lower", _quarterly("reconciliation_hours")),
    "debt": ("Misalignment debt", "money/quarter", "lower", _quarterly("debt")),
}


class Masked(NamedTuple):
    """One row of masking.csv: a level and its effect against the first level; `quarter` 0 is all."""

    level: float
    quarter: int
    measure: str
    title: str
    unit: str
    value: Interval
    effect: Interval
    word: str
    note: str = ""


def maskings(cube: Cube, levels: Sequence[float], money: str) -> list[Masked]:
    """All rows; scenario k of the cube is at levels[k], the first is the reference."""
    found: list[Masked] = []
    for quarter in range(len(cube.quarters) + 1):
        part = cube if quarter == WHOLE else within(cube, quarter, quarter)
        for own, level in enumerate(levels):
            found += _rows(part, own, (level, quarter), money)
    return found


def _rows(cube: Cube, own: int, at: tuple[float, int], money: str) -> list[Masked]:
    view, base = (View(cube, place, place) for place in (own, 0))
    rows = []
    for name, (title, unit, better, read) in READ.items():
        mine, theirs = (mean(read(each), axis=1) for each in (view, base))
        effect = interval.of_mean(mine - theirs) if own else NOTHING
        word = word_of(better, effect) if own else ""
        note = _left_out(error(view)) if name in (ERROR, NOTICED) else ""
        level = interval.of_mean(mine)
        rows.append(Masked(*at, name, title, unit.replace("money", money), level, effect, word, note))
    if own:
        share = normalised(view, base)
        title = "Share of the added error that is taken as normal"
        rows.append(Masked(*at, NORMALISED, title, "share", share, NOTHING, ""))
    return rows


def normalised(view: View, base: View) -> Interval:
    """[T(m) - T(0)] / [e(m) - e(0)], replications paired; empty unless the added error is clear."""
    added = mean(error(view), axis=1) - mean(error(base), axis=1)
    taken = tolerance(view).mean(axis=1) - tolerance(base).mean(axis=1)
    there = np.isfinite(added) & np.isfinite(taken)
    added, taken = added[there], taken[there]
    if not interval.of_mean(added).clear:
        return NOTHING
    count = len(added)
    below, above = (added.sum() - added) / (count - 1), (taken.sum() - taken) / (count - 1)
    return interval.of_jackknife(Jackknifed(float(taken.mean() / added.mean()), above / below))


def frame(rows: Sequence[Masked]) -> pd.DataFrame:
    """The rows of masking.csv."""
    return pd.DataFrame(
        [(*row[:3], *row.value, row.unit, *row.effect, row.word, row.title, row.note) for row in rows],
        columns=[
            *("level", "quarter", "measure", "estimate", "low", "high", "unit", "effect", "effect_low", "effect_high"),
            *("word", "title", "note"),
        ],
    )
