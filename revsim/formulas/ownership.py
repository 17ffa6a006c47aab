"""Ownership of a hand-off in a week, and how its parts come and go.

    O          = 1 - (1 - O_design) (1 - meetings) (1 - agreement)
    meetings   = lift (1 - 2^(-hours / half)) (1 - a P)              skipped under pressure, hours spent all the same
    compliance = level 2^(-age / half-life),  ageing faster by 1 + b P under pressure
    mean       = level (1 - 2^(-x)) / (x ln 2),  x = weeks to renewal / half-life      of an agreement that is renewed

Source: coordination has diminishing returns and decays between reminders (Allcott and Rogers 2014; Staats et al. 2017).
"""

from __future__ import annotations

from math import exp

from revsim.formulas._formula import formula

LN2 = 0.6931471805599453


@formula
def lent_by_meetings(lift: float, hours: float, half_hours: float, attendance: float) -> float:
    """Ownership that meetings lend."""
    return lift * (1.0 - exp(-LN2 * hours / half_hours)) * attendance


@formula
def attendance_at(pressure: float, lost: float) -> float:
    """Share who come to meetings."""
    return 1.0 - lost * pressure


@formula
def compliance_next(compliance: float, half_life: float, pressure: float, faster: float) -> float:
    """Compliance with an agreement a week later; half_life in weeks."""
    return compliance * exp(-LN2 * (1.0 + faster * pressure) / half_life)


@formula
def mean_compliance(level: float, half_life: float, renewed: float) -> float:
    """Mean compliance between one renewal and the next, both in weeks; 0 where nobody renews: it has faded long ago."""
    ageing = LN2 * renewed / half_life
    return 0.0 if ageing <= 0.0 else level * (1.0 - exp(-ageing)) / ageing


@formula
def ownership_of(design: float, meetings: float, agreement: float) -> float:
    """Ownership of a hand-off from its three sources."""
    return 1.0 - (1.0 - design) * (1.0 - meetings) * (1.0 - agreement)
