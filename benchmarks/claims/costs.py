"""Two programmes at equal cost: the amount of one at which it costs what the other does, by a few short runs."""

from __future__ import annotations

from collections.abc import Callable

from claims.claim import Asking
from claims.look import Look
from revsim.api import Scenario, compare

ROUNDS, REPLICATIONS, CLOSE = 4, 40, 0.01
OTHER_SEED = 1000  # the amount is found on luck that the claim is not judged on


def costs(scenarios: list[Scenario], asking: Asking) -> list[float]:
    """Mean cost of the programmes, a quarter."""
    study = compare(
        scenarios, replications=REPLICATIONS, seed=asking.seed + OTHER_SEED, workers=asking.workers, continuations=0
    )
    look = Look(study.paired[0])
    return [look.level("remedy_cost", each.name, each.name).value for each in scenarios]


def matched(wanted: Scenario, of_share: Callable[[float], Scenario], asking: Asking) -> Scenario:
    """The scenario of a share, 0 to 1, whose programmes cost what those of `wanted` do; the dearest if all cost less.

    Regula falsi on short runs.
    """
    nothing, everything = (of_share(share).replace({}, name=f"share {share:g}") for share in (0.0, 1.0))
    goal, low_cost, high_cost = costs([wanted, nothing, everything], asking)
    low, high = 0.0, 1.0
    if goal >= high_cost:
        return of_share(1.0)
    share = low
    for _ in range(ROUNDS):
        share = low + (high - low) * max(goal - low_cost, 0.0) / (high_cost - low_cost)
        cost = costs([wanted, of_share(share)], asking)[1]
        if abs(cost - goal) <= CLOSE * abs(goal):
            break
        if cost < goal:
            low, low_cost = share, cost
        else:
            high, high_cost = share, cost
    return of_share(share)
