"""What forecast variance is made of, by week: parts stacked to the whole, and each part with its interval below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from revsim.analysis.forecasting import DATES
from revsim.analysis.interval import Interval
from revsim.analysis.parts import LEFT, LEVEL, SHARE, STRUCTURE, Told
from revsim.analysis.parts_words import number
from revsim.reports.figures.picture import Picture
from revsim.reports.look import ACCENTS
from revsim.reports.theme import FAINT, INK, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WEEK = 7  # the one that is claimed
REST, CHANCE = "what is left", "chance"
COLOURS = {REST: "#7b8690", CHANCE: "#bcc4cc"}
HATCHES = ("", "//", "", "\\\\")  # neighbours differ where hue is lost
ROW, BAR, STACK = 0.36, 0.62, 1.5


class Piece(NamedTuple):
    """A part of the variance at one week: what it adds (below zero: takes off), and whether that is clear."""

    part: str
    week: int
    adds: Interval
    clear: bool


def pieces(rows: Sequence[Told], of: str) -> list[Piece]:
    """Frictions, what is left without them, and chance where it is told apart from structure; weeks as in DATES."""
    found = [_piece(row) for row in rows if row.of == of and row.kind in (SHARE, LEFT)]
    if of == STRUCTURE:
        found += [_piece(row)._replace(part=CHANCE) for row in rows if row.of == CHANCE and row.kind == LEVEL]
    return sorted(found, key=lambda piece: (list(DATES).index(piece.week), piece.part == CHANCE, piece.part == REST))


def _piece(row: Told) -> Piece:
    """A friction's interval is the one that its word is said of."""
    if row.kind != SHARE:
        return Piece(REST, row.week, row.value, clear=row.value.clear)
    return Piece(row.part, row.week, row.wide, clear=row.wide.clear)


def _look(part: str, parts: Sequence[str]) -> tuple[str, str]:
    """Colour and hatch; what is no friction is grey."""
    place = parts.index(part)
    return (COLOURS[part], "") if part in COLOURS else (ACCENTS[place % 8].colour, HATCHES[place % len(HATCHES)])


def _stack(axes: Axes, found: Sequence[Piece], parts: Sequence[str]) -> None:
    """One bar of a week's parts; what takes off goes to the left of zero."""
    ends = [0.0, 0.0]
    for piece in found:
        size, side = piece.adds.estimate, int(piece.adds.estimate < 0.0)
        colour, hatch = _look(piece.part, parts)
        axes.barh(0, size, BAR, ends[side], color=colour, hatch=hatch, edgecolor="white", linewidth=0.8)
        ends[side] += size
    axes.set_ylim(-0.5, 0.5)
    axes.set_title(DATES[found[0].week].replace(" (", "\n("), fontsize=10, loc="left")


def _spread(axes: Axes, found: Sequence[Piece], parts: Sequence[str]) -> None:
    """Each part of a week from zero on, with its interval; filled mark where it is clear."""
    for piece in found:
        y = len(parts) - 1 - parts.index(piece.part)
        colour, hatch = _look(piece.part, parts)
        line = FAINT if piece.part in COLOURS else colour
        axes.barh(y, piece.adds.estimate, BAR, color=colour, hatch=hatch, edgecolor="white", alpha=0.45)
        axes.plot([piece.adds.low, piece.adds.high], [y, y], color=line, linewidth=1.7)
        face = line if piece.clear else "white"
        axes.plot([piece.adds.estimate], [y], "o", markersize=5.5, markerfacecolor=face, markeredgecolor=line)
    axes.set_ylim(-0.6, len(parts) - 0.4)
    axes.locator_params(axis="x", nbins=4)


def _draw(found: Sequence[Piece]) -> Figure:
    """A column a week on a scale of its own: what is a hundredth on day one is a tenth two weeks before the end."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    parts = list(dict.fromkeys(piece.part for piece in found))
    weeks = list(dict.fromkeys(piece.week for piece in found))
    figure = Figure(figsize=(WIDTH, 1.2 + ROW * (len(parts) + STACK)), layout="constrained")
    heights = [STACK, len(parts)]
    grid = figure.subplots(2, len(weeks), height_ratios=heights, sharex="col", sharey="row", squeeze=False)
    for column, week in enumerate(weeks):
        own = [piece for piece in found if piece.week == week]
        _stack(grid[0, column], own, parts)
        _spread(grid[1, column], own, parts)
    for axes in grid.flat:
        axes.axvline(0.0, color=INK, linewidth=1.0, zorder=3)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
    grid[0, 0].set_yticks([0], ["All parts"])
    grid[1, 0].set_yticks(range(len(parts)), [part[0].upper() + part[1:] for part in reversed(parts)])
    figure.supxlabel("Variance as a share of bookings squared; each week on its own scale", fontsize=10, color=FAINT)
    return figure


def _claim(found: Sequence[Piece], level: str, of: str) -> str:
    """The largest of the frictions that are clear, beside the level of what they are parts of."""
    what = f"{STRUCTURE if of == STRUCTURE else 'forecast variance'} {DATES[WEEK]}"
    clear = [
        piece
        for piece in found
        if piece.week == WEEK and piece.part not in COLOURS and piece.clear and piece.adds.estimate > 0.0
    ]
    if not clear:
        return f"No friction clearly adds to {what}, which is {level}."
    largest = max(clear, key=lambda piece: piece.adds.estimate)
    return f"Of {what}, {level}, the largest clear part is {largest.part}: {number(largest.adds, signed=False)}."


def _table(found: Sequence[Piece]) -> list[list[str]]:
    """A row a part and week, in the digits of the claim."""
    return [
        [DATES[piece.week], piece.part, *(f"{end:.4f}" for end in piece.adds), "clear" if piece.clear else "not clear"]
        for piece in found
    ]


def parts_picture(rows: Sequence[Told], of: str) -> Picture | None:
    """Stacked bars and their intervals; `of` is what is shared out. None without a week or without intervals."""
    found = pieces(rows, of)
    levels = {row.week: number(row.value, signed=False).split()[0] for row in rows if (row.of, row.kind) == (of, LEVEL)}
    if WEEK not in levels or not all(np.isfinite(piece.adds.low) for piece in found):
        return None
    claim = _claim(found, levels[WEEK], of)
    left = "what is left without all four" + ("; chance: what nobody could have known" if of == STRUCTURE else "")
    subtitle = (
        f"Above: what each friction adds (Shapley share), and {left}; left of zero: takes off. Below: the same with "
        "95 % intervals, those of frictions widened for their number. Filled mark: clear of zero; hollow: not clear."
    )
    cells = [*_table(found), *([DATES[week], f"all of {of}", level, "", "", ""] for week, level in levels.items())]
    alt = f"Stacked bars of the parts of forecast variance by week, and each part with its interval. {claim}"
    columns = ["Week", "Part", "adds", "from", "to", "in words"]
    return Picture("parts", claim, subtitle, alt, columns, cells, partial(_draw, found))
