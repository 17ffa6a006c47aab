"""Design builds up by half-lives, slower under pressure, and decays where nobody governs.

    e <- e + (target - e) (1 - 2^(-s / half-life)),  s = exp(-k P (1 - sponsored))      a week
    e <- today + (e - today) exp(-decay absent / 52)

Source: half-lives of improvement, Schneiderman (1988); shortcuts cut improvement first, Repenning and Sterman (2001);
habits decay 10-20 % a year, Allcott and Rogers (2014).
"""

from __future__ import annotations

from math import exp

from revsim.formulas._formula import formula

LN2 = 0.6931471805599453


@formula
def build_speed(pressure: float, slowing: float, sponsored: float) -> float:
    """Speed of a build against one without pressure."""
    return exp(-slowing * pressure * (1.0 - sponsored))


@formula
def built_next(level: float, target: float, half_life: float, speed: float) -> float:
    """A lever's level after a week of building."""
    return level + (target - level) * (1.0 - exp(-LN2 * speed / half_life))


@formula
def decayed(level: float, today: float, decay: float, absent: float) -> float:
    """A lever's level after a week without full governance; `absent` in [0, 1]."""
    return today + (level - today) * exp(-decay * absent / 52.0)


@formula
def governance_absent(cadence: float, ungoverned: float) -> float:
    """1 where reviews are as rare as without governance, 0 at monthly reviews."""
    absent = (cadence - 4.0) / (ungoverned - 4.0) if ungoverned > 4.0 else 0.0
    if absent < 0.0:
        return 0.0
    return 1.0 if absent > 1.0 else absent
