"""Net value as a measure: what business contributes less what it costs; its effect is the balance's net value."""

from __future__ import annotations

import numpy as np

from revsim.analysis.balance import CONTRIBUTES, COST
from revsim.analysis.cube import Floats
from revsim.analysis.measure import Measure
from revsim.analysis.view import View


def net_value(view: View) -> Floats:
    """(replication,): margin on all revenue less marketing, people and remedies, a quarter; NaN without a margin."""
    brings, costs = (np.sum([view.quarter(name) for name in names], axis=0) for names in (CONTRIBUTES, COST))
    return np.asarray((view.cube.margin * brings - costs).mean(axis=1))


NET_VALUE = Measure(
    "net_value", "Net value (contribution of all business less cost)", "money/quarter", "higher", "cost", net_value
)
