"""Judgement: what a rep believes of a deal.

    odds(p_judged) = odds(p_true) e^optimism e^deal e^mood,   odds(p) = p / (1 - p)
    p_true         = p(win from here) p(in time)
    p(in time)     = Phi(ln(days left / days needed) / spread)

p_true are the deal's current odds, which the record lacks; it never reads what is still undecided.

Source: deals forecast as won are won in 47 % (CSO Insights 2018), commit in 67 % (second-hand); mood has no direct
evidence.
"""

from __future__ import annotations

from math import erfc, exp, log

from revsim.formulas._formula import formula

BEYOND_BELIEF = 200.0  # in log odds: three such factors and their product are still numbers


@formula
def days_needed(total: float, this_stage: float, elapsed: float) -> float:
    """Median days still needed, of `total` from this stage's start; at most half the stage is taken as done."""
    half = 0.5 * this_stage
    return total - (elapsed if elapsed < half else half)


@formula
def in_time(days_left: float, days_needed: float, spread: float) -> float:
    """Chance that what needs `days_needed` (median) is done within `days_left`."""
    if days_left <= 0.0:
        return 0.0
    if days_needed <= 0.0:
        return 1.0
    if spread <= 0.0:
        return 1.0 if days_left >= days_needed else 0.0
    return 0.5 * erfc(-log(days_left / days_needed) / (spread * 1.4142135623730951))


@formula
def odds_factor(bias: float) -> float:
    """What a bias in log odds makes of the odds: a factor, between those that are beyond belief."""
    if bias > BEYOND_BELIEF:
        bias = BEYOND_BELIEF
    elif bias < -BEYOND_BELIEF:
        bias = -BEYOND_BELIEF
    return exp(bias)


@formula
def judged_odds(p: float, factor: float) -> float:
    """A judged chance: the true one, its odds taken times `factor`."""
    return p * factor / (1.0 - p + p * factor)
