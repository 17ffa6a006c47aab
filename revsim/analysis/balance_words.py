"""A balance in words, and the lines of its table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from revsim.analysis.balance import NET, TITLES, WITH_ERROR, WITHOUT_RENEWALS, Balance, Payback
from revsim.analysis.interval import Interval
from revsim.analysis.net_words import Net, both_words, longer_words
from revsim.analysis.resample import DRAWS
from revsim.analysis.words import bracket, chance, percent, short, signed

CLOCK = (
    "Paid for itself is said of net value, renewals and expansion in it, by measured quarter; the figure of effects by "
    "quarter since a remedy began says when new business alone, at its full value, has made up for the cost."
)
SHARES = {
    "p10": "One company in ten is below",
    "p50": "Half of the companies are below",
    "p90": "Nine in ten are below",
}


def worth(one: Balance, money: str) -> str:
    """Net value without renewals and with them, and that with the cost of forecast error taken off once more."""
    net, also = Net(one.items[NET], one.items[WITHOUT_RENEWALS]), one.items[WITH_ERROR]
    again = f"{signed(short(also.estimate))} with the cost of forecast error taken off once more"
    return f"{both_words(net, money)} ({again}){longer_words(one.longer, money)}"


def paid_back(one: Balance) -> str:
    """On average, and by company."""
    pay, part = one.payback, one.companies.at_the_end
    edges = bracket(percent(part.low), percent(part.high), " ({} to {})")
    ahead = f"{percent(part.estimate)} of companies{edges} are ahead at the end of the window"
    if np.isnan(pay.quarter):
        return f"on average it does not pay back within the window; {ahead}"
    last = "later" if np.isnan(pay.high) else f"{pay.high:.0f}"
    edge = "" if np.isnan(pay.low) else bracket(f"{pay.low:.0f}", last, " ({} to {})")
    return f"on average it has paid for itself from measured quarter {pay.quarter:.0f} on{edge}; {ahead}"


def sentence(one: Balance, money: str) -> str:
    """The balance in words."""
    return f"“{one.scenario}” is worth {worth(one, money)}; {paid_back(one)}."


def lines(found: Sequence[Balance]) -> list[list[str]]:
    """The rows of the report's table: a title and a cell a scenario."""
    rows = [[title, *(amount(one.items[name]) for one in found)] for name, title in TITLES.items()]
    rows += _longer(found)
    rows.append(["Paid back on average from measured quarter", *(_quarter(one.payback) for one in found)])
    rows.append(
        ["The same, error's cost taken off once more", *(_quarter(one.payback_with_error) for one in found)],
    )
    for quarter in range(len(found[0].companies.ahead) - 1):
        title = f"Companies ahead at the end of quarter {quarter + 1}"
        rows.append([title, *(_share(one.companies.ahead[quarter]) for one in found)])
    rows.append(["Companies ahead at the end of the window", *(_share(one.companies.at_the_end) for one in found)])
    rows += [
        [f"{words} (net value)", *(amount(one.companies.percentiles[name]) for one in found)]
        for name, words in SHARES.items()
    ]
    return rows


def _longer(found: Sequence[Balance]) -> list[list[str]]:
    """Net values over more quarters, where all have them."""
    told = [one.longer.titled() for one in found if one.longer is not None]
    if len(told) < len(found):
        return []
    return [[title, *(amount(each[k][2]) for each in told)] for k, (_, title, _) in enumerate(told[0])]


def amount(part: Interval) -> str:
    """A sum with its interval."""
    estimate, low, high = (short(each) for each in part)
    return f"{estimate}{bracket(low, high)}"


def _share(part: Interval) -> str:
    """A share with its interval."""
    estimate, low, high = (percent(each) for each in part)
    return f"{estimate}{bracket(low, high)}"


def _quarter(pay: Payback) -> str:
    """When the mean has paid for itself, and how certain it is that it does."""
    if np.isnan(pay.quarter):
        return f"not within the window (certainty that it does {chance(pay.probability, DRAWS)})"
    return f"{pay.quarter:.0f} (certainty that the mean pays back {chance(pay.probability, DRAWS)})"
