"""Both sides' frontiers: net value without renewals, and forecast variance, against what the programme costs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from revsim.analysis.frontier_rows import TITLES, Shown, amount
from revsim.analysis.interval import Interval
from revsim.analysis.words import percent, short, signed, together
from revsim.reports.figures.picture import Picture
from revsim.reports.look import ACCENTS
from revsim.reports.theme import FAINT, INK, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = dict(zip(TITLES, ACCENTS, strict=False))
PANELS = {
    "net_value_without_renewals": "Net value without renewals, {money} a quarter",
    "forecast_variance": "Forecast variance at mid-quarter, change in %",
}


def frontier_picture(rows: Sequence[Shown], money: str) -> Picture | None:
    """Two panels, a line a side; None without intervals."""
    if not all(np.isfinite(row.net_value_without_renewals.low) for row in rows):
        return None
    claim = _claim(rows, money)
    columns = ["Side", "Budget", "Cost", *(title.format(money=money) for title in PANELS.values())]
    cells = [
        [
            TITLES[row.asked.side],
            amount(row.asked.budget),
            short(row.cost.estimate),
            "{} ({} to {})".format(*together(row.net_value_without_renewals)),
            "{} ({} to {})".format(*(signed(percent(one)) for one in row.forecast_variance)),
        ]
        for row in rows
    ]
    return Picture(
        "frontier",
        claim,
        "The best mix found for each budget, by side, on luck that the search has not seen; 95 % intervals. The mix is "
        "chosen by the upper panel; below zero in the lower one the forecast is more reliable.",
        f"Two panels against the cost of the programme. {claim}",
        columns,
        cells,
        partial(_draw, rows, money),
    )


def _claim(rows: Sequence[Shown], money: str) -> str:
    """What the largest budget brings, and with which side."""
    largest = max(row.asked.budget for row in rows)
    best = max(
        (row for row in rows if row.asked.budget == largest), key=lambda row: row.net_value_without_renewals.estimate
    )
    net = together(best.net_value_without_renewals)[0]
    return f"Within {amount(largest)} {money} a quarter most comes of {TITLES[best.asked.side].lower()}: {net}."


def _draw(rows: Sequence[Shown], money: str) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    figure = Figure(figsize=(WIDTH, 6.0), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True)
    for axes, (name, title), scale in zip((upper, lower), PANELS.items(), (1.0, 100.0), strict=True):
        for side in dict.fromkeys(row.asked.side for row in rows):
            mine = sorted((row for row in rows if row.asked.side == side), key=lambda row: row.cost.estimate)
            parts = [Interval(*(scale * each for each in getattr(row, name))) for row in mine]
            _line(axes, side, [row.cost.estimate for row in mine], parts)
        axes.axhline(0.0, color=INK, linewidth=1.0)
        axes.set_title(title.format(money=money), fontsize=10, color=FAINT, loc="left")
    upper.yaxis.set_major_formatter(lambda value, _: short(value, 2))
    lower.xaxis.set_major_formatter(lambda value, _: short(value, 2))
    lower.set_xlabel(f"Cost of the programme, {money} a quarter", color=FAINT)
    figure.legend(*upper.get_legend_handles_labels(), loc="outside lower left", ncols=3)
    return figure


def _line(axes: Axes, side: str, costs: Sequence[float], parts: Sequence[Interval]) -> None:
    look, middle = LOOKS[side], [part.estimate for part in parts]
    axes.plot(costs, middle, look.mark, linestyle=look.dash, color=look.colour, label=TITLES[side])
    axes.vlines(costs, [part.low for part in parts], [part.high for part in parts], color=look.colour, linewidth=1.5)
