"""Where variance and mean each leave zero as a factor grows, and in which quarter.

Effects of each level against the first, same replications: of a variance ln V(m) - ln V(0), jackknife; of mean bookings
[mean A(m) - mean A(0)] / mean A(0), paired t. "Leaves zero" is analysis.stepwise: the first level from
which every interval to the highest is clear, the two searches that are set against each other (variance, mean) each at
half the error rate. By quarter the same from the last quarter back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval, relative
from revsim.analysis.cube import Cube
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.span import within
from revsim.analysis.stepwise import begins, shared
from revsim.analysis.variance import covariance, forecast_variance
from revsim.analysis.view import View

SEARCHES = 2  # a variance and the mean
WHOLE = 0  # all quarters
VARIANCE, COMMON = "forecast_variance_week_7", "forecast_variance_week_7_common"
SWING, SWING_COMMON, MEAN = "bookings_variance", "bookings_variance_common", "bookings"
TITLES = {
    VARIANCE: "Forecast variance at mid-quarter",
    COMMON: "Forecast variance at mid-quarter, against the first level's bookings",
    SWING: "Variance of bookings across replications",
    SWING_COMMON: "Variance of bookings across replications, against the first level's bookings",
    MEAN: "Mean new business",
}


class Onset(NamedTuple):
    """One row of onset.csv: the change of a measure against the first level, as a share of it; `quarter` 0 is all.

    `strict` is the interval that the search uses; `stays_clear`: whether the search came as far as this level (in the
    row of all quarters) or this quarter.
    """

    level: float
    quarter: int
    measure: str
    title: str
    effect: Interval
    strict: Interval
    stays_clear: bool


def onsets(cube: Cube, levels: Sequence[float]) -> list[Onset]:
    """All rows; scenario k of the cube is at levels[k], the first is the reference."""
    found: list[Onset] = []
    for measure in TITLES:
        whole = [_effect(cube, own, measure) for own in range(1, len(levels))]
        found += _rows(whole, levels[1:], [WHOLE] * len(whole), (measure, cube))
        for own in range(1, len(levels)):
            parts = [_effect(within(cube, q, q), own, measure) for q in range(1, len(cube.quarters) + 1)]
            found += _rows(parts, [levels[own]] * len(parts), range(1, len(parts) + 1), (measure, cube))
    return found


def _rows(
    parts: Sequence[Interval], levels: Sequence[float], quarters: Sequence[int], of: tuple[str, Cube]
) -> list[Onset]:
    """The rows of one search."""
    measure, cube = of
    strict = [shared(part, len(cube.replications), SEARCHES) for part in parts]
    first = begins(strict)
    return [
        Onset(
            *(level, quarter, measure, TITLES[measure], _shown(part, measure), _shown(wide, measure)),
            first is not None and place >= first,
        )
        for place, (level, quarter, part, wide) in enumerate(zip(levels, quarters, parts, strict, strict=True))
    ]


def _shown(part: Interval, measure: str) -> Interval:
    """Logarithms as shares."""
    return part if measure == MEAN else interval.as_share(part)


def _effect(cube: Cube, own: int, measure: str) -> Interval:
    """Of a variance the logarithm of the ratio, of the mean the relative difference."""
    view, base = View(cube, own, 0), View(cube, 0, 0)
    if measure == MEAN:
        return relative.of_means(view.quarter("bookings").mean(axis=1), base.quarter("bookings").mean(axis=1))
    return interval.log_ratio(_variance(view, measure), _variance(base, measure))


def _variance(view: View, measure: str) -> Jackknifed:
    if measure in (SWING, SWING_COMMON):
        actual = view.quarter("bookings")
        return covariance(actual, actual, view.base_quarter("bookings") if measure == SWING_COMMON else actual)
    return forecast_variance(view, 7, "_common" if measure == COMMON else "")


def first_level(rows: Sequence[Onset], measure: str) -> Onset | None:
    """The lowest level at which a measure has left zero for good, over all quarters."""
    clear = [row for row in rows if row.measure == measure and row.quarter == WHOLE and row.stays_clear]
    return min(clear, key=lambda row: row.level, default=None)


def first_quarter(rows: Sequence[Onset], measure: str, level: float) -> int | None:
    """The first quarter from which a measure stays clear of zero at a level."""
    return min(
        (
            row.quarter
            for row in rows
            if (row.measure, row.level) == (measure, level) and row.quarter and row.stays_clear
        ),
        default=None,
    )


def frame(rows: Sequence[Onset]) -> pd.DataFrame:
    """The rows of onset.csv."""
    return pd.DataFrame(
        [(*row[:3], *row.effect, *row.strict[1:], row.stays_clear, row.title) for row in rows],
        columns=[
            *("level", "quarter", "measure", "estimate", "low", "high", "strict_low", "strict_high", "stays_clear"),
            "title",
        ],
    ).replace({np.inf: np.nan})
