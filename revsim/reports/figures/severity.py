"""Two pictures of a sweep of one factor: how variance and mean move with it, and what announces a missed quarter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from revsim.analysis.early_warning import CHANCE, NUMBER, Warned, farthest
from revsim.analysis.onset import COMMON, MEAN, SWING, SWING_COMMON, TITLES, VARIANCE, WHOLE, Onset
from revsim.analysis.signals import SIGNALS, WATCHED
from revsim.analysis.words import percent, rounded, together
from revsim.reports.figures.picture import Picture
from revsim.reports.look import ACCENTS, BASELINE
from revsim.reports.theme import FAINT, INK, WIDTH, wrapped
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = {
    VARIANCE: ACCENTS[0],
    COMMON: ACCENTS[1],
    SWING: ACCENTS[2],
    SWING_COMMON: ACCENTS[3],
    MEAN: BASELINE,
}
DAY_ONE = 13  # weeks ahead
COLUMNS = 3
TITLE_CHARACTERS = 26


def pictures(
    onsets: Sequence[Onset], warnings: Sequence[Warned], factor: str, start: str = "", ending: str = ""
) -> list[Picture]:
    """The pictures that have something to show; with what their claims begin and their names end."""
    found = [onset_picture(onsets, factor), warning_picture(warnings)]
    return [
        picture._replace(name=f"{picture.name}{ending}", claim=f"{start}{picture.claim}")
        for picture in found
        if picture is not None
    ]


def onset_picture(rows: Sequence[Onset], factor: str) -> Picture | None:
    """Change against the first level, over all quarters; None without intervals."""
    whole = [row for row in rows if row.quarter == WHOLE]
    if not any(np.isfinite(row.effect.low) for row in whole):
        return None
    top = max(row.level for row in whole)
    ends = {row.measure: _cells(row)[0] for row in whole if row.level == top}
    claim = (
        f"At {factor} {top:g} forecast variance at mid-quarter is {ends[VARIANCE]} against the first level, mean new "
        f"business {ends[MEAN]}."
    )
    cells = [[f"{row.level:g}", row.title, *_cells(row), "yes" if row.stays_clear else "no"] for row in whole]
    return Picture(
        "onset",
        claim,
        "Change against the first level on the same luck, over all quarters, with 95 % intervals. Filled: clear of "
        "zero from there on, by a search with one error rate; hollow: not.",
        f"Lines of change in percent by level of {factor}. {claim}",
        [factor, "Measure", "change", "from", "to", "stays clear of zero"],
        cells,
        partial(_draw_onset, whole, factor),
    )


def _cells(row: Onset) -> list[str]:
    return [f"{text} %" for text in together([100.0 * part for part in row.effect], money=False)]


def _draw_onset(rows: Sequence[Onset], factor: str) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    figure = Figure(figsize=(WIDTH, 4.6), layout="constrained")
    axes = figure.subplots()
    gap = 0.012 * (max(row.level for row in rows) - min(row.level for row in rows) or 1.0)
    for place, (measure, look) in enumerate(LOOKS.items()):
        own = [row for row in rows if row.measure == measure]
        at = np.asarray([row.level for row in own]) + gap * (place - 2)
        middle = np.asarray([100.0 * row.effect.estimate for row in own])
        ends = np.asarray([[100.0 * row.effect.low, 100.0 * row.effect.high] for row in own]).T
        axes.plot(at, middle, color=look.colour, linestyle=look.dash, linewidth=1.3, label=wrapped(TITLES[measure], 44))
        axes.vlines(at, ends[0], ends[1], color=look.colour, linewidth=1.5)
        for x, y, row in zip(at, middle, own, strict=True):
            face = look.colour if row.stays_clear else "white"
            axes.plot([x], [y], marker=look.mark, markersize=6, markerfacecolor=face, markeredgecolor=look.colour)
    axes.axhline(0.0, color=INK, linewidth=1.0, zorder=0)
    axes.set_xlabel(factor)
    axes.set_ylabel("Change against the first level, %")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, fontsize=8.5)
    return figure


def warning_picture(rows: Sequence[Warned]) -> Picture | None:
    """AUC by weeks ahead in the last scenario of the sweep, a panel a signal; None where nothing can be told."""
    scenario = rows[-1].scenario
    own = [row for row in rows if row.scenario == scenario]
    if not any(np.isfinite(row.area.low) for row in own):
        return None
    far = {signal: farthest(own, scenario, signal) for signal in WATCHED}
    start = {row.signal: row.area.estimate for row in own if row.weeks_ahead == DAY_ONE}
    best = max(SIGNALS, key=lambda signal: start[signal])
    claim = (
        f"At “{scenario}”, on day one, {SIGNALS[best][0].lower()} tells a missed quarter from another with an AUC of "
        f"{rounded(start[best])}, where a half is chance, the company's own number with {rounded(start[NUMBER])}."
    )
    cells = [
        [row.title, str(row.weeks_ahead), *(rounded(part) for part in row.area), str(far[row.signal])] for row in own
    ]
    share = percent(own[0].missed / max(own[0].quarters, 1))
    return Picture(
        "early-warning",
        claim,
        f"Area under the ROC curve within quarters, 95 % interval shaded; 0.5 is chance; grey: 95 % of what the signal "
        f"shows beside the fate of other replications. Bookings below plan by more than a tenth: {share} of quarters. "
        "Left of the dashed line the quarter has not begun. Thick: announces without a break up to the end.",
        f"Small panels of AUC by weeks ahead, one for each signal. {claim}",
        ["Signal", "weeks ahead", "AUC", "from", "to", "announces, weeks ahead"],
        cells,
        partial(_draw_warning, own),
    )


def _draw_warning(rows: Sequence[Warned]) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    lines = -(-len(WATCHED) // COLUMNS)
    figure = Figure(figsize=(WIDTH, 0.4 + 1.75 * lines), layout="constrained")
    grid = figure.subplots(lines, COLUMNS, sharex=True, sharey=True, squeeze=False)
    for place, (signal, (title, _)) in enumerate(WATCHED.items()):
        look = ACCENTS[0] if signal in SIGNALS else BASELINE
        _draw_panel(grid.flat[place], [row for row in rows if row.signal == signal], look.colour)
        grid.flat[place].set_title(wrapped(title, TITLE_CHARACTERS), fontsize=9, loc="left", color=look.colour)
    for axes in grid.flat[len(WATCHED) :]:
        axes.set_visible(False)
    figure.supxlabel("Weeks before the end of the quarter", fontsize=9.5, color=INK)
    figure.supylabel("Area under the ROC curve", fontsize=9.5, color=INK)
    return figure


def _draw_panel(axes: Axes, rows: Sequence[Warned], colour: str) -> None:
    at = np.asarray([row.weeks_ahead for row in rows])
    parts = np.asarray([row.area for row in rows])
    others = np.asarray([row.others for row in rows])
    axes.fill_between(at, others[:, 0], others[:, 1], color=FAINT, alpha=0.18, linewidth=0.0)
    axes.fill_between(at, parts[:, 1], parts[:, 2], color=colour, alpha=0.2, linewidth=0.0)
    axes.plot(at, parts[:, 0], color=colour, linewidth=1.0)
    told = np.asarray([row.announces for row in rows])
    axes.plot(at[told], parts[told, 0], color=colour, linewidth=2.8)
    axes.axhline(CHANCE, color=INK, linewidth=0.8, zorder=0)
    axes.axvline(WEEKS_PER_QUARTER + 0.5, color=FAINT, linewidth=1.0, linestyle=(0, (4, 3)), zorder=0)
    axes.set_xlim(26.5, 0.5)
    axes.set_ylim(0.2, 1.02)
    axes.set_xticks([26, 20, 13, 7, 1])
