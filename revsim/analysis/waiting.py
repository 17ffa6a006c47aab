"""The cost of waiting: the same remedy begun later, against begun at once, over the whole measured time.

Sums over all measured quarters of one replication, later less at once, paired t; variance as
ln V(later) - ln V(at once), jackknife over replications. What comes after the last measured quarter is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval, relative
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.estimates import word_of
from revsim.analysis.interval import Interval
from revsim.analysis.variance import HEADLINE, forecast_variance
from revsim.analysis.view import View

Reader = Callable[[View], Floats]


def _sum(*columns: str) -> Reader:
    """Sum of columns over all quarters."""
    return lambda view: np.asarray(sum(view.quarter(column).sum(axis=1) for column in columns))


def net(view: View) -> Floats:
    """New, renewed and expanded business less spend on marketing, people and bought design."""
    return np.asarray(_sum("bookings", "renewed_value", "expansion_value")(view) - _sum("spend")(view))


MONEY: dict[str, tuple[str, str, Reader]] = {
    "bookings": ("New business", "higher", _sum("bookings")),
    "renewals": ("Renewed and expanded business", "higher", _sum("renewed_value", "expansion_value")),
    "remedy_cost": ("Cost of design and coordination", "lower", _sum("remedy_cost_design", "remedy_cost_coordination")),
    "forecast_error_cost": ("Cost of forecast error", "lower", _sum("forecast_error_cost")),
    "net": ("New, renewed and expanded business less spend", "higher", net),
}
VARIANCES = {
    HEADLINE: ("Forecast variance at mid-quarter", ""),
    f"{HEADLINE}_common": ("Forecast variance at mid-quarter, against bookings when begun at once", "_common"),
}


class Wait(NamedTuple):
    """One row of waiting.csv: what waiting `quarters` changes; `at_once` is the level without waiting."""

    quarters: int
    measure: str
    title: str
    unit: str
    at_once: float
    effect: Interval
    relative: Interval
    word: str


def waits(cube: Cube, at_once: int, later: Sequence[tuple[int, int]], money: str) -> list[Wait]:
    """All rows; `later` holds (place in the cube, quarters waited)."""
    found: list[Wait] = []
    base = View(cube, at_once, at_once)
    for own, quarters in later:
        view = View(cube, own, at_once)
        for name, (title, form) in VARIANCES.items():
            mine, theirs = forecast_variance(view, 7, form), forecast_variance(base, 7, form)
            share, effect = interval.as_share(interval.log_ratio(mine, theirs)), interval.difference(mine, theirs)
            word = word_of("lower", share if np.isfinite(share.low) else effect)
            found.append(Wait(quarters, name, title, "share^2", theirs.value, effect, share, word))
        for name, (title, better, read) in MONEY.items():
            here, there = read(view), read(base)
            effect, level = interval.of_mean(here - there), float(there.mean())
            share = relative.of_means(here, there)
            found.append(Wait(quarters, name, title, money, level, effect, share, word_of(better, effect)))
    return found


def frame(rows: Sequence[Wait]) -> pd.DataFrame:
    """The rows of waiting.csv."""
    return pd.DataFrame(
        [
            (row.quarters, row.measure, row.at_once, *row.effect, row.unit, row.word, *row.relative, row.title)
            for row in rows
        ],
        columns=[
            *("quarters", "measure", "at_once", "estimate", "low", "high", "unit", "better"),
            *("relative", "relative_low", "relative_high", "title"),
        ],
    )
