"""Paired effects as a share of the baseline, with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from revsim.analysis.comparison import Comparison
from revsim.analysis.estimates import BETTER, WORSE, Row
from revsim.analysis.table import SHOWN
from revsim.analysis.words import percent, signed
from revsim.reports.figures.picture import Picture
from revsim.reports.theme import INK, WIDTH, colour, mark, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDEST = 2.0  # a share of the baseline beyond which a bar is cut off and marked with an arrow


def _rows(comparison: Comparison) -> list[list[Row]]:
    """The table's measures that have a relative effect with an interval in some scenario."""
    found = []
    for measures in SHOWN.values():
        for name in measures:
            rows = [comparison.row(own, name) for own in comparison.others]
            if any(np.isfinite(row.relative.low) for row in rows):
                found.append(rows)
    return found


def _cut(share: float) -> float:
    return 100.0 * min(max(share, -WIDEST), WIDEST)


def _draw(measures: list[list[Row]], comparison: Comparison) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    count, others = len(measures), comparison.others
    figure = Figure(figsize=(WIDTH, 1.6 + count * (0.34 + 0.12 * len(others))), layout="constrained")
    axes = figure.subplots()
    for k, own in enumerate(others):
        shift = 0.0 if len(others) == 1 else 0.22 - 0.44 * k / (len(others) - 1)
        look: dict[str, Any] = {"color": colour(own, comparison.base), "marker": mark(own)}
        label: str | None = wrapped(comparison.cube.scenarios[own], 32)
        for place, rows in enumerate(measures):
            part, y = rows[k].relative, count - 1 - place + shift
            if not np.isfinite(part.estimate):
                continue
            if np.isfinite(part.low):
                axes.plot([_cut(part.low), _cut(part.high)], [y, y], color=look["color"], linewidth=1.8)
            far = abs(part.estimate) > WIDEST
            shown = (">" if part.estimate > 0 else "<") if far else look["marker"]
            axes.plot([_cut(part.estimate)], [y], color=look["color"], marker=shown, markersize=6, linestyle="none")
        axes.plot([], [], **look, linewidth=1.8, markersize=6, label=label)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    axes.set_yticks(range(count - 1, -1, -1), [wrapped(rows[0].title, 40) for rows in measures])
    axes.set_ylim(-0.6, count - 0.4)
    axes.set_xlabel("Change against the baseline, %" + (" (arrow: beyond the scale)" if _beyond(measures) else ""))
    figure.legend(loc="outside lower left", ncols=min(3, len(others)))
    return figure


def _beyond(measures: list[list[Row]]) -> bool:
    return any(abs(row.relative.estimate) > WIDEST for rows in measures for row in rows)


def _claim(measures: list[list[Row]], comparison: Comparison) -> str:
    """How many of the measures move clearly, scenario by scenario, for the one that moves the headline most."""
    k = int(np.argmin([row.relative.estimate for row in measures[0]]))
    words = [rows[k].word for rows in measures]
    name = comparison.cube.scenarios[comparison.others[k]]
    return (
        f"“{name}” changes the headline by {signed(percent(measures[0][k].relative.estimate))}; of the {len(measures)} "
        f"measures shown, {words.count(BETTER)} are clearly better and {words.count(WORSE)} clearly worse."
    )


def effects_picture(comparison: Comparison) -> Picture | None:
    """A forest plot; None where there is nothing to compare or no interval."""
    measures = _rows(comparison)
    if not measures or not np.isfinite([row.relative.estimate for row in measures[0]]).all():
        return None
    columns = ["Measure"]
    for own in comparison.others:
        name = comparison.cube.scenarios[own]
        columns += [f"{name}: change", "from", "to", "in words"]
    rows = []
    for found in measures:
        cells = [found[0].title]
        for row in found:
            cells += [*(signed(percent(part)) for part in row.relative), row.word]
        rows.append(cells)
    claim = _claim(measures, comparison)
    subtitle = "Paired difference on the same luck as a share of the baseline's level, with 95 % intervals of the mean."
    alt = f"Changes of {len(measures)} measures against the baseline, with intervals. {claim}"
    return Picture("effects", claim, subtitle, alt, columns, rows, lambda: _draw(measures, comparison))
