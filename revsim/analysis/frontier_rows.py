"""The best mixes on luck that their search has not seen: what each costs and brings, as rows and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis import interval
from revsim.analysis.comparison import Comparison
from revsim.analysis.interval import Interval
from revsim.analysis.net_words import net_of, sum_words
from revsim.analysis.phrases import change_words
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import short

COST, WITHOUT, WITH, COMMON = "remedy_cost", "net_value_without_renewals", "net_value", f"{HEADLINE}_common"
PARTS = {"cost": COST, "net_value_without_renewals": WITHOUT, "net_value": WITH}
CHANGES = {"forecast_variance": HEADLINE, "forecast_variance_common": COMMON}
TITLES = {"coordination": "Coordination", "design": "Design", "both": "Both together"}


def amount(budget: float) -> str:
    """A budget as people name it, and no other one so: 25000 -> 25k, 1500.5 -> 1.5005k."""
    return f"{budget / 1e3:.15g}k" if budget >= 1e3 else f"{budget:.15g}"  # noqa: PLR2004 - a thousand


class Asked(NamedTuple):
    """A mix that was chosen: its side and budget, its scenario, and what the search saw in it without renewals."""

    side: str
    budget: float
    scenario: str
    in_search: float


class Shown(NamedTuple):
    """A mix as fresh luck shows it: money a quarter against the base, changes of variance as shares."""

    asked: Asked
    cost: Interval
    net_value_without_renewals: Interval
    net_value: Interval
    forecast_variance: Interval
    forecast_variance_common: Interval
    behind: Interval  # by how much less it brings without renewals than the best side for the budget, paired

    @property
    def promised(self) -> float:
        """What the search saw in it beyond what fresh luck shows."""
        return self.asked.in_search - self.net_value_without_renewals.estimate

    def cells(self) -> dict[str, str | float]:
        """The row of frontier.csv, without the levers."""
        side, budget, scenario, in_search = self.asked
        told: dict[str, str | float] = {"side": side, "budget": budget, "scenario": scenario}
        for name in (*PARTS, *CHANGES, "behind"):
            part = getattr(self, name)
            told |= {name: part.estimate, f"{name}_low": part.low, f"{name}_high": part.high}
        return told | {"net_value_without_renewals_in_search": in_search}


def shown(comparison: Comparison, asked: Sequence[Asked], margin: float) -> list[Shown]:
    """The chosen mixes, in their order; `margin` is the share of revenue that contributes."""
    own = comparison.cube.scenarios.index
    found = []
    for one in asked:
        cost, without, net = (_effect(comparison, own(one.scenario), name) for name in PARTS.values())
        variance, common = (comparison.row(own(one.scenario), name).relative for name in CHANGES.values())
        rivals = [other.scenario for other in asked if other.budget == one.budget]
        best = max(rivals, key=lambda name: _effect(comparison, own(name), WITHOUT).estimate)
        gap = net_of(comparison.cube, own(best), own(one.scenario), margin).without_renewals
        found.append(Shown(one, cost, without, net, variance, common, gap))
    return found


def _effect(comparison: Comparison, own: int, measure: str) -> Interval:
    return comparison.row(own, measure).effect or interval.NOTHING


def budget_words(rows: Sequence[Shown], money: str) -> list[str]:
    """A sentence a budget: the side that brings most without renewals, beside the others."""
    said = []
    for budget in dict.fromkeys(row.asked.budget for row in rows):
        ranked = sorted(
            (row for row in rows if row.asked.budget == budget),
            key=lambda row: -row.net_value_without_renewals.estimate,
        )
        first, *rest = [
            f"{TITLES[row.asked.side].lower()}, {sum_words(row.net_value_without_renewals, money)} without renewals "
            f"for {short(row.cost.estimate, 2)}{_behind_words(row) if place else ''}"
            for place, row in enumerate(ranked)
        ]
        most = "brings most with" if rest else "brings with"
        said.append("; ".join([f"A budget of {amount(budget)} {money} a quarter {most} {first}", *rest]) + ".")
    return said


def _behind_words(row: Shown) -> str:
    """Whether what a side brings is clearly less than what the best does."""
    if row.behind.estimate == 0.0:
        return ", the same"
    return f", {'clearly' if row.behind.low > 0.0 else 'not clearly'} less"


def variance_words(rows: Sequence[Shown]) -> list[str]:
    """A sentence a side: what its mixes change in forecast variance at mid-quarter."""
    said = []
    for side in dict.fromkeys(row.asked.side for row in rows):
        mine = [row for row in rows if row.asked.side == side]
        told = ", ".join(f"{change_words(row.forecast_variance)} at {amount(row.asked.budget)}" for row in mine)
        said.append(f"{TITLES[side]} changes forecast variance at mid-quarter by {told}; it was not searched for.")
    return said


def optimism_words(rows: Sequence[Shown], money: str) -> str:
    """How much more the search saw than fresh luck shows."""
    more = float(np.mean([row.promised for row in rows]))
    size = f"{short(abs(more), 2)} {money} a quarter {'more' if more > 0.0 else 'less'}"
    return f"On its own luck the search saw, on average of these mixes, {size} than fresh luck shows."
