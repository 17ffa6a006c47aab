"""Cooling: a buyer who waits for a first answer may no longer give one.

    p(answers) = (1 + delay / scale)^(-exponent)          delay, scale in days

Source: Oldroyd (2007), Oldroyd, McElheran and Elkington (2011), damped for considered purchases.
"""

from __future__ import annotations

from math import exp, log

from revsim.formulas._formula import formula


@formula
def chance_answers(delay: float, scale: float, exponent: float) -> float:
    """Chance that a buyer first answered after `delay` days still answers."""
    return exp(-exponent * log(1.0 + delay / scale))
