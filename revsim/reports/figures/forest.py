"""A forest plot: one row a measure, one mark a scenario, its number and word at the right; panels by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from revsim.analysis.estimates import BETTER, WORSE
from revsim.analysis.interval import Interval
from revsim.reports.look import Look
from revsim.reports.theme import FAINT, GRID, INK, WIDTH, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE_CHARACTERS = 27
LEGEND_CHARACTERS = 45  # of all names, on one line
BULK = 0.75  # the share of marks that set the scale; whatever lies far beyond them is an arrow
ROOM = 2.0
SIGNS = {BETTER: "✓", WORSE: "✗"}


class Mark(NamedTuple):
    """One scenario's change, what is written beside it, and its word."""

    part: Interval
    text: str
    word: str


class Panel(NamedTuple):
    """Measures of one unit; `cut` where a few changes may be many times as large as the rest."""

    title: str
    rows: list[tuple[str, list[Mark]]]
    cut: bool


class Forest(NamedTuple):
    """What is drawn: scenarios, how they look, and the panels below each other."""

    names: list[str]
    looks: list[Look]
    panels: list[Panel]


def reach(panel: Panel) -> float:
    """Where the axis ends on both sides: wide enough for most marks, so that a few huge ones do not flatten them."""
    sizes = [abs(mark.part.estimate) for _, marks in panel.rows for mark in marks if np.isfinite(mark.part.estimate)]
    ends = [
        max(abs(mark.part.low), abs(mark.part.high))
        for _, marks in panel.rows
        for mark in marks
        if np.isfinite(mark.part.low)
    ]
    bulk = ROOM * float(np.quantile(sizes, BULK)) if panel.cut and sizes else np.inf
    # what is not far beyond the bulk is still shown
    near = [end for end in [*sizes, *ends] if end <= ROOM * bulk]
    return 1.05 * max([*near, 1e-9])


def _draw_mark(axes: Axes, mark: Mark, y: float, look: Look, end: float) -> None:
    """Interval and mark, cut at the axis; an arrow where the estimate itself lies beyond."""
    part = mark.part
    if np.isfinite(part.low):
        axes.plot(np.clip([part.low, part.high], -end, end), [y, y], color=look.colour, linewidth=1.7)
    beyond = abs(part.estimate) > end
    shown = (">" if part.estimate > 0.0 else "<") if beyond else look.mark
    face = look.colour if mark.word in SIGNS else "white"
    axes.plot(
        [float(np.clip(part.estimate, -end, end))],
        [y],
        marker=shown,
        markersize=6.5,
        markerfacecolor=face,
        markeredgecolor=look.colour,
        markeredgewidth=1.3,
        clip_on=False,
    )


def _write(axes: Axes, mark: Mark, y: float, look: Look) -> None:
    """Number and word right of the panel, at the mark's height, in its colour."""
    clear = mark.word in SIGNS
    axes.annotate(
        f"{mark.text}{' ' + SIGNS[mark.word] if clear else ''}",
        (1.0, y),
        (10, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        color=look.colour,
        fontweight="bold" if clear else "normal",
    )


def _draw_panel(axes: Axes, panel: Panel, looks: list[Look]) -> None:
    count, end, step = len(panel.rows), reach(panel), 1.0 / (len(looks) + 0.6)
    for place, (_, marks) in enumerate(panel.rows):
        for k, mark in enumerate(marks):
            y = count - 1 - place + step * ((len(marks) - 1) / 2.0 - k)
            _write(axes, mark, y, looks[k])
            if np.isfinite(mark.part.estimate):
                _draw_mark(axes, mark, y, looks[k], end)
        if place:
            axes.axhline(count - 0.5 - place, color=GRID, linewidth=0.7)
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=0)
    axes.set_xlim(-end, end)
    axes.set_ylim(-0.5, count - 0.5)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    axes.set_yticks(range(count - 1, -1, -1), [wrapped(title, TITLE_CHARACTERS) for title, _ in panel.rows], fontsize=9)
    axes.set_xlabel(panel.title, color=FAINT)


def draw(forest: Forest) -> Figure:
    """Panels below each other, as high as their rows; the legend above."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    counts = [len(panel.rows) for panel in forest.panels]
    row = max(0.19 * len(forest.names) + 0.1, 0.44)
    figure = Figure(figsize=(WIDTH, 1.0 + 0.6 * len(counts) + row * sum(counts)), layout="constrained")
    grid = figure.subplots(len(counts), 1, height_ratios=counts, squeeze=False)
    for axes, panel in zip(grid[:, 0], forest.panels, strict=True):
        _draw_panel(axes, panel, forest.looks)
    for name, look in zip(forest.names, forest.looks, strict=True):
        grid[0, 0].plot([], [], color=look.colour, marker=look.mark, markersize=6.5, label=wrapped(name, 32))
    columns = len(forest.names) if sum(map(len, forest.names)) <= LEGEND_CHARACTERS else 1
    grid[0, 0].legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=columns)
    return figure
