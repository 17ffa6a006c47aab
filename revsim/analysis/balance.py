"""What a remedy costs in full beside what it buys, in money a quarter, and when it has paid for itself.

    net = margin (bookings + renewals + expansion) - marketing - people - remedy - cost of forecast error

all as paired differences to the baseline. `remedy` is money for building and running, and hours at cost; those hours
are paid as people already and missing from selling already, so that counting them once more is on the safe side.
Leakage and freed hours are not counted on top: what they bring is in the bookings.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval
from revsim.analysis.cube import FEWEST, Cube, Floats
from revsim.analysis.interval import Interval
from revsim.analysis.resample import DRAWS, counts, spans
from revsim.analysis.view import View
from revsim.analysis.words import short

BUYS = {
    "new_business": ("Contribution of new business", ("bookings",)),
    "customers": ("Contribution of renewals and expansion", ("renewed_value", "expansion_value")),
}
COSTS = {
    "marketing": ("Marketing", ("marketing_spend",)),
    "people": ("People", ("people_cost",)),
    "design": ("Design: build, running, hours at cost", ("remedy_cost_design",)),
    "coordination": ("Coordination: hours at cost", ("remedy_cost_coordination",)),
    "forecast_error": ("Cost of forecast error", ("forecast_error_cost",)),
}
NET, SURE = "net", 0.975


class Payback(NamedTuple):
    """Measured quarter from which on the cumulative net value stays above zero; NaN: not within the window."""

    quarter: float
    low: float
    high: float
    probability: float  # of paying back within the window


class Balance(NamedTuple):
    """A scenario against the baseline: items in money a quarter (costs as minus), and their sum."""

    scenario: str
    items: dict[str, Interval]
    payback: Payback
    by_quarter: Floats  # (replication, quarter), net

    def rows(self, money: str) -> list[tuple[str, str, str, float, float, float, str]]:
        """Rows of balance.csv."""
        titles = {name: title for name, (title, _) in (BUYS | COSTS).items()} | {NET: "Net value"}
        found = [(self.scenario, name, titles[name], *part, f"{money}/quarter") for name, part in self.items.items()]
        pay = self.payback
        last = [
            (self.scenario, "payback_quarter", "Quarter of payback", pay.quarter, pay.low, pay.high, "quarter"),
            (
                self.scenario,
                "pays_back",
                "Chance to pay back within the window",
                pay.probability,
                np.nan,
                np.nan,
                "share",
            ),
        ]
        return [*found, *last]


def parts(cube: Cube, own: int, base: int, margin: float) -> dict[str, Floats]:
    """Paired differences by item, (replication, quarter); costs as minus."""
    view = View(cube, own, base)

    def changed(columns: tuple[str, ...]) -> Floats:
        return np.asarray(sum(view.quarter(column) - view.base_quarter(column) for column in columns))

    found = {name: margin * changed(columns) for name, (_, columns) in BUYS.items()}
    return found | {name: -changed(columns) for name, (_, columns) in COSTS.items()}


def balance(cube: Cube, own: int, base: int, margin: float) -> Balance:
    """The balance of a scenario; `margin` is the share of revenue that contributes."""
    by_item = parts(cube, own, base, margin)
    net = np.asarray(sum(by_item.values()))
    items = {name: interval.of_mean(values.mean(axis=1)) for name, values in (by_item | {NET: net}).items()}
    return Balance(cube.scenarios[own], items, payback(net), net)


def payback(net: Floats) -> Payback:
    """When the mean of cumulative net value, (replication, quarter), is above zero for good; edges by bootstrap.

    Resamples come in blocks, so that memory does not grow with their number times the replications.
    """
    total = np.cumsum(net, axis=1)
    here = float(first_above(total.mean(axis=0)[None])[0])
    n = len(net)
    if n < FEWEST:
        return Payback(here, np.nan, np.nan, np.nan)
    drawn = np.concatenate([first_above(counts(n, span) @ total / n) for span in spans(DRAWS, n)])
    never = np.isnan(drawn)
    ranked = np.sort(np.where(never, np.inf, drawn))
    low, high = (float(ranked[min(int(share * len(ranked)), len(ranked) - 1)]) for share in (1.0 - SURE, SURE))
    edges = [edge if np.isfinite(edge) else np.nan for edge in (low, high)]
    return Payback(here, edges[0], edges[1], float(1.0 - never.mean()))


def first_above(curves: Floats) -> Floats:
    """(curve,): number (from 1) of the quarter from which on a curve stays above zero; NaN if it ends below."""
    below = curves <= 0.0
    last = np.where(below.any(axis=1), curves.shape[1] - np.argmax(below[:, ::-1], axis=1), 0)
    return np.where(last < curves.shape[1], last + 1.0, np.nan)


def balances(cube: Cube, base: int, margin: float) -> list[Balance]:
    """Those of all scenarios but the baseline."""
    return [balance(cube, own, base, margin) for own in range(len(cube.scenarios)) if own != base]


def as_frame(found: list[Balance], money: str) -> pd.DataFrame:
    """The rows of balance.csv."""
    return pd.DataFrame(
        [row for one in found for row in one.rows(money)],
        columns=["scenario", "item", "title", "estimate", "low", "high", "unit"],
    )


def sentence(one: Balance, money: str) -> str:
    """The balance in words."""
    net, pay = one.items[NET], one.payback
    words = f"“{one.scenario}” is worth {short(net.estimate)} {money} a quarter net"
    if np.isfinite(net.low):
        words += f" ({short(net.low)} to {short(net.high)})"
    if np.isnan(pay.quarter):
        return f"{words}; it does not pay back within the window."
    last = "later" if np.isnan(pay.high) else f"{pay.high:.0f}"
    edge = "" if np.isnan(pay.low) else f" ({pay.low:.0f} to {last})"
    return f"{words}; it has paid for itself from quarter {pay.quarter:.0f} on{edge}."
