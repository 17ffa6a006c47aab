"""Remedies at equal full cost: the dearer ones are made smaller until they cost what the cheapest does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revsim.errors import UserError

PILOT = 30  # replications by which a cost is told: costs vary little with luck
CLOSE, STEPS = 0.02, 12

Cost = Callable[[float], float]


def share_that_costs(cost: Cost, budget: float) -> float:
    """The share of a remedy, in (0, 1], whose cost is the budget; by bisection, as cost grows with the share.

    Raises UserError where even a hundredth of it costs more.
    """
    low, high = 0.0, 1.0
    if cost(high) <= budget * (1.0 + CLOSE):
        return high
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        here = cost(middle)
        if abs(here - budget) <= CLOSE * budget:
            return middle
        low, high = (middle, high) if here < budget else (low, middle)
    if high <= 2.0**-STEPS * 2.0:
        raise UserError(
            f"--equal-budget: no share of that remedy costs as little as {budget:.6g} a quarter; "
            "compare without it, or leave out the scenario that costs next to nothing."
        )
    return (low + high) / 2.0


def cheapest(costs: dict[str, float]) -> str:
    """Who costs least among those who cost anything. Raises UserError if fewer than two do."""
    paid = {name: cost for name, cost in costs.items() if cost > 0.0}
    if len(paid) < 2:  # noqa: PLR2004 - a comparison of budgets needs two
        told = ", ".join(f"{name} {cost:,.0f}" for name, cost in costs.items())
        raise UserError(
            f"--equal-budget: needs at least two scenarios whose remedies cost more than the baseline's; "
            f"here they cost, a quarter: {told}."
        )
    return min(paid, key=lambda name: paid[name])


def mean_cost(quarters: Sequence[Mapping[str, NDArray[Any]]]) -> float:
    """Full cost of remedies a quarter, over replications and quarters."""
    return float(np.mean([np.mean(one["remedy_cost_design"] + one["remedy_cost_coordination"]) for one in quarters]))
