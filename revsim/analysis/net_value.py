"""Net value as a measure, without renewals and with them: what business contributes less what it costs.

Their effects are the balance's net values.
"""

from __future__ import annotations

import numpy as np

from revsim.analysis.balance import BUYS, CONTRIBUTES, COST, CUSTOMERS
from revsim.analysis.cube import Floats
from revsim.analysis.measure import Measure
from revsim.analysis.view import View

WITHOUT_RENEWALS = tuple(column for column in CONTRIBUTES if column not in BUYS[CUSTOMERS][1])


def _net(view: View, contributes: tuple[str, ...]) -> Floats:
    """(replication,): margin on what contributes less marketing, people and remedies; NaN without a margin."""
    brings, costs = (np.sum([view.quarter(name) for name in names], axis=0) for names in (contributes, COST))
    return np.asarray((view.cube.margin * brings - costs).mean(axis=1))


def net_value(view: View) -> Floats:
    """(replication,): of all business, a quarter."""
    return _net(view, CONTRIBUTES)


def net_of_new_business(view: View) -> Floats:
    """(replication,): of new business alone, a quarter."""
    return _net(view, WITHOUT_RENEWALS)


NET_OF_NEW_BUSINESS = Measure(
    "net_value_without_renewals",
    "Net value without renewals (contribution of new business less cost)",
    "money/quarter",
    "higher",
    "cost",
    net_of_new_business,
)
NET_VALUE = Measure(
    "net_value", "Net value (contribution of all business less cost)", "money/quarter", "higher", "cost", net_value
)
NET_VALUES = (NET_OF_NEW_BUSINESS, NET_VALUE)
