"""Shares as the log odds that a scenario file wants: what a company counts, turned into the model's number.

    renew    log odds at fit 0 with an owned hand-off; a company counts renewals of the customers that it has, as
             they are handed over today: E logistic(renew + renew_fit z - renew_handoff (1 - O)), z ~ N(base_fit, 1)
    advance  log odds at average fit and skill: ln(p / (1 - p))

All other numbers in log odds are shifts (optimism, what an oversold deal loses): a share says nothing of them.
revsim/formulas/renewal.py and ownership.py hold the rules; tests/scenario/test_log_odds.py holds them together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import exp, log, pi, sqrt

RENEW = "world.customers.renew"
ADVANCE = re.compile(r"world\.sales\.stages\[\d+\]\.advance")
STEPS, WIDTH = 40, 0.1  # of fit around its mean, in sd
HALVINGS, FURTHEST = 60, 60.0
Lookup = Callable[[str], float | None]


def is_level(address: str) -> bool:
    """Whether the log odds at an address are those of a share that a company can count."""
    return address == RENEW or ADVANCE.fullmatch(address) is not None


def log_odds_of(address: str, share: float, number: Lookup) -> float:
    """What to write at `address` for a share, above 0 and below 1; `number` gives the scenario's other numbers."""
    if address != RENEW:
        return log(share / (1.0 - share))
    low, high = -FURTHEST, FURTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if renewed_share(middle, number) < share else (low, middle)
    return (low + high) / 2.0


def renewed_share(renew: float, number: Lookup) -> float:
    """Share of the installed base that renews in its first year, as things stand today."""
    weight, fit = _or(number("world.customers.renew_fit"), 0.0), _or(number("world.customers.base_fit"), 0.0)
    lost = _or(number("world.customers.renew_handoff"), 0.0) * (1.0 - ownership_today(number))
    total = mean = 0.0
    for step in range(-STEPS, STEPS + 1):
        z = step * WIDTH
        density = WIDTH * exp(-z * z / 2.0) / sqrt(2.0 * pi)
        total += density
        mean += density / (1.0 + exp(-(renew + weight * (fit + z) - lost)))
    return mean / total


def ownership_today(number: Lookup) -> float:
    """Ownership of the hand-off to customer success before any change, without pressure."""
    design = _or(number("world.today.design.owned_handoffs.sales_to_customer"), 1.0)
    hours, half = number("world.today.coordination.meetings"), number("world.remedies.meeting_half_hours")
    lift = _or(number("world.remedies.meeting_lift"), 0.0)
    lent = lift * (1.0 - 2.0 ** (-hours / half)) if hours is not None and half else 0.0
    return 1.0 - (1.0 - design) * (1.0 - lent)


def _or(number: float | None, otherwise: float) -> float:
    return otherwise if number is None else number
