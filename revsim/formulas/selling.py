"""A rep's work: speed by skill and ramp, room for deals, effort by pay.

    speed  = skill^e_speed ramp            ramp = start + (1 - start) min(1, tenure / ramp_days)
    room   = open_deals clip(skill^e_room, 0.5, 1.8)
    effort = 1 + e_own (1 - level) + e_end (1 - level) [near the quarter's end]

`level` is the raw share of pay on the shared outcome: shared pay costs effort in full and aligns only as far as it is
visible.

Source: bonuses raise effort: Steenburgh (2008); Chung, Steenburgh and Sudhir (2014). Exponents chosen for the measured
concentration of wins (Olist, Maven).
"""

from __future__ import annotations

from math import exp

from revsim.formulas._formula import formula


@formula
def ramp_share(tenure: float, ramp_days: float, start: float) -> float:
    """Productivity of a rep `tenure` days after joining."""
    if tenure >= ramp_days or ramp_days <= 0.0:
        return 1.0
    return start + (1.0 - start) * tenure / ramp_days


@formula
def work_speed(log_skill: float, exponent: float, ramp: float) -> float:
    """Hours of work done in an hour, against a rep of skill 1."""
    return exp(exponent * log_skill) * ramp


@formula
def deal_room(log_skill: float, exponent: float, open_deals: float) -> float:
    """Open deals that a rep can hold."""
    factor = exp(exponent * log_skill)
    if factor < 0.5:
        factor = 0.5
    elif factor > 1.8:
        factor = 1.8
    return open_deals * factor


@formula
def pay_effort(level: float, own: float, end: float, near_end: float) -> float:
    """Effort against a rep whose pay is all shared; near_end is 1 in the last weeks, else 0."""
    return 1.0 + (own + end * near_end) * (1.0 - level)


@formula
def effective_share(level: float, view: float) -> float:
    """Shared pay aligns by level (1/3 + 2/3 view): what nobody sees is diluted (Holmstrom 1982)."""
    return level * (1.0 + 2.0 * view) / 3.0
