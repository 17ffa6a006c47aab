"""Demand: the rate of inquiries in a week.

    value = median exp(sigma z)
    rate  = base growth^(quarter) season exp(shock - sd^2/2) (budget)^elasticity factor

base in inquiries a day on the first measured day; quarter counted from that day; budget against its reference; shock
is AR(1) with stationary sd. The correction -sd^2/2 keeps the mean rate free of the shock's spread.

Source: over-dispersed weekly counts of the Olist funnel (docs/companies.md); elasticities of demand to marketing,
general.
"""

from __future__ import annotations

from math import exp, log, sqrt

from revsim.formulas._formula import formula


@formula
def shock_next(shock: float, persistence: float, sd: float, draw: float) -> float:
    """AR(1) with stationary standard deviation `sd`; `draw` is standard normal."""
    return persistence * shock + sd * sqrt(1.0 - persistence * persistence) * draw


@formula
def inquiry_rate(base: float, growth: float, quarters: float, shock: float, sd: float) -> float:
    """Inquiries a day before season, budget and stress."""
    return base * exp(quarters * log(growth) + shock - 0.5 * sd * sd)


@formula
def budget_effect(budget: float, elasticity: float) -> float:
    """Factor on inquiries of a budget given as a ratio to its reference."""
    return exp(elasticity * log(budget))


@formula
def contract_value(median: float, sigma: float, draw: float) -> float:
    """Lognormal value of a contract; `draw` is standard normal."""
    return median * exp(sigma * draw)


@formula
def bought_rate(rate: float, push: float, shared: float, pressure: float) -> float:
    """Bought inquiries a day: marketing paid on volume buys volume when pressed."""
    return rate * push * (1.0 - shared) * pressure
