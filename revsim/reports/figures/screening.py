"""What one step of each number moves an effect by, beside what chance does: mu_star with its interval, and sigma."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from revsim.analysis.screening import TOP
from revsim.analysis.screening_answers import MEASURES
from revsim.analysis.screening_table import DUMMY, Screening
from revsim.analysis.words import short
from revsim.reports.figures.picture import Picture
from revsim.reports.look import ACCENTS
from revsim.reports.theme import FAINT, INK, WIDTH, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "screening"
ROW, ROOM, LABEL = 0.42, 1.4, 44


class Bar(NamedTuple):
    """A number's mu_star with its interval, and sigma."""

    label: str
    mu_star: float
    low: float
    high: float
    sigma: float
    above: bool


def bars_of(found: Screening) -> list[Bar]:
    """The numbers of largest mu_star for the last scenario's first answer, and the dummy."""
    scenario = found.answers[-1][0]
    measure = next(measure for own, measure in found.answers if own == scenario)
    table = found.rows[(found.rows["scenario"] == scenario) & (found.rows["measure"] == measure)]
    first = table[table["number"] != DUMMY].sort_values("mu_star", ascending=False).head(TOP)
    rows = [*first.to_dict("records"), *table[table["number"] == DUMMY].to_dict("records")]
    return [Bar(*(row[name] for name in ("title", "mu_star", "low", "high", "sigma", "above_dummy"))) for row in rows]


def _draw(bars: list[Bar], unit: str) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    figure = Figure(figsize=(WIDTH, ROOM + ROW * len(bars)), layout="constrained")
    axes = figure.subplots()
    for place, bar in enumerate(bars):
        y = len(bars) - 1 - place
        colour = ACCENTS[0].colour if place < len(bars) - 1 else FAINT
        axes.plot([bar.low, bar.high], [y, y], color=colour, linewidth=1.8)
        face = colour if bar.above else "white"
        axes.plot(
            [bar.mu_star], [y], "o", markersize=6.0, markerfacecolor=face, markeredgecolor=colour,
            label="mu_star" if place == 0 else None,
        )  # fmt: skip
        axes.plot(
            [bar.sigma], [y], "x", markersize=6.0, color=INK, linestyle="none", label="sigma" if place == 0 else None
        )
    axes.axvline(bars[-1].mu_star, color=FAINT, linewidth=1.0, linestyle="--")
    axes.set_yticks(range(len(bars)), [wrapped(bar.label, LABEL) for bar in reversed(bars)], fontsize=8)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(f"Change of the effect over the whole range of a number, {unit}", color=FAINT)
    axes.legend(loc="lower right")
    return figure


def screening_picture(found: Screening) -> Picture:
    """The first numbers for one answer, beside the dummy."""
    scenario, bars = found.answers[-1][0], bars_of(found)
    measure = next(measure for own, measure in found.answers if own == scenario)
    asked = next(one for one in MEASURES if one.name == measure)
    above = [bar for bar in bars if bar.above]
    what = f"“{scenario}”'s effect on {asked.words}"
    chance = f"chance alone by {short(bars[-1].mu_star)}"
    claim = (
        f"{bars[0].label} moves {what} most: by {short(bars[0].mu_star)} ({asked.unit}), {chance}."
        if above
        else f"No number is told apart from chance in {what}; {chance}."
    )
    subtitle = (
        "Dot: mean size of the change (mu_star) with its 95 % interval, filled where it is above chance. "
        "Cross: its sd over companies (sigma). Dashed: chance."
    )
    rows = [
        [bar.label, *(short(value) for value in bar[1:5]), "above chance" if bar.above else "not told apart"]
        for bar in bars
    ]
    columns = ["Number", "mu_star", "from", "to", "sigma", "in words"]
    alt = f"Numbers by what a step of each moves, with intervals, beside a dummy. {claim}"
    return Picture(NAME, claim, subtitle, alt, columns, rows, partial(_draw, bars, asked.unit))
