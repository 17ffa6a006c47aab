"""Follow-up of an accepted lead: whether anybody works it, and how soon.

    p(worked)  = (1 - never (1 - O)) exp(-s max(0, ln(usual / recent)))
    mean delay = owned^O unowned^(1 - O)          days

O in [0, 1] is ownership of the hand-off; `recent` and `usual` are the shares of leads that went beyond the first stage.

Source: Sabnis, Chatterjee, Grewal and Lilien (2013): better pre-qualification raises reps' follow-up, tracking does
not; Oldroyd, McElheran and Elkington (2011): delays of answered and unanswered leads.
"""

from __future__ import annotations

from math import exp, log

from revsim.formulas._formula import formula


@formula
def chance_worked(ownership: float, never: float, recent: float, usual: float, sensitivity: float) -> float:
    """Chance that an accepted lead is ever worked."""
    worked = 1.0 - never * (1.0 - ownership)
    if recent < usual and recent > 0.0:
        worked = worked * exp(-sensitivity * log(usual / recent))
    return worked


@formula
def pickup_mean(ownership: float, owned: float, unowned: float) -> float:
    """Mean days until an accepted lead is picked up."""
    return exp(ownership * log(owned) + (1.0 - ownership) * log(unowned))


@formula
def yield_next(recent: float, went_on: float, memory: float) -> float:
    """Exponentially weighted share of leads that went beyond the first stage; memory in leads."""
    return recent + (went_on - recent) / memory
