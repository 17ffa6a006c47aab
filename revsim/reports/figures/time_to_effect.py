"""How fast each remedy shows: paired effects by quarter since it began, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.gains import LOGS
from revsim.analysis.interval import Interval
from revsim.analysis.time_to_effect import Timing
from revsim.analysis.timing_words import NOT_COUNTED, PAID, SHOWN, amount, claim, relief_words, return_words
from revsim.reports.figures.picture import Picture
from revsim.reports.look import Look, looks_of
from revsim.reports.theme import FAINT, INK, WIDTH, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "time-to-effect"
PANEL = 1.9
MILLION = 1e6
LEGEND_CHARACTERS = 66  # of a row of names
NAME_CHARACTERS = 32
LEGEND_ROW = 0.24


def _points(one: Timing) -> list[Interval]:
    """Effects from the quarter on in which the remedy begins."""
    return one.effects[one.first :]


def _scaled(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], unit: str
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Percent, or millions."""
    return 100.0 * np.expm1(values) if unit == LOGS else values / MILLION


def _draw_line(axes: Axes, one: Timing, look: Look) -> None:
    """A line with its band of intervals."""
    points = np.asarray(_points(one))
    middle, low, high = (_scaled(points[:, k], one.timed.unit) for k in range(3))
    quarters = np.arange(1, len(points) + 1)
    axes.fill_between(quarters, low, high, color=look.colour, alpha=0.15, linewidth=0.0)
    axes.plot(
        quarters,
        middle,
        color=look.colour,
        linestyle=look.dash,
        marker=look.mark,
        markersize=5,
        linewidth=1.7,
        label=wrapped(one.scenario, NAME_CHARACTERS),
    )


def _draw(found: Sequence[Timing], looks: dict[str, Look], money: str) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    measures = [name for name in SHOWN if any(one.timed.measure == name for one in found)]
    names = list(dict.fromkeys(one.scenario for one in found))
    columns = min(len(names), max(1, LEGEND_CHARACTERS // max(len(name) + 8 for name in names)))
    legend = (
        LEGEND_ROW * ceil(len(names) / columns) * max(wrapped(name, NAME_CHARACTERS).count("\n") + 1 for name in names)
    )
    figure = Figure(figsize=(WIDTH, 0.8 + legend + PANEL * len(measures)), layout="constrained")
    grid = figure.subplots(len(measures), 1, sharex=True, squeeze=False)[:, 0]
    for axes, measure in zip(grid, measures, strict=True):
        own = [one for one in found if one.timed.measure == measure]
        for one in own:
            _draw_line(axes, one, looks[one.scenario])
        timed = own[0].timed
        axes.axhline(0.0, color=INK, linewidth=1.0)
        side = "lower is better" if timed.better == "lower" else "higher is better"
        left_out = f"; {NOT_COUNTED}" if measure == PAID else ""
        axes.set_title(f"{timed.title} ({side}{left_out})", loc="left", fontsize=9.5)
        axes.set_ylabel("%" if timed.unit == LOGS else f"M {money}", color=FAINT)
    longest = max(len(_points(one)) for one in found)
    grid[-1].set_xticks(range(1, longest + 1))
    grid[-1].set_xlabel("Quarter since the remedy began", color=FAINT)
    grid[0].legend(loc="lower left", bbox_to_anchor=(-0.02, 1.12), ncols=columns)
    return figure


def _rows(found: Sequence[Timing], money: str) -> list[list[str]]:
    """Each effect with its interval, then what is read off the path."""
    rows = []
    for one in found:
        about = [one.scenario, one.timed.title]
        for quarter, part in enumerate(_points(one), start=1):
            rows.append([*about, str(quarter), *(amount(end, one.timed.unit, money) for end in part)])
        rows.append([*about, "relief and fade", relief_words(one, money), "", ""])
        rows.append([*about, "worse before better", return_words(one, money), "", ""])
    return rows


def time_picture(found: Sequence[Timing], comparison: Comparison) -> Picture | None:
    """Panels below each other and their table; None where nothing is compared or there are too few replications."""
    shown = [one for one in found if one.timed.measure in SHOWN and one.timed.step == "quarter"]
    if not shown:
        return None
    looks = dict(zip(comparison.cube.scenarios, looks_of(comparison.cube.scenarios, comparison.base), strict=True))
    said, money = claim(shown), comparison.money
    subtitle = (
        "Paired effect of each quarter against the baseline, on the same luck; shaded: 95 % interval of that quarter. "
        "Quarter 1 is the one in which the remedy begins, whichever measured quarter that is. Made up: the "
        "running sum of effects stays above zero from then on; when net value, renewals and expansion in it, has paid "
        "for the remedy, by measured quarter, stands under what it costs and what it buys. Half-life: of the relief "
        "since the remedy began or was last renewed."
    )
    alt = f"Line charts of effects by quarter since each remedy began, one line for each scenario. {said}"
    columns = ["Scenario", "Measure", "Quarter since it began", "Effect", "from", "to"]
    return Picture(NAME, said, subtitle, alt, columns, _rows(shown, money), partial(_draw, shown, looks, money))
