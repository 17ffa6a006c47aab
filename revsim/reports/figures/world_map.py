"""Worlds as points over the two assumptions that move a contest most, coloured by who wins it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from revsim.analysis.words import percent, rounded
from revsim.analysis.worlds.contests import LOSES, UNDECIDED, VARIANCE, WINS
from revsim.analysis.worlds.findings import STARRED, Asked, Findings
from revsim.analysis.worlds.phrasing import ON, Assumed
from revsim.analysis.worlds.shares import ALL
from revsim.reports.figures.picture import Picture
from revsim.reports.look import Look, looks_of
from revsim.reports.theme import INK, WIDTH, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NEITHER = Look("#8a939c", "o", "-", "●")
HEIGHT, LABEL = 5.2, 60


class Kind(NamedTuple):
    """One outcome: its name in the legend, its look, and the worlds it happened in."""

    name: str
    look: Look
    places: pd.DataFrame  # x, y


class Map(NamedTuple):
    """The two axes, the outcomes, and the bounds of the rule that lie on these axes."""

    x: Assumed
    y: Assumed
    kinds: list[Kind]
    bounds: list[tuple[str, float]]  # ("x" or "y", where)


def _label(axis: Assumed) -> str:
    unit = f" ({axis.unit})" if axis.unit else ""
    return wrapped(f"{axis.title}{unit}{' *' if axis.evidence else ''}", LABEL)


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
    axes.set_xlabel(_label(shown.x))
    axes.set_ylabel(_label(shown.y))
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
    x, y = (told[name] for name in mine["axis"][:2])
    contests = found.contests
    here = contests[
        (contests["scenario"] == own) & (contests["against"] == rival) & (contests["criterion"] == VARIANCE)
    ].set_index("world")
    points = pd.DataFrame({"x": asked.draws[x.name], "y": asked.draws[y.name], "word": here["word"]}).dropna()
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
    rho = [rounded(value, 2) for value in mine["rho"][:2]]
    subtitle = (
        f"One point a world; the two assumptions that move the contest most (rank correlation with its effect {rho[0]} "
        f"across, {rho[1]} up). Dashed: bounds of a rule found on these axes. {STARRED}"
    )
    columns = ["World", x.title, y.title, f"“{own}” against “{rival}”"]
    rows = [
        [str(world), rounded(point["x"], 4), rounded(point["y"], 4), str(point["word"])]
        for world, point in points.iterrows()
    ]
    alt = f"Worlds over “{x.title}” and “{y.title}”, marked by who wins. {claim}"
    return Picture("worlds", claim, subtitle, alt, columns, rows, lambda: _draw(shown))


def _bounds(found: Findings, x: Assumed, y: Assumed, asked: Asked) -> list[tuple[str, float]]:
    """Where real rules of this contest cut these axes."""
    bounds = []
    for flip in found.flips:
        if flip.is_real and flip.criterion == VARIANCE and {flip.winner, flip.loser} == set(found.main):
            for one in flip.found.box.conditions:
                name = asked.axes[one.axis].name
                bounds += [(side, one.bound) for side, axis in (("x", x), ("y", y)) if axis.name == name]
    return bounds
