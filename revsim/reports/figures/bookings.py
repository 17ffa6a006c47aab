"""How a quarter's bookings fall around the baseline's plan, in each scenario."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from revsim.analysis.comparison import Comparison
from revsim.analysis.curves import PERCENTILES, bookings_spread
from revsim.analysis.estimates import BETTER
from revsim.analysis.ranking import candidates
from revsim.analysis.words import STEPS, percent, short
from revsim.reports.figures.picture import Picture
from revsim.reports.look import looks_of
from revsim.reports.theme import INK, WIDTH, wrapped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def _draw(frame: pd.DataFrame, comparison: Comparison) -> Figure:
    """A thin bar from P5 to P95, a thick one from P25 to P75, a mark at the median; the plan as a line."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    count = len(frame)
    figure = Figure(figsize=(WIDTH, 1.7 + 0.62 * count), layout="constrained")
    axes = figure.subplots()
    scale, letter = next(((step, sign) for step, sign in STEPS if frame["p95"].max() >= step), (1.0, ""))
    looks = looks_of(comparison.cube.scenarios, comparison.base)
    for place, (_, row) in enumerate(frame.iterrows()):
        look, y = looks[place], count - 1 - place
        p5, p25, p50, p75, p95 = (row[f"p{p}"] / scale for p in PERCENTILES)
        axes.plot([p5, p95], [y, y], color=look.colour, linewidth=2.0, solid_capstyle="butt")
        axes.plot([p25, p75], [y, y], color=look.colour, linewidth=10.0, alpha=0.45, solid_capstyle="butt")
        axes.plot([p50], [y], color=look.colour, marker=look.mark, markersize=7)
    plan = frame["plan"].iloc[0] / scale
    axes.axvline(plan, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.annotate("plan", (plan, 1.0), xycoords=("data", "axes fraction"), xytext=(3, 2), textcoords="offset points")
    axes.set_yticks(range(count - 1, -1, -1), [wrapped(str(name), 24) for name in frame["scenario"]])
    axes.set_ylim(-0.6, count - 0.4)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(f"New business a quarter, {letter + ' ' if letter else ''}{comparison.money}")
    return figure


def _claim(frame: pd.DataFrame, comparison: Comparison) -> str:
    """The chance of making the plan; what is not clear is called so."""
    base = frame.iloc[comparison.base]
    start = f"“{base['scenario']}” meets its plan in {percent(base['plan_met'])} of quarters"
    if not comparison.others:
        return start + "."
    best = max(candidates(comparison.cube), key=lambda place: frame["plan_met"].iloc[place])
    if best == comparison.base:
        return f"{start}, no other scenario more often."
    said = f"“{frame['scenario'].iloc[best]}” the same plan in {percent(frame['plan_met'].iloc[best])}"
    word = comparison.row(best, "plan_met").word
    return f"{start}, {said}." if word == BETTER else f"{start}, no other scenario clearly more often: {said}, {word}."


def bookings_picture(comparison: Comparison) -> Picture:
    """One row a scenario, against the baseline's plan; a scenario alone against its own."""
    frame = bookings_spread(comparison)
    columns = ["Scenario", *(f"{p} of 100 quarters are below" for p in PERCENTILES), "Mean plan", "Plan met"]
    rows = [
        [
            str(row["scenario"]),
            *(short(row[f"p{p}"]) for p in PERCENTILES),
            short(row["plan"]),
            percent(row["plan_met"]),
        ]
        for _, row in frame.iterrows()
    ]
    claim = _claim(frame, comparison)
    plan = "the baseline's mean plan" if comparison.others else "the mean plan"
    subtitle = f"Thick bar: half of all quarters; thin bar: 90 of 100 quarters; mark: median; dashed: {plan}."
    alt = f"Ranges of a quarter's new business, beside {plan}. {claim}"
    return Picture("bookings", claim, subtitle, alt, columns, rows, partial(_draw, frame, comparison))
