"""Energy of a person who bridges, and the rate of leaving.

    dx/dt  = (1 - x) / recovery - strength load x / drain         weeks; x in [0.05, 1]
    output = sqrt(x)
    hazard = h0 exp(k (1 - x))                                    a year

Source: job demands drain energy (JD-R theory, Evers et al.); hazard form of the evidence page, sizes chosen.
"""

from __future__ import annotations

from math import exp, sqrt

from revsim.formulas._formula import formula


@formula
def energy_next(x: float, load: float, recovery: float, drain: float, strength: float) -> float:
    """Energy a week later."""
    x = x + (1.0 - x) / recovery - strength * load * x / drain
    if x < 0.05:
        return 0.05
    return 1.0 if x > 1.0 else x


@formula
def output_of(x: float) -> float:
    """Output of the remaining hours at energy x."""
    return sqrt(x)


@formula
def leaving_rate(base: float, growth: float, x: float) -> float:
    """Rate of leaving a year at energy x."""
    return base * exp(growth * (1.0 - x))
