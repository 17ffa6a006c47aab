"""What a mix of levers costs and brings against a base, many mixes at once; and the best that a budget buys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from revsim.analysis import balance
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

QUARTERLY = (*balance.CONTRIBUTES, *balance.COST, balance.ERROR_COLUMN)
WEEKLY = ("forecast",)
WEEK = 7
REMEDIES = ("design", "coordination")


class Worth(NamedTuple):
    """Money a quarter against the base; forecast variance at mid-quarter as a change of the base's, a share."""

    cost: float
    net_without_renewals: float
    net: float
    variance: float
    variance_common: float


def worths(cube: Cube) -> list[Worth]:
    """Of every scenario but the first, which is the base."""
    return [_worth(cube, own) for own in range(1, len(cube.scenarios))]


def _worth(cube: Cube, own: int) -> Worth:
    parts = balance.parts(cube, own, 0, cube.margin)
    cost = -sum(float(parts[name].mean()) for name in REMEDIES)
    mine, base = View(cube, own, 0), View(cube, 0, 0)
    changes = [
        forecast_variance(mine, WEEK, form).value / forecast_variance(base, WEEK, form).value - 1.0
        for form in ("", "_common")
    ]
    return Worth(cost, float(parts[balance.WITHOUT_RENEWALS].mean()), float(parts[balance.NET].mean()), *changes)


def leading(found: Sequence[Worth], by: Sequence[float] | Floats, budgets: Sequence[float], count: int) -> list[int]:
    """The places of those who are highest `by` something among what each budget buys, `count` for each, each once."""
    places: dict[int, None] = {}
    for budget in budgets:
        there = [place for place, one in enumerate(found) if one.cost <= budget]
        places |= dict.fromkeys(sorted(there, key=lambda place: -float(by[place]))[:count])
    return list(places)


def best_within(found: Sequence[Worth], budget: float) -> int:
    """The place of the highest net value without renewals that a budget buys. Raises IndexError if it buys none."""
    return leading(found, [one.net_without_renewals for one in found], [budget], 1)[0]
