"""Each lever's share of a design's effect: exact average, alone, and last in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from revsim.analysis.attribution import Attribution
from revsim.analysis.gains import LOGS
from revsim.analysis.shares import sentences, table, told
from revsim.analysis.words import short
from revsim.reports.figures.picture import Picture
from revsim.reports.look import ACCENTS
from revsim.reports.theme import FAINT, INK, WIDTH, wrapped
from revsim.scenario.levers import TITLES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW, THOUSAND = 0.55, 1e3
MARKS = (("alone", "o", "white"), ("last in", "s", "white"))


def _axis(found: Attribution) -> tuple[float, str]:
    """Scale and label of the axis."""
    game = found.game
    if game.unit == LOGS:
        return 100.0, "Change, log points (shares add up)"
    return (100.0, "Change, points") if game.unit == "share" else (1.0, f"Change, {game.unit}")


def _draw(found: Attribution) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    scale, label = _axis(found)
    order = found.order[::-1]
    figure = Figure(figsize=(WIDTH, 1.3 + ROW * (len(order) + 1)), layout="constrained")
    axes = figure.subplots()
    look = ACCENTS[0]
    for y, k in enumerate(order, start=1):
        part = found.shares[k].effect
        axes.barh(y, scale * part.estimate, height=0.5, color=look.colour, alpha=0.35)
        if np.isfinite(part.low):
            axes.plot([scale * part.low, scale * part.high], [y, y], color=look.colour, linewidth=2.0)
        for (name, mark, face), others in zip(MARKS, (found.alone, found.last_in), strict=True):
            axes.plot(
                [scale * others[k].effect.estimate],
                [y],
                mark,
                markersize=6.0,
                markerfacecolor=face,
                markeredgecolor=INK,
                linestyle="none",
                label=name if y == 1 else None,
            )
    whole = found.whole.effect
    axes.barh(0, scale * whole.estimate, height=0.5, color=FAINT, alpha=0.35)
    if np.isfinite(whole.low):
        axes.plot([scale * whole.low, scale * whole.high], [0, 0], color=FAINT, linewidth=2.0)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    names = [TITLES[found.shares[k].lever] for k in order]
    axes.set_yticks(range(len(order) + 1), ["All together", *(wrapped(name, 24) for name in names)])
    axes.grid(axis="y", visible=False)
    axes.xaxis.set_major_formatter(lambda value, _: short(value) if abs(value) >= THOUSAND else f"{value:g}")
    axes.set_xlabel(label, color=FAINT)
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2)
    return figure


def name_of(measure: str) -> str:
    """The name of a measure's picture."""
    return f"attribution-{measure.replace('_', '-')}"


def attribution_picture(found: Attribution) -> Picture:
    """Bars with intervals, and their table."""
    head, *rows = table(found, TITLES)
    claim = " ".join(sentences(found, TITLES)[:2])
    subtitle = (
        "Bars: each lever's exact Shapley share of the effect, the mean over all orders in which levers may come, with "
        "its 95 % interval; shares add up to the whole. Circles: the lever alone; squares: added to all others."
    )
    rows = [*rows, ("All together, not as a logarithm", told(found.whole.effect, found.game.unit), "", "", "", "")]
    columns = [cell or "Word" for cell in head]
    alt = f"Bar chart of the share of each design lever. {claim}"
    return Picture(
        name_of(found.game.measure), claim, subtitle, alt, columns, [list(row) for row in rows], partial(_draw, found)
    )
