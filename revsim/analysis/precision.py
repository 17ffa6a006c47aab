"""How many replications are enough: the procedure of Hoad, Robinson and Davies (2010), as a pure function.

Half-widths are looked at replication by replication. The first count at which the wish is met is the solution if it
stays met for a look-ahead of

    f(n) = look_ahead                  n <= 100
    f(n) = look_ahead * n / 100        n >  100

further replications; if it is lost on the way, the search goes on behind. Stopping at the first narrow interval alone
would favour samples that look calm by luck. Replications are run in larger steps than one, since a call has its price;
a study's solution does not depend on the steps, as replication r is the same whatever else is run.

K. Hoad, S. Robinson, R. Davies (2010), Automated selection of the number of replications for a discrete-event
simulation, Journal of the Operational Research Society 61, 1632-1644.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, isfinite
from typing import NamedTuple

import numpy as np

from revsim.analysis import interval
from revsim.analysis.cube import Cube
from revsim.analysis.variance import covariance
from revsim.analysis.view import View

WEEK = 7
LOOK_AHEAD = 5  # kLimit of the paper
EVEN = 100  # up to here the look-ahead does not grow
FEWEST = 50  # the paper's 3 is for means: a variance's interval is not to be trusted below this (docs/inference.md)
GROWTH = 1.5  # of a step, where the half-width cannot tell how far it is
MOST_GROWTH = 3.0

HalfWidth = Callable[[int], float]


class Rule(NamedTuple):
    """Stop when the relative half-width is within `wish`: not before `fewest`, not after `most` replications."""

    wish: float
    fewest: int
    most: int
    look_ahead: int = LOOK_AHEAD


class Step(NamedTuple):
    """`solution` is the count that is enough, once the look-ahead behind it is run; else None and a `goal` to go to.

    The goal is never above the rule's most; where it is no more than there are, nothing can be added.
    """

    solution: int | None
    goal: int


def rule_of(wish: float, replications: int, most: int) -> Rule:
    """The rule for a study that asks for `replications` at least; FEWEST where that is more and `most` allows it."""
    return Rule(wish, min(max(replications, FEWEST), most), most)


def ahead(rule: Rule, count: int) -> int:
    """How many replications behind `count` must agree, f(n)."""
    return ceil(rule.look_ahead * max(count, EVEN) / EVEN)


def step(half_width: HalfWidth, have: int, rule: Rule) -> Step:
    """What to do with `have` replications; `half_width(n)` is that of the first n, NaN where there is none.

    At the cap the look-ahead cannot be run: there the wish is met if it holds at the end.
    """
    first: int | None = None
    for count in range(rule.fewest, have + 1):
        if not half_width(count) <= rule.wish:
            first = None
            continue
        first = count if first is None else first
        if count >= min(first + ahead(rule, first), rule.most):
            return Step(first, have)
    if first is not None:
        return Step(None, min(first + ahead(rule, first), rule.most))
    return Step(None, min(_forecast(half_width, have, rule), rule.most))


def _forecast(half_width: HalfWidth, have: int, rule: Rule) -> int:
    """How many would be enough if half-widths shrink as 1 / sqrt(n), with the look-ahead; at most MOST_GROWTH times."""
    if have < rule.fewest:
        return rule.fewest + ahead(rule, rule.fewest)
    half = half_width(have)
    growth = min((half / rule.wish) ** 2, MOST_GROWTH) if isfinite(half) else GROWTH
    enough = ceil(growth * have)
    return enough + ahead(rule, enough)


def half_width(cube: Cube, base: int) -> float:
    """The widest relative half-width of the headline, of effects or of the level of a scenario alone; NaN if empty."""
    return headline_path(cube, base)(len(cube.replications))


def headline_path(cube: Cube, base: int) -> HalfWidth:
    """The headline's relative half-width as a function of how many of the replications are used; read once."""
    views = [View(cube, own, base) for own in (base, *(own for own in range(len(cube.scenarios)) if own != base))]
    actual = [view.quarter("bookings") for view in views]
    error = [view.forecast(WEEK) - booked for view, booked in zip(views, actual, strict=True)]

    def path(count: int) -> float:
        reference, *others = (
            covariance(off[:count], off[:count], booked[:count]) for off, booked in zip(error, actual, strict=True)
        )
        if not others:
            level = interval.of_variance(reference)
            return level.half / level.estimate if level.estimate > 0.0 else float(np.nan)
        # one without a number makes all of them without: np.max, unlike max, hands a NaN on
        return float(np.max([interval.as_share(interval.log_ratio(own, reference)).half for own in others]))

    return path
