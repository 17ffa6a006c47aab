"""Break-evens: the few numbers that turn the sign of a net value, or the rank of two, and the value at which they do.

Every number that was drawn is asked for each contest on net value: against the baseline its sign says whether a
scenario is worth more than it costs, against another scenario which of the two is worth more. Many are asked, so that a
number moves an effect counts only at a false discovery rate of FOUND over all of them (Benjamini and Hochberg 1995):
where nothing moves anything, one study in twenty at most tells of one. Of those that do, a number has a break-even if
the sign clearly turns within its range, at FOUND each.

It is said of worlds as they are drawn: what else goes with a number among them goes with it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from revsim.analysis.cube import Floats
from revsim.analysis.interval import Interval
from revsim.analysis.words import rounded, short, signed
from revsim.analysis.worlds.contests import NETS, NEW_NET
from revsim.analysis.worlds.crossing import Crossing, crossing, value_at
from revsim.analysis.worlds.phrasing import BARE_UNITS, Assumed

FOUND = 0.05
COLUMNS = [
    *("scenario", "against", "criterion", "axis", "title", "unit", "evidence", "side"),
    *("at", "low", "high", "rank", "rank_low", "rank_high"),
    *("effect_at_lowest", "effect_at_highest", "p", "p_turns", "q"),
]
BELOW, ABOVE = "below", "above"
WITHOUT, WITH = "renewals not counted", "renewals counted"


class BreakEven(NamedTuple):
    """`own` is worth more than `rival` (costs in it) on `side` of `at`, a value of `axis` with its interval."""

    own: str
    rival: str
    criterion: str
    axis: Assumed
    at: Interval
    crossing: Crossing
    q: float

    @property
    def side(self) -> str:
        """On which side of the value the effect is positive."""
        return BELOW if self.crossing.at_lowest > 0.0 else ABOVE


class Search(NamedTuple):
    """Break-evens that were found, the surest first, how many were looked for, and against whom signs are."""

    found: list[BreakEven]
    asked: int
    baseline: str = ""


def break_evens(contests: pd.DataFrame, draws: pd.DataFrame, axes: Sequence[Assumed], baseline: str) -> Search:
    """All of the net values' contests; `contests` and `draws` as of `flips`, `axes` in the order of the columns."""
    asked = list(_asked(contests, draws, axes))
    if not asked:
        return Search([], 0, baseline)
    quality = false_discovery_control([one.crossing.p for one in asked])
    judged = [one._replace(q=float(q)) for one, q in zip(asked, quality, strict=True)]
    real = [one for one in judged if one.q <= FOUND and one.crossing.p_turns <= FOUND and np.isfinite(one.at.low)]
    return Search(sorted(real, key=lambda one: (one.q, one.crossing.p)), len(asked), baseline)


def _asked(contests: pd.DataFrame, draws: pd.DataFrame, axes: Sequence[Assumed]) -> Iterator[BreakEven]:
    rows = contests[contests["criterion"].isin(NETS)]
    for key, group in rows.groupby(["scenario", "against", "criterion"], sort=False):
        own, rival, criterion = (str(part) for part in key)
        effect = group["estimate"].to_numpy(dtype=np.float64)
        points = draws.loc[group["world"]].to_numpy(dtype=np.float64)
        for axis, values in zip(axes, points.T, strict=True):
            found = None if axis.ends else crossing(values, effect)
            if found is not None:
                there = values[np.isfinite(effect)]
                yield BreakEven(own, rival, criterion, axis, _in_values(found.rank, there), found, np.nan)


def _in_values(rank: Interval, values: Floats) -> Interval:
    return Interval(*(value_at(part, values) if np.isfinite(part) else np.nan for part in rank))


def sentence(one: BreakEven, baseline: str) -> str:
    """`“Design” is worth more than it costs (renewals not counted) while “drift” (...) is below 0.31 (0.2 to 0.4)`."""
    than = "it costs" if one.rival == baseline else f"“{one.rival}”"
    unit = "" if one.axis.unit in BARE_UNITS else f" {one.axis.unit}"
    at, low, high = (rounded(part) for part in one.at)
    counted = WITHOUT if one.criterion == NEW_NET else WITH
    ends = [signed(short(part, 2)) for part in (one.crossing.at_lowest, one.crossing.at_highest)]
    return (
        f"“{one.own}” is worth more than {than} ({counted}) while {one.axis.called} is {one.side} {at}{unit} "
        f"({low} to {high}): from {ends[0]} a quarter at the lowest to {ends[1]} at the highest."
    )


def words(search: Search) -> list[str]:
    """All that were found, or that none was; nothing where none was looked for."""
    if not search.asked:
        return []
    if search.found:
        return [sentence(one, search.baseline) for one in search.found]
    return ["No single number turns the sign of a net value, or which of two is larger, more surely than chance would."]


def break_even_rows(search: Search) -> pd.DataFrame:
    """The rows of break_evens.csv, in the order of COLUMNS."""
    rows = [
        (
            *(one.own, one.rival, one.criterion),
            *(one.axis.name, one.axis.title, one.axis.unit, one.axis.evidence, one.side),
            *(*one.at, *one.crossing.rank, one.crossing.at_lowest, one.crossing.at_highest),
            *(one.crossing.p, one.crossing.p_turns, one.q),
        )
        for one in search.found
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
