"""Over worlds: how often who wins, who is best, and what a choice costs where another would have been better.

Shares of worlds carry Wilson's 95 % interval (1927). It treats worlds as independent draws; a Latin hypercube spreads
them more evenly, so the interval is rather too wide than too narrow. It speaks of worlds drawn by this rule from these
ranges, not of the odds that a world is true.
"""

from __future__ import annotations

import pandas as pd
from scipy.stats import binomtest

from revsim.analysis.interval import CONFIDENCE, NOTHING, Interval
from revsim.analysis.worlds.contests import COST, HIGHER, LOSES, UNDECIDED, UNJUDGED, WINS

AHEAD = ("ahead", "ahead_low", "ahead_high")
ALL, PLAUSIBLE = "all worlds", "worlds that pass the patterns"


def wilson(wins: int, of: int) -> Interval:
    """A share and its interval; empty for none."""
    if of == 0:
        return NOTHING
    found = binomtest(wins, of).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(wins / of, float(found.low), float(found.high))


def shares(contests: pd.DataFrame) -> pd.DataFrame:
    """scenario, against, criterion, worlds (judged), then wins, loses, undecided: count, share, low, high of each.

    `ahead` with its interval is the share in which the estimate alone is on the better side, clear or not: with few
    replications a world is undecided, and noise draws this share towards a half.
    """
    rows: list[list[object]] = []
    for key, group in contests.groupby(["scenario", "against", "criterion"], sort=False):
        judged = group[group["word"] != UNJUDGED]
        row: list[object] = [*key, len(judged)]
        for word in (WINS, LOSES, UNDECIDED):
            count = int((judged["word"] == word).sum())
            row += [count, *wilson(count, len(judged))]
        rows.append([*row, *_ahead(str(key[2]), group["estimate"].dropna())])
    parts = [f"{word}{part}" for word in (WINS, LOSES, UNDECIDED) for part in ("", "_share", "_low", "_high")]
    return pd.DataFrame(rows, columns=["scenario", "against", "criterion", "worlds", *parts, *AHEAD])


def _ahead(criterion: str, estimates: pd.Series[float]) -> Interval:
    """In how many worlds an estimate is on the better side; a price wins without one where the other buys nothing."""
    if criterion == COST:
        return NOTHING
    better = estimates > 0.0 if criterion in HIGHER else estimates < 0.0
    return wilson(int(better.sum()), len(better))


def best(levels: pd.DataFrame) -> pd.DataFrame:
    """One row a scenario: in how many worlds it has the lowest V and the highest bookings, and its regret.

    Being best is by estimates, and luck decides among equals; ties are shared, so counts may be fractions, and
    intervals are Wilson's of the rounded count. Regret: see `level_rows`; mean and largest over worlds.
    """
    rows: list[list[object]] = []
    total = levels["world"].nunique()
    lowest, most = _part_of_best(levels, levels["variance"]), _part_of_best(levels, -levels["bookings"])
    for name, group in levels.groupby("scenario", sort=False):
        row: list[object] = [name, total]
        for part in (lowest, most):
            count = float(part[group.index].sum())
            row += [count, count / total, *wilson(round(count), total)[1:]]
        for regret in ("regret_spread", "regret_bookings"):
            row += [group[regret].mean(), group[regret].max()]
        rows.append(row)
    sides = [f"best_{what}{part}" for what in ("variance", "bookings") for part in ("", "_share", "_low", "_high")]
    regrets = [f"{which}_regret_{what}" for what in ("spread", "bookings") for which in ("mean", "largest")]
    return pd.DataFrame(rows, columns=["scenario", "worlds", *sides, *regrets])


def _part_of_best(levels: pd.DataFrame, value: pd.Series[float]) -> pd.Series[float]:
    """1 for the scenario of least value in each world, shared by those that tie; else 0."""
    is_least = (value == value.groupby(levels["world"]).transform("min")).astype(float)
    return is_least / is_least.groupby(levels["world"]).transform("sum").clip(lower=1.0)
