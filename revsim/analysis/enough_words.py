"""Whether another scenario is enough: what it reaches of the recommended one's effect, and how their worth compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from revsim.analysis import interval
from revsim.analysis.estimates import BETTER
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed, ratio_of
from revsim.analysis.net_words import both_words, longer_words, net_of, sum_words
from revsim.analysis.phrases import Judged, change_words, cost_words, longer_net
from revsim.analysis.ranking import WEEK
from revsim.analysis.variance import HEADLINE, forecast_variance
from revsim.analysis.view import View
from revsim.analysis.words import bracket, count_of, percent

NAMED = 2  # others that also do are named up to here, then counted


def next_best(judged: Judged, best: int, choices: Iterable[int]) -> int | None:
    """Of the others that clearly lower variance the one with the lowest: a cheaper one than the best, if there is."""
    able = [own for own in _others(best, choices) if judged.row(own, HEADLINE).word == BETTER]
    cheaper = [own for own in able if _cost(judged, own) < _cost(judged, best)]
    return min(cheaper or able, key=lambda own: judged.row(own, HEADLINE).level.estimate, default=None)


def enough_words(judged: Judged, best: int, choices: Sequence[int]) -> str:
    """Which of the others also clearly lower the variance, and how far the next best comes; empty without others."""
    others, own = _others(best, choices), next_best(judged, best, choices)
    if not others:
        return ""
    if own is None:
        return _none_words(judged, others)
    reached = reach(judged, own, best)
    share = (
        f", {percent(reached.estimate, 2)}{_bounds(reached)} of what {judged.name(best)} takes off"
        if np.isfinite(reached.low)
        else ""
    )
    price = f", for {cost_words(judged, own)}" if judged.one_company else ""
    change = change_words(judged.row(own, HEADLINE).relative)
    also, volume = _also(judged, own, others), _volume(judged, own)
    return f"{judged.name(own)} also clearly lowers the variance: {change}{share}{price}{volume}.{also}"


def _volume(judged: Judged, own: int) -> str:
    """Where what is clear against its own bookings is not against the baseline's: part of it is volume."""
    common = judged.row(own, f"{HEADLINE}_common")
    if common.word == BETTER:
        return ""
    return f"; against the baseline's bookings not clearly: {change_words(common.relative)}"


def _bounds(part: Interval) -> str:
    return bracket(percent(part.low, 2), percent(part.high, 2), " (95 % interval {} to {})")


def reach(judged: Judged, own: int, best: int) -> Interval:
    """What a scenario takes off the variance as a share of what the best takes off; empty where that is nothing.

    Both are shares of the baseline's variance, each against its own bookings, as the effects are.
    """
    mine, most, base = (forecast_variance(View(judged.cube, k, k), WEEK) for k in (own, best, judged.base))
    less, least = (Jackknifed(base.value - one.value, base.without - one.without) for one in (mine, most))
    return interval.of_jackknife(ratio_of(less, least))


def worth_gaps(judged: Judged, best: int, shown: Iterable[int | None], choices: Sequence[int]) -> list[str]:
    """Whether the best is worth more than the scenarios `shown` and than the other that is worth most."""
    if not (judged.one_company and np.isfinite(judged.margin)):
        return []
    asked = [own for own in dict.fromkeys([*shown, _richest(judged, _others(best, choices))]) if own is not None]
    if not asked:
        return []
    first = net_of(judged.cube, asked[0], judged.base, judged.margin)
    more = longer_words(longer_net(judged, asked[0], judged.base), judged.money)
    gaps = "; ".join(_gap_words(judged, best, own) for own in asked)
    return [
        f"That of {judged.name(asked[0])} is {both_words(first, judged.money)}{more}.",
        f"{judged.name(best)} is worth {gaps}.",
    ]


def _gap_words(judged: Judged, best: int, own: int) -> str:
    """The paired differences of both net values, and whether each is clear; without renewals first."""
    gap, longer = net_of(judged.cube, best, own, judged.margin), longer_net(judged, best, own)
    first = f"{_apart(gap.without_renewals)} than {judged.name(own)} without renewals and expansion"
    words = (
        f"{first}: {sum_words(gap.without_renewals, judged.money)}, and with them {_apart(gap.value)}: "
        f"{sum_words(gap.value, judged.money)}"
    )
    return words + longer_words(longer, judged.money)


def _apart(gap: Interval) -> str:
    """Whether one is worth more than another."""
    return "not clearly more or less" if not gap.clear else "clearly more" if gap.estimate > 0.0 else "clearly less"


def _richest(judged: Judged, among: Iterable[int]) -> int | None:
    worth = {own: net_of(judged.cube, own, judged.base, judged.margin).value.estimate for own in among}
    return max(worth, key=lambda own: worth[own], default=None)


def _others(best: int, choices: Iterable[int]) -> list[int]:
    return [own for own in choices if own != best]


def _cost(judged: Judged, own: int) -> float:
    effect = judged.row(own, "remedy_cost").effect
    return effect.estimate if effect else 0.0


def _none_words(judged: Judged, others: Sequence[int]) -> str:
    """That the best is alone, with the change of the one that comes nearest."""
    nearest = min(others, key=lambda own: judged.row(own, HEADLINE).level.estimate)
    change = change_words(judged.row(nearest, HEADLINE).relative)
    if len(others) == 1:
        return f"{judged.name(nearest)} does not clearly lower the variance: {change}."
    return (
        f"No other scenario clearly lowers the variance: the nearest, {judged.name(nearest)}, changes it by {change}."
    )


def _also(judged: Judged, own: int, others: Iterable[int]) -> str:
    """The rest that clearly lower it: a few by name, many by number."""
    rest = [one for one in others if one != own and judged.row(one, HEADLINE).word == BETTER]
    if not rest:
        return ""
    verb = "does" if len(rest) == 1 else "do"
    unsure = [one for one in rest if judged.row(one, f"{HEADLINE}_common").word != BETTER]
    doubt = f", {_called(judged, unsure)} not clearly against the baseline's bookings" if unsure else ""
    return f" So {verb} {_called(judged, rest)}{doubt}."


def _called(judged: Judged, some: Sequence[int]) -> str:
    """A few by name, many by number."""
    return " and ".join(map(judged.name, some)) if len(some) <= NAMED else count_of(len(some), "other")
