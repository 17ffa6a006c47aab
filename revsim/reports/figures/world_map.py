"""Worlds as points over the two assumptions that move a contest most, coloured by who wins it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from revsim.analysis.words import percent, rounded
from revsim.analysis.worlds.contests import LOSES, UNDECIDED, VARIANCE, WINS
from revsim.analysis.worlds.findings import STARRED, Asked, Findings
from revsim.analysis.worlds.phrasing import ON
from revsim.analysis.worlds.shares import ALL
from revsim.reports.figures.picture import Picture
from revsim.reports.figures.scale import Scale, scale_of
from revsim.reports.look import Look, looks_of
from revsim.reports.theme import INK, WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NEITHER = Look("#8a939c", "o", "-", "●")
HEIGHT = 5.2


class Kind(NamedTuple):
    """One outcome: its name in the legend, its look, and the worlds it happened in."""

    name: str
    look: Look
    places: pd.DataFrame  # x, y


class Map(NamedTuple):
    """The two axes, the outcomes, and the bounds of the rule that lie on these axes."""

    x: Scale
    y: Scale
    kinds: list[Kind]
    bounds: list[tuple[str, float]]  # ("x" or "y", where)


def _draw(shown: Map) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
    axes = figure.subplots()
    for kind in shown.kinds:
        is_filled = kind.look is not NEITHER
        axes.scatter(
            kind.places["x"], kind.places["y"], marker=kind.look.mark, s=42, linewidths=1.2,
            facecolors=kind.look.colour if is_filled else "none", edgecolors=kind.look.colour, label=kind.name,
        )  # fmt: skip
    for side, where in shown.bounds:
        (axes.axvline if side == "x" else axes.axhline)(where, color=INK, linewidth=1.0, linestyle=(0, (4, 3)))
    axes.set_xlabel(shown.x.label)
    axes.set_ylabel(shown.y.label)
    if shown.x.ticks:
        axes.set_xticks([*shown.x.ticks], [*shown.x.ticks.values()])
    if shown.y.ticks:
        axes.set_yticks([*shown.y.ticks], [*shown.y.ticks.values()])
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, fontsize=9, borderaxespad=0.2)
    return figure


def _kinds(points: pd.DataFrame, main: tuple[str, str], asked: Asked) -> list[Kind]:
    names = list(asked.names.scenarios)
    looks = dict(zip(names, looks_of(names, names.index(asked.names.baseline)), strict=True))
    told = (
        (WINS, f"“{main[0]}” wins", looks[main[0]]),
        (LOSES, f"“{main[1]}” wins", looks[main[1]]),
        (UNDECIDED, "undecided", NEITHER),
    )
    kinds = []
    for word, name, look in told:
        places = points.loc[points["word"] == word, ["x", "y"]]
        kinds.append(Kind(f"{name} ({len(places)})", look, places))
    return kinds


def world_map(found: Findings, asked: Asked) -> Picture | None:
    """The map of the main contest on variance; None if no axis moves it, or no world was judged."""
    own, rival = found.main
    strong = found.strengths
    mine = strong[
        (strong["scenario"] == own) & (strong["against"] == rival) & (strong["criterion"] == VARIANCE)
    ].dropna(subset=["rho"])
    if len(mine) < 2:  # noqa: PLR2004 - a map has two axes
        return None
    told = {axis.name: axis for axis in asked.axes}
    x, y = (scale_of(told[name], asked.draws[name]) for name in mine["axis"][:2])
    contests = found.contests
    here = contests[
        (contests["scenario"] == own) & (contests["against"] == rival) & (contests["criterion"] == VARIANCE)
    ].set_index("world")
    points = pd.DataFrame({"x": x.places, "y": y.places, "word": here["word"]}).dropna()
    shown = Map(x, y, _kinds(points, found.main, asked), _bounds(found, x, y, asked))
    (row,) = (
        each
        for each in found.shares[found.shares["among"] == ALL].to_dict("records")
        if (each["scenario"], each["against"], each["criterion"]) == (own, rival, VARIANCE)
    )
    claim = (
        f"On {ON[VARIANCE]}, “{own}” clearly beats “{rival}” in {percent(row[f'{WINS}_share'], 2)} of "
        f"{int(row['worlds'])} worlds and loses in {percent(row[f'{LOSES}_share'], 2)}."
    )
    subtitle = _subtitle(shown, [float(value) for value in mine["rho"][:2]])
    columns = ["World", x.axis.title, y.axis.title, f"“{own}” against “{rival}”"]
    rows = [
        [str(world), x.said(world), y.said(world), str(word)]
        for world, word in zip(points.index.tolist(), points["word"], strict=True)
    ]
    alt = f"Worlds over “{x.axis.title}” and “{y.axis.title}”, marked by who wins. {claim}"
    return Picture("worlds", claim, subtitle, alt, columns, rows, partial(_draw, shown))


def _subtitle(shown: Map, rho: list[float]) -> str:
    """What is drawn; of dashes and marks only where there are some."""
    across, up = (rounded(value, 2) for value in rho)
    scales = (shown.x, shown.y)
    parts = [
        "One point a world; the two assumptions that move the contest most.",
        f"Rank correlation with its effect: {across} across, {up} up.",
        "Around a word points are spread so that none hides another." if any(one.ticks for one in scales) else "",
        "Dashed: bounds of a rule found on these axes." if shown.bounds else "",
        STARRED if any(one.axis.evidence for one in scales) else "",
    ]
    return " ".join(part for part in parts if part)


def _bounds(found: Findings, x: Scale, y: Scale, asked: Asked) -> list[tuple[str, float]]:
    """Where real rules of this contest cut these axes."""
    bounds = []
    for flip in found.flips:
        if flip.is_real and flip.criterion == VARIANCE and {flip.winner, flip.loser} == set(found.main):
            for one in flip.found.box.conditions:
                name = asked.axes[one.axis].name
                bounds += [
                    (side, scale.bound(one.bound)) for side, scale in (("x", x), ("y", y)) if scale.axis.name == name
                ]
    return bounds
