"""One world: levels of each scenario, and who beats whom on what, by paired 95 % intervals over its replications.

Criteria, of `own` against `rival`:

- variance: V at week 7, own / rival - 1 (jackknife of the log ratio); lower wins.
- variance_common: the same against the baseline's bookings in both, so that selling more does not count.
- volatility: how far new business swings from quarter to quarter, of the scenario's own mean, own / rival - 1
  (jackknife of the log ratio of means); lower wins.
- volatility_common: the same of the baseline's mean of the same replication in both; lower wins.
- bookings: new business a quarter, own - rival (paired t); higher wins.
- net_value_without_renewals, net_value: a quarter, own - rival (paired t); higher wins. Without renewals and expansion
  first, as these begin a year after signing. Both need the world's margin, else they are not judged.
- cost_per_point: added cost of the remedies a quarter for each percentage point of the baseline's V removed,
  own - rival; lower wins. With c the added cost and p the share removed, own is cheaper if c_own p_rival <
  c_rival p_own, which is judged by the jackknife (Fieller's way with ratios: nothing is divided by what may be zero).
  Judged where both clearly remove variance; where only one does, it wins if the other clearly does not. In all other
  worlds there is no price to compare, and it is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from revsim.analysis import interval
from revsim.analysis.cube import Cube
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed, mean_of
from revsim.analysis.net_value import NET_OF_NEW_BUSINESS, NET_VALUE
from revsim.analysis.operating import remedy_cost
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from revsim.analysis.volatility import common_share, own_share

WINS, LOSES, UNDECIDED, UNJUDGED = "wins", "loses", "undecided", "not judged"
VARIANCE, COMMON, BOOKINGS, COST = "variance", "variance_common", "bookings", "cost_per_point"
SWING, SWING_COMMON = "volatility", "volatility_common"
NEW_NET, NET = NET_OF_NEW_BUSINESS.name, NET_VALUE.name
NETS = (NEW_NET, NET)
HIGHER = frozenset({BOOKINGS, *NETS})  # criteria on which more is better; on all others less is
WEEK = 7


class Contest(NamedTuple):
    """Who wins: `own` against `rival` on a criterion; `effect` in the criterion's unit, NaN where there is none."""

    own: str
    rival: str
    criterion: str
    effect: Interval
    word: str


class Level(NamedTuple):
    """What a scenario reaches in a world; cost against the baseline's, a point is 1 % of the baseline's V."""

    scenario: str
    variance: float
    bookings: float
    added_cost: float
    cost_per_point: float


def levels(cube: Cube, base: int) -> list[Level]:
    """The levels of all scenarios of one world, in the cube's order."""
    reference = forecast_variance(View(cube, base, base), WEEK).value
    paid = remedy_cost(View(cube, base, base)).mean()
    found = []
    for own, name in enumerate(cube.scenarios):
        view = View(cube, own, base)
        variance = forecast_variance(view, WEEK).value
        cost = float(remedy_cost(view).mean() - paid)
        removed = 100.0 * (1.0 - variance / reference) if reference > 0.0 else np.nan
        price = cost / removed if removed > 0.0 else np.nan  # the baseline removes exactly nothing
        found.append(Level(name, variance, float(view.quarter("bookings").mean()), cost, price))
    return found


def contests(cube: Cube, base: int) -> Iterator[Contest]:
    """All contests of a world: each scenario against the baseline, then each against those before it."""
    others = [own for own in range(len(cube.scenarios)) if own != base]
    for own in others:
        yield from _plain(cube, base, own, base)
    for place, own in enumerate(others):
        for rival in others[:place]:
            yield from _plain(cube, base, own, rival)
            yield _cost(cube, base, own, rival)


def word_of(effect: Interval, *, higher: bool) -> str:
    """The word for own - rival; without an interval nothing is judged."""
    if not np.isfinite([effect.low, effect.high]).all():
        return UNJUDGED
    if not effect.clear:
        return UNDECIDED
    return WINS if (effect.low > 0.0) == higher else LOSES


def _plain(cube: Cube, base: int, own: int, rival: int) -> Iterator[Contest]:
    names = cube.scenarios[own], cube.scenarios[rival]
    mine, theirs = View(cube, own, base), View(cube, rival, base)
    for criterion, form in ((VARIANCE, ""), (COMMON, "_common")):
        logs = interval.log_ratio(forecast_variance(mine, WEEK, form), forecast_variance(theirs, WEEK, form))
        yield Contest(*names, criterion, interval.as_share(logs), word_of(logs, higher=False))
    for criterion, swing in ((SWING, own_share), (SWING_COMMON, common_share)):
        effect = interval.as_share(interval.log_ratio(mean_of(swing(mine)), mean_of(swing(theirs))))
        yield Contest(*names, criterion, effect, word_of(effect, higher=False))
    gaps = {
        BOOKINGS: (mine.quarter("bookings") - theirs.quarter("bookings")).mean(axis=1),
        NEW_NET: NET_OF_NEW_BUSINESS.read(mine) - NET_OF_NEW_BUSINESS.read(theirs),
        NET: NET_VALUE.read(mine) - NET_VALUE.read(theirs),
    }
    for criterion, gap in gaps.items():
        effect = interval.of_mean(gap)
        yield Contest(*names, criterion, effect, word_of(effect, higher=True))


class _Bought(NamedTuple):
    """Added cost and share of the baseline's V removed, with leave-one-out values, and whether it clearly is."""

    cost: Jackknifed
    removed: Jackknifed
    is_clear: bool
    is_worse: bool


def _bought(cube: Cube, base: int, own: int) -> _Bought:
    here, there = View(cube, own, base), View(cube, base, base)
    mine, theirs = forecast_variance(here, WEEK), forecast_variance(there, WEEK)
    removed = Jackknifed(1.0 - mine.value / theirs.value, 1.0 - mine.without / theirs.without)
    logs = interval.log_ratio(mine, theirs)
    return _Bought(mean_of(remedy_cost(here) - remedy_cost(there)), removed, logs.high < 0.0, logs.low >= 0.0)


def _cost(cube: Cube, base: int, own: int, rival: int) -> Contest:
    names = cube.scenarios[own], cube.scenarios[rival]
    mine, theirs = _bought(cube, base, own), _bought(cube, base, rival)
    if not (mine.is_clear and theirs.is_clear):
        word = UNJUDGED
        if mine.is_clear and theirs.is_worse:
            word = WINS
        elif theirs.is_clear and mine.is_worse:
            word = LOSES
        return Contest(*names, COST, interval.NOTHING, word)
    cross = Jackknifed(
        mine.cost.value * theirs.removed.value - theirs.cost.value * mine.removed.value,
        mine.cost.without * theirs.removed.without - theirs.cost.without * mine.removed.without,
    )
    # both shares are clearly positive, so dividing by them at their estimates keeps the sign
    scale = 100.0 * mine.removed.value * theirs.removed.value
    effect = Interval(*(part / scale for part in interval.of_jackknife(cross)))
    return Contest(*names, COST, effect, word_of(effect, higher=False))
