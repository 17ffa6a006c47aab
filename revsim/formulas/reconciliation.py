"""Reconciliation: hours lost to making numbers agree.

    versions n = 1 + 2 (1 - view),  pairs = n (n - 1) / 2
    hours      = pairs (a + b min(disagreement, cap))            a week, whole company

Source: pairs after Brooks (1975); level by hours that managers spend on forecasts (salesbenchmarkindex, second-hand).
"""

from __future__ import annotations

from revsim.formulas._formula import formula


@formula
def reconcile_hours(view: float, per_pair: float, per_disagreement: float, disagreement: float, cap: float) -> float:
    """Hours a week that the company spends on making numbers agree."""
    versions = 1.0 + 2.0 * (1.0 - view)
    pairs = 0.5 * versions * (versions - 1.0)
    counted = disagreement if disagreement < cap else cap
    return pairs * (per_pair + per_disagreement * counted)


@formula
def capped_share(lost: float, hours: float, cap: float) -> float:
    """Share of `hours` that is lost, at most `cap`."""
    share = lost / hours
    return share if share < cap else cap
