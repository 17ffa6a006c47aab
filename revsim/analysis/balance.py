"""What a remedy costs in full beside what it buys, in money a quarter, and when it has paid for itself.

    net                  = margin (bookings + renewals + expansion) - marketing - people - remedy
    net_without_renewals = net - margin (renewals + expansion)
    net_with_error       = net - cost of forecast error

all as paired differences to the baseline. A customer renews a year after signing, and keeps the hand-off it got: in the
first year no remedy has moved any renewal, and a window of two years holds one renewal of those who signed in the
first. So net value is told without renewals first.

`net` has the cost of forecast error in it as it arises. `forecast_error_cost` (price_error of mechanisms/leadership.py)
is no payment: it values, beside the ledger, what the ledger holds. Too large a budget or too many seats are priced at
what they cost, and that is paid in `marketing_spend` and `people_cost` as far as it was spent; too small ones are
priced at the margin of the business that was not won, and that is missing from `bookings`. A seat that was decided and
not filled is priced by it and paid by nobody. Subtracting it counts it twice: it is a memo line. `net_with_error` takes
it off all the same, for those who doubt that the ledger shows the whole of it (seats that are filled after the window).
Where a remedy makes the error dearer that is the cautious value, where it makes it cheaper the generous one.

`remedy` is money for building and running, and hours at cost; those hours are paid as people already and missing from
selling already, so that counting them once more is on the safe side. Leakage and freed hours are not counted on top:
what they bring is in the bookings.

The certainty of payback is the bootstrap's about the mean of all companies; how many companies are ahead is told by
analysis/companies.py.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval
from revsim.analysis.companies import Companies, companies
from revsim.analysis.cube import FEWEST, Cube, Floats
from revsim.analysis.interval import Interval
from revsim.analysis.resample import DRAWS, counts, spans
from revsim.analysis.view import View

CUSTOMERS = "customers"
BUYS = {
    "new_business": ("Contribution of new business", ("bookings",)),
    CUSTOMERS: ("Contribution of renewals and expansion", ("renewed_value", "expansion_value")),
}
COSTS = {
    "marketing": ("Marketing", ("marketing_spend",)),
    "people": ("People", ("people_cost",)),
    "design": ("Design: build, running, hours at cost", ("remedy_cost_design",)),
    "coordination": ("Coordination: hours at cost", ("remedy_cost_coordination",)),
}
ERROR, ERROR_COLUMN = "forecast_error", "forecast_error_cost"
NET, WITHOUT_RENEWALS, WITH_ERROR, SURE = "net", "net_without_renewals", "net_with_error", 0.975
CONTRIBUTES = tuple(column for _, columns in BUYS.values() for column in columns)
COST = tuple(column for _, columns in COSTS.values() for column in columns)
TITLES = {name: title for name, (title, _) in (BUYS | COSTS).items()} | {
    WITHOUT_RENEWALS: "Net value without renewals and expansion",
    NET: "Net value, renewals and expansion in it",
    ERROR: "Memo: cost of forecast error, in the lines above already",
    WITH_ERROR: "Net value less the cost of forecast error once more",
}
COLUMNS = ("scenario", "item", "title", "estimate", "low", "high", "unit")


class Payback(NamedTuple):
    """Measured quarter from which on the mean of cumulative net value stays above zero; NaN: not within the window."""

    quarter: float
    low: float
    high: float
    probability: float  # that the mean of all companies pays back within the window; not a share of companies


class Longer(NamedTuple):
    """Net values against another scenario over more quarters, money a quarter, from so many replications."""

    quarters: int
    replications: int
    without_renewals: Interval
    value: Interval

    def titled(self) -> list[tuple[str, str, Interval]]:
        """Item, title and number, without renewals first."""
        over = f", over {self.quarters} quarters"
        return [
            (f"{name}_longer", f"{TITLES[name]}{over}", part)
            for name, part in ((WITHOUT_RENEWALS, self.without_renewals), (NET, self.value))
        ]


class Balance(NamedTuple):
    """A scenario against another: items in money a quarter (costs as minus), their sum, and single companies'."""

    scenario: str
    items: dict[str, Interval]
    payback: Payback
    payback_with_error: Payback
    companies: Companies
    by_quarter: Floats  # (replication, quarter), net
    longer: Longer | None = None

    def rows(self, money: str) -> list[tuple[str, str, str, float, float, float, str]]:
        """Rows of balance.csv."""
        found = [(self.scenario, name, TITLES[name], *part, f"{money}/quarter") for name, part in self.items.items()]
        if self.longer is not None:
            found += [
                (self.scenario, name, title, *part, f"{money}/quarter") for name, title, part in self.longer.titled()
            ]
        also = "the cost of forecast error taken off once more"
        for pay, ending, words in ((self.payback, "", ""), (self.payback_with_error, "_with_error", f", {also}")):
            title = f"Quarter from which on the mean has paid back{words}"
            found.append((self.scenario, f"payback_quarter{ending}", title, *pay[:3], "quarter"))
            title = f"Certainty that the mean pays back within the window{words}"
            sure = (pay.probability, np.nan, np.nan)
            found.append((self.scenario, f"mean_pays_back{ending}", title, *sure, "share"))
        for quarter, part in enumerate(self.companies.ahead, start=1):
            title = f"Companies ahead at the end of quarter {quarter}"
            found.append((self.scenario, f"companies_ahead_quarter_{quarter}", title, *part, "share"))
        title = "Companies ahead at the end of the window"
        found.append((self.scenario, "companies_ahead", title, *self.companies.at_the_end, "share"))
        for name, part in self.companies.percentiles.items():
            title = f"Net value of companies, {name[1:]}th percentile"
            found.append((self.scenario, f"net_{name}", title, *part, f"{money}/quarter"))
        return found


def parts(cube: Cube, own: int, base: int, margin: float) -> dict[str, Floats]:
    """Paired differences by item, (replication, quarter), costs as minus; net values and memo line last."""
    view = View(cube, own, base)

    def changed(columns: tuple[str, ...]) -> Floats:
        return np.asarray(sum(view.quarter(column) - view.base_quarter(column) for column in columns))

    found = {name: margin * changed(columns) for name, (_, columns) in BUYS.items()}
    found |= {name: -changed(columns) for name, (_, columns) in COSTS.items()}
    net, error = np.asarray(sum(found.values())), -changed((ERROR_COLUMN,))
    return found | {WITHOUT_RENEWALS: net - found[CUSTOMERS], NET: net, ERROR: error, WITH_ERROR: net + error}


def balance(cube: Cube, own: int, base: int, margin: float, longer: Cube | None = None) -> Balance:
    """The balance of a scenario; `margin` is the share of revenue that contributes, `longer` has more quarters."""
    by_item = parts(cube, own, base, margin)
    items = {name: interval.of_mean(values.mean(axis=1)) for name, values in by_item.items()}
    net, with_error = by_item[NET], by_item[WITH_ERROR]
    more = None if longer is None else longer_of(longer, own, base, margin)
    return Balance(cube.scenarios[own], items, payback(net), payback(with_error), companies(net), net, more)


def longer_of(cube: Cube, own: int, base: int, margin: float) -> Longer:
    """Net values of a scenario over all quarters of a cube."""
    found = parts(cube, own, base, margin)
    without, whole = (interval.of_mean(found[name].mean(axis=1)) for name in (WITHOUT_RENEWALS, NET))
    return Longer(len(cube.quarters), len(cube.replications), without, whole)


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


def balances(cube: Cube, base: int, margin: float, longer: Cube | None = None) -> list[Balance]:
    """Those of all scenarios but the baseline; `longer` has the same scenarios over more quarters."""
    return [balance(cube, own, base, margin, longer) for own in range(len(cube.scenarios)) if own != base]


def as_frame(found: list[Balance], money: str) -> pd.DataFrame:
    """The rows of balance.csv."""
    return pd.DataFrame([row for one in found for row in one.rows(money)], columns=[*COLUMNS])
