"""The picture of warmup.py, in the look of the report's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from revsim.analysis.words import count_of, percent
from revsim.reports.look import ACCENTS, BASELINE
from revsim.reports.theme import FAINT, WIDTH, add_claim, as_svg, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from warmup import Series

LOOKS = {"status-quo": BASELINE, "maven": ACCENTS[0], "olist": ACCENTS[1]}
NAMES = {"status-quo": "Status quo", "maven": "Maven", "olist": "Olist"}
ACROSS, TOP, EVERY, NEAR = 3, 20.0, 6, 0.25


def save(found: Sequence[Series], path: Path) -> None:
    """One panel an output, one line a company."""
    names = list(dict.fromkeys(one.output for one in found))
    main = [one for one in found if one.company == "status-quo"]
    with styled("warmup"):
        figure = Figure(figsize=(WIDTH, 4.9), layout="constrained")
        panels = figure.subplots(-(-len(names) // ACROSS), ACROSS, sharex=True, sharey=True, squeeze=False)
        for axes, name in zip(panels.flat, names, strict=True):
            _panel(axes, [one for one in found if one.output == name], name)
        for axes in panels[:, 0]:
            axes.set_ylabel("Score, least = 1")
        for axes in panels[-1]:
            axes.set_xlabel("Quarters cut")
        lines, labels = panels.flat[0].get_legend_handles_labels()
        figure.legend(lines, labels, loc="outside lower center", ncols=len(labels))
        add_claim(figure, _claim(main), _subtitle(main[0]))
        path.write_bytes(as_svg(figure))


def _claim(main: Sequence[Series]) -> str:
    """For which outputs of the status quo a longer warm-up would gain little."""
    near = [one.lost for one in main if one.lost < NEAR]
    far = [one.output for one in main if one.lost >= NEAR]
    but = f" but {' and '.join(far)}" if far else ""
    quarters = count_of(main[0].shipped, "quarter")
    return f"After {quarters} MSER-5 is within {percent(max(near))} of its least for all outputs of the status quo{but}"


def _subtitle(main: Series) -> str:
    return (
        "MSER-5: squared standard error of the mean of what a cut leaves, on mean paths of 100 replications from the "
        f"first day, no growth. Marks: its least. Shaded: what a run leaves out, {main.shipped} quarters; "
        "dashed line: 3 quarters, that of the fitted companies."
    )


def _panel(axes: Axes, found: Sequence[Series], name: str) -> None:
    main = next(one for one in found if one.company == "status-quo")
    axes.axvspan(0.0, main.shipped, color=FAINT, alpha=0.13, linewidth=0.0)
    for cut in {one.shipped for one in found} - {main.shipped}:
        axes.axvline(cut, color=FAINT, linewidth=1.0, linestyle=(0, (4, 3)))
    for one in found:
        look, shares = LOOKS[one.company], one.scores / one.scores.min()
        axes.semilogy(
            one.cuts,
            shares,
            color=look.colour,
            linestyle=look.dash,
            linewidth=1.6,
            marker=look.mark,
            markevery=[int(np.argmin(shares))],
            markersize=7,
            markeredgecolor="white",
            label=NAMES[one.company],
        )
    axes.set_title(name.capitalize(), loc="left", fontsize=10, fontweight="bold")
    axes.set_ylim(0.85, TOP)
    axes.set_xlim(0.0, main.cuts[-1] + 1.0)  # marks at the edge stay whole
    axes.set_xticks(np.arange(0.0, main.cuts[-1], EVERY))
    axes.set_yticks([1.0, 2.0, 5.0, 10.0, 20.0], ["1", "2", "5", "10", "20"])
    axes.minorticks_off()
