"""Odds of going on from a stage.

    p = logistic(advance + b_fit (z - shift) + b_skill ln(skill) - b_age max(0, ln(age / norm)))

z is the buyer's fit, shift how far the market has moved (both in sd of fit); age and norm in days.

Source: form chosen; over-aged deals win less (Ebsta 2024, second-hand), fit by the spread of conversion at Olist.
"""

from __future__ import annotations

from math import exp, log

from revsim.formulas._formula import formula


@formula
def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-x))
    e = exp(x)
    return e / (1.0 + e)


@formula
def over_age(age: float, norm: float) -> float:
    """Log of age against the norm where above it, else 0."""
    return log(age / norm) if age > norm else 0.0


@formula
def chance_advance(advance: float, fit_part: float, skill_part: float, age_part: float) -> float:
    """Chance to go on; the parts are weight times quantity."""
    return logistic(advance + fit_part + skill_part - age_part)
