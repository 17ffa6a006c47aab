"""After the sale: renewal and growth of a contract.

    p(renew) = logistic(c0 + c_fit z - c_sold oversold - c_handoff (1 - O))
    growth   = g + g_fit z - g_handoff (1 - O)

Source: gross churn and net retention of surveyed firms (KBCM 2019, Lightspeed 2023); oversold deals churn more, no
direct evidence on the size.
"""

from __future__ import annotations

from revsim.formulas._formula import formula
from revsim.formulas.stage_odds import logistic


@formula
def chance_renew(base: float, fit_part: float, oversold_part: float, handoff_part: float) -> float:
    """Chance that a customer renews; the parts are weight times quantity."""
    return logistic(base + fit_part - oversold_part - handoff_part)


@formula
def contract_growth(mean: float, fit_part: float, handoff_part: float) -> float:
    """Relative growth of a renewed contract, above -1."""
    growth = mean + fit_part - handoff_part
    return growth if growth > -0.9 else -0.9
