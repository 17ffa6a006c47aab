"""Forecast error by week of the quarter: the absolute error, and the spread that is its variance's root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.curves import error_by_week
from revsim.analysis.words import percent
from revsim.reports.figures.picture import Picture
from revsim.reports.theme import INK, WIDTH, colour, dash, mark, wrapped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MID = 7


def _panel(axes: Axes, frame: pd.DataFrame, column: str, comparison: Comparison, title: str) -> None:
    """One line a scenario."""
    for place, name in enumerate(comparison.cube.scenarios):
        own = frame[frame["scenario"] == name]
        look: dict[str, Any] = {
            "color": colour(place, comparison.base),
            "linestyle": dash(place),
            "marker": mark(place),
        }
        axes.plot(own["week"], 100.0 * own[column], **look, markersize=4, linewidth=1.6, label=wrapped(name, 32))
        if column == "spread" and np.isfinite(own["chance"]).any():
            known = own[np.isfinite(own["chance"])]
            axes.scatter(known["week"], 100.0 * known["chance"], marker="_", s=160, color=look["color"])
    axes.set_title(title, loc="left", fontsize=10, color=INK)
    axes.set_xlabel("Week of the quarter")
    axes.set_ylabel("% of bookings")
    axes.set_xticks(range(1, 14, 2))
    axes.set_ylim(bottom=0.0)


def _draw(frame: pd.DataFrame, comparison: Comparison) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    figure = Figure(figsize=(WIDTH, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    _panel(left, frame, "wape", comparison, "Absolute error")
    floor = " (bars: chance alone)" if np.isfinite(frame["chance"]).any() else ""
    _panel(right, frame, "spread", comparison, f"Spread, ±{floor}")
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=min(3, len(labels)), handlelength=3.2)
    return figure


def _claim(frame: pd.DataFrame, comparison: Comparison) -> str:
    """Who is closest at mid-quarter, against the baseline."""
    middle = frame[frame["week"] == MID].set_index("scenario")["spread"]
    base = comparison.cube.scenarios[comparison.base]
    start = f"At mid-quarter “{base}” forecasts within ±{percent(middle[base])} of bookings"
    if not comparison.others or not np.isfinite(middle).all():
        return start + "."
    best = str(middle.idxmin())
    if best == base:
        return f"{start}, and no other scenario has a narrower spread."
    return f"{start}, “{best}” within ±{percent(middle[best])}."


def error_picture(comparison: Comparison) -> Picture:
    """Two panels, one line a scenario, and the table of both."""
    frame = error_by_week(comparison)
    columns = ["Week"]
    for name in comparison.cube.scenarios:
        columns += [f"{name}: absolute error", f"{name}: spread ±"]
    rows = []
    for week, part in frame.groupby("week"):
        cells = [str(week)]
        for name in comparison.cube.scenarios:
            own = part[part["scenario"] == name].iloc[0]
            cells += [percent(own["wape"]), percent(own["spread"])]
        rows.append(cells)
    claim = _claim(frame, comparison)
    subtitle = "Error of the company's number at the start of each week, in percent of the quarter's new business."
    alt = f"Two line charts of forecast error by week 1 to 13, one line for each scenario. {claim}"
    return Picture("forecast-error", claim, subtitle, alt, columns, rows, lambda: _draw(frame, comparison))
