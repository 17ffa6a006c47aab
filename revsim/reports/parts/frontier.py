"""A frontier's tables on the page: what each mix costs and brings, and where its levers stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from revsim.analysis.frontier_rows import Shown
from revsim.analysis.interval import Interval
from revsim.analysis.words import bracket, percent, short, signed, together
from revsim.reports.facts import Sheet
from revsim.reports.page import Part
from revsim.scenario.address import leaf_of

WORTH = (
    "Paired differences to the base on the same random events, which the search has not seen, with 95 % intervals. "
    "Seen by the search: net value without renewals on the luck by which the mix was chosen."
)
MIXES = "Levers that some mix moves, and where they stand today. Rhythms are weeks; 0 is never."


def worth_part(rows: Sequence[Shown], money: str) -> Part:
    """A row a mix."""
    heads = ("Cost", "Net value without renewals", "Seen by the search", "Net value")
    cells = [
        [
            row.asked.scenario,
            short(row.cost.estimate),
            _sum(row.net_value_without_renewals),
            signed(short(row.asked.in_search)),
            _sum(row.net_value),
            _change(row.forecast_variance),
            _change(row.forecast_variance_common),
        ]
        for row in rows
    ]
    columns = [
        "Mix",
        *(f"{head}, {money} a quarter" for head in heads),
        "Forecast variance",
        "Forecast variance, same bookings",
    ]
    return Part("What the best mixes bring", WORTH, Sheet(columns, cells))


def mix_part(frontier: pd.DataFrame, today: Mapping[str, float]) -> Part:
    """A row a lever that moves, a column a mix."""
    moved = [address for address, value in today.items() if (frontier[address] != value).any()]
    cells = [
        [leaf_of(address).title, f"{today[address]:g}", *(f"{value:g}" for value in frontier[address])]
        for address in moved
    ]
    return Part("What the best mixes are", MIXES, Sheet(["Lever", "Today", *frontier["scenario"]], cells))


def _sum(part: Interval) -> str:
    middle, low, high = together(part)
    return f"{middle}{bracket(low, high)}"


def _change(part: Interval) -> str:
    middle, low, high = (signed(percent(one)) for one in part)
    return f"{middle}{bracket(low, high)}"
