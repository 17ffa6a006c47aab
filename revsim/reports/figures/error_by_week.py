"""Spread of the forecast's error by week of the quarter: the root of forecast variance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.curves import error_by_week
from revsim.analysis.estimates import BETTER
from revsim.analysis.ranking import candidates, control_of
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import miss, percent
from revsim.reports.figures.labels import Label, apart
from revsim.reports.figures.picture import Picture
from revsim.reports.look import looks_of
from revsim.reports.theme import FAINT, WIDTH, wrapped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MID, LAST = 7, 13
NAME_CHARACTERS = 20
HEIGHT = 4.4
MANY, KEPT_END = 8, 6  # from how many scenarios on names are cut, and how much of their end stays
FITTING = 12  # lines of names that have room beside the lines' ends at this height
CHANCE = "^"  # hollow; no line has this mark


def _named(comparison: Comparison, place: int) -> str:
    """A line's label; the control says what it is."""
    name = comparison.cube.scenarios[place]
    if len(comparison.cube.scenarios) > MANY:
        return _cut(name)
    floor = place == control_of(comparison.cube, comparison.base)
    return wrapped(f"{name}: no friction at all" if floor else name, NAME_CHARACTERS)


def _cut(name: str) -> str:
    """A name on one line: its start and its end, as names of many scenarios often differ there only."""
    return name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - KEPT_END]}…{name[-KEPT_END:]}"


def _draw_lines(axes: Axes, frame: pd.DataFrame, comparison: Comparison) -> list[Label]:
    """One line a scenario with its band; the control filled from below."""
    labels = []
    looks, floor = looks_of(comparison.cube.scenarios, comparison.base), control_of(comparison.cube, comparison.base)
    for place, name in enumerate(comparison.cube.scenarios):
        own, look = frame[frame["scenario"] == name], looks[place]
        week, spread = own["week"].to_numpy(), 100.0 * own["spread"].to_numpy()
        if place == floor:
            axes.fill_between(week, 0.0, spread, color=look.colour, alpha=0.08, linewidth=0.0)
        elif np.isfinite(own["low"]).any():
            axes.fill_between(week, 100.0 * own["low"], 100.0 * own["high"], color=look.colour, alpha=0.13, linewidth=0)
        axes.plot(week, spread, color=look.colour, linestyle=look.dash, marker=look.mark, markersize=5, linewidth=1.7)
        axes.scatter(week, 100.0 * own["chance"], marker=CHANCE, s=46, facecolors="none", edgecolors=look.colour)
        labels.append(Label(_named(comparison, place), float(spread[-1]), look))
    return labels


def _name_chance(axes: Axes, frame: pd.DataFrame) -> None:
    """One mark of chance is named: the lowest at mid-quarter, which has most room below."""
    there = frame[np.isfinite(frame["chance"])]
    if there.empty:
        return
    middle = there[there["week"] == MID]
    one = (there if middle.empty else middle).sort_values("chance").iloc[0]
    axes.annotate(
        "chance",
        (one["week"], 100.0 * one["chance"]),
        (8, -3),
        textcoords="offset points",
        va="top",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.8},
    )


def _write_labels(axes: Axes, labels: list[Label], per_line: float) -> None:
    """Names right of the lines' ends, moved apart where ends lie together, each with a thin leader."""
    for label, end in zip(labels, apart(labels, per_line), strict=True):
        at = (LAST + 0.75, end)
        axes.plot([LAST + 0.15, at[0]], [label.at, end], color=label.look.colour, linewidth=0.8, clip_on=False)
        axes.plot([at[0] + 0.1], [end], color=label.look.colour, marker=label.look.mark, markersize=6, clip_on=False)
        axes.annotate(
            label.text,
            at,
            (8, 0),
            textcoords="offset points",
            va="center",
            color=label.look.colour,
            fontweight="bold",
            annotation_clip=False,
        )


def _draw(frame: pd.DataFrame, comparison: Comparison) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    lines = sum(_named(comparison, place).count("\n") + 1 for place in range(len(comparison.cube.scenarios)))
    high = HEIGHT * max(1.0, lines / FITTING)
    figure = Figure(figsize=(WIDTH, high), layout="constrained")
    axes = figure.subplots()
    labels = _draw_lines(axes, frame, comparison)
    _name_chance(axes, frame)
    top = 1.08 * 100.0 * float(np.nanmax(np.append(frame[["spread", "high"]].to_numpy(), 0.0)))
    axes.set_ylim(0.0, top if top > 0.0 else 1.0)
    axes.set_xlim(0.6, LAST + 0.15)
    axes.axvline(MID, color=FAINT, linewidth=1.2, linestyle=(0, (4, 3)), zorder=0)
    axes.annotate(
        "week 7, mid-quarter:\nthe headline",
        (MID, 1.0),
        (4, -4),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="top",
        color=FAINT,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
    )
    axes.set_xlabel("Week of the quarter (at its start)")
    axes.set_ylabel("Spread of the error, ± % of bookings")
    axes.set_xticks(range(1, LAST + 1))
    _write_labels(axes, labels, axes.get_ylim()[1] * HEIGHT / (16.0 * high))
    return figure


def _claim(frame: pd.DataFrame, comparison: Comparison) -> str:
    """Who is closest at mid-quarter, against the baseline; what is not clear is called so."""
    middle = frame[frame["week"] == MID]["spread"].to_numpy()
    names, base = comparison.cube.scenarios, comparison.base
    start = f"At mid-quarter “{names[base]}” misses bookings by {miss(middle[base])}"
    if not comparison.others or not np.isfinite(middle).all():
        return start + "."
    best = min(candidates(comparison.cube), key=lambda place: middle[place])
    if best == base:
        return f"{start}, and no other scenario has a narrower spread."
    said, word = f"“{names[best]}” by ±{percent(middle[best])}", comparison.row(best, HEADLINE).word
    return f"{start}, {said}." if word == BETTER else f"{start}, no other scenario by clearly less: {said}, {word}."


def _subtitle(comparison: Comparison, *, with_chance: bool) -> str:
    """What is drawn, and of what the bands are intervals."""
    band = "Shaded: 95 % interval of the difference to the baseline, on the same luck."
    if not comparison.others:
        band = "Shaded: its 95 % interval."
    return (
        "Spread: standard deviation of the company's number at the start of a week less what the quarter then books, "
        f"in % of bookings; its square is forecast variance. {band}"
        f"{' Hollow triangles: chance, which nobody could have known, by continuations.' if with_chance else ''}"
    )


def error_picture(comparison: Comparison) -> Picture | None:
    """One panel, one line a scenario, and its table; None where a single replication has no spread."""
    frame = error_by_week(comparison)
    if not np.isfinite(frame["spread"]).any():
        return None
    names = comparison.cube.scenarios
    columns = ["Week"]
    for place, name in enumerate(names):
        banded = place != comparison.base or not comparison.others
        columns += [f"{name}: spread ±", *(["from", "to"] if banded else [])]
    rows = []
    for week, part in frame.groupby("week"):
        cells = [str(week)]
        for place in range(len(names)):
            own = part.iloc[place]
            banded = place != comparison.base or not comparison.others
            cells += [percent(own[column]) for column in (("spread", "low", "high") if banded else ("spread",))]
        rows.append(cells)
    claim = _claim(frame, comparison)
    alt = f"Line chart of the forecast error's spread by week 1 to 13, one line for each scenario. {claim}"
    return Picture(
        "forecast-error",
        claim,
        _subtitle(comparison, with_chance=bool(np.isfinite(frame["chance"]).any())),
        alt,
        columns,
        rows,
        partial(_draw, frame, comparison),
    )
