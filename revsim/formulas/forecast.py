"""The number: evidence, opinion, the run-rate and the pull of the plan.

    run-rate = closed + left (what last quarter still brought) + (1 - left) (what past quarters did on learned average)
    evidence = sum_j w_j F_j,   w_j ~ 1 / learned squared error of forecast j, the run-rate among them
    opinion  = v F_sales + (1 - v) (F_marketing + F_operations) / 2,   logit v = logit(voice) + mood of the meeting
    heard    = opinion + a (run-rate - opinion)
    drawn    = heard + pull P (share of quarter left) (plan - heard)
    number   = max(closed, e evidence + (1 - e) drawn)

`left` is the share of the quarter that is left, e the weight that governance gives to evidence, a that which a room
gives to a calculation; money in currency.

Source: how companies make the number: rework.com, tashinga.co (second-hand); combination by inverse squared error,
general; people who judge weigh advice by about .3 (Yaniv and Kleinberger 2000; Lim and O'Connor 1995;
unverified).
"""

from __future__ import annotations

from math import log

from revsim.formulas._formula import formula
from revsim.formulas.stage_odds import logistic


@formula
def voice(weight: float, mood: float) -> float:
    """Weight of sales in this week's meeting."""
    if weight <= 0.0:
        return 0.0
    if weight >= 1.0:
        return 1.0
    return logistic(log(weight / (1.0 - weight)) + mood)


@formula
def opinion(sales_voice: float, sales: float, marketing: float, operations: float) -> float:
    """What the room makes of the three forecasts."""
    return sales_voice * sales + (1.0 - sales_voice) * 0.5 * (marketing + operations)


@formula
def drawn(number: float, towards: float, pull: float) -> float:
    """A number drawn a share `pull` of the way to another."""
    return number + pull * (towards - number)


@formula
def company_number(evidence: float, drawn_opinion: float, weight: float, closed: float) -> float:
    """The company's number; never below what is closed."""
    number = weight * evidence + (1.0 - weight) * drawn_opinion
    return number if number > closed else closed


@formula
def inverse_error(error: float, pooled: float) -> float:
    """Weight of a forecast: one over its squared error, half of it pooled over the quarter."""
    squared = 0.5 * (error + pooled)
    return 1.0 / (squared if squared > 1.0 else 1.0)


@formula
def shrunk_ratio(top: float, bottom: float, pooled: float, prior: float) -> float:
    """A ratio of learned means, shrunk to `pooled` as if `prior`, in units of `bottom`, had been seen at that rate.

    `pooled` where nothing was seen.
    """
    whole = bottom + prior
    return (top + prior * pooled) / whole if whole > 0.0 else pooled


@formula
def spread_of(sales: float, marketing: float, operations: float, plan: float) -> float:
    """Disagreement: largest less smallest of the three, against the plan; without a plan against the largest."""
    low = sales if sales < marketing else marketing
    low = low if low < operations else operations
    high = sales if sales > marketing else marketing
    high = high if high > operations else operations
    scale = plan if plan > 0.0 else high
    return (high - low) / scale if scale > 0.0 else 0.0
