"""In how many plausible companies each scenario is better, by what it is judged: one bar a contest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from revsim.analysis.worlds.contests import COMMON, LOSES, NET, NEW_NET, SWING, VARIANCE, WINS
from revsim.analysis.worlds.findings import Findings
from revsim.analysis.worlds.phrasing import ON
from revsim.analysis.worlds.shares import ALL
from revsim.printable import visible
from revsim.reports.figures.picture import Picture
from revsim.reports.theme import INK, WIDTH, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "shares"
DRAWN = (VARIANCE, COMMON, SWING, NEW_NET, NET)
KINDS = ("clearly better", "better, not clearly", "worse, not clearly", "clearly worse")
COLOURS = ("#0072b2", "#a9cfe6", "#f0c3a0", "#b84a00")  # told apart by their order and by lightness, too
BAR, ROOM, LABEL = 0.3, 1.1, 46


class Bar(NamedTuple):
    """A contest on one criterion: its label, and the companies of each of KINDS."""

    label: str
    counts: tuple[int, int, int, int]


def bar_of(row: Mapping[Hashable, Any]) -> Bar:
    """Of a row of `shares`; an estimate of exactly nothing counts as not better."""
    worlds, wins, loses = int(row["worlds"]), int(row[WINS]), int(row[LOSES])
    ahead = round(float(row["ahead"]) * worlds)
    counts = (wins, max(ahead - wins, 0), max(worlds - ahead - loses, 0), loses)
    return Bar(f"{row['scenario']} against {row['against']}: {ON[row['criterion']]}", counts)


def _draw(bars: list[Bar]) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy: only when it is drawn

    figure = Figure(figsize=(WIDTH, ROOM + BAR * 1.4 * len(bars)), layout="constrained")
    axes = figure.subplots()
    places = range(len(bars))
    left = [0] * len(bars)
    for kind, colour in enumerate(COLOURS):
        counts = [bar.counts[kind] for bar in bars]
        axes.barh(places, counts, left=left, color=colour, label=KINDS[kind], height=0.7)
        left = [before + count for before, count in zip(left, counts, strict=True)]
    axes.set_yticks(places, [wrapped(visible(bar.label), LABEL) for bar in bars], fontsize=8)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("companies", color=INK)
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=4, fontsize=8, borderaxespad=0.2)
    return figure


def shares_picture(found: Findings) -> Picture | None:
    """The bars of all contests that were judged; None if none was."""
    rows = found.shares[
        (found.shares["among"] == ALL) & found.shares["criterion"].isin(DRAWN) & (found.shares["worlds"] > 0)
    ].to_dict("records")
    if not rows:
        return None
    bars = [bar_of(row) for row in rows]
    own, rival = found.main
    first = next((row for row in rows if (row["scenario"], row["against"]) == (own, rival)), rows[0])
    on, (clear, better, _, _) = ON[first["criterion"]], bar_of(first).counts
    claim = (
        f"“{first['scenario']}” beats “{first['against']}” on {on} in {clear + better} of {first['worlds']} companies."
    )
    said = [[bar.label, *(str(count) for count in bar.counts), str(sum(bar.counts))] for bar in bars]
    # the claim's number stands in the table as the sum of two columns
    said = [[label, str(int(a) + int(b)), a, b, c, d, total] for label, a, b, c, d, total in said]
    columns = ["Contest", "better", *KINDS, "companies"]
    subtitle = "One bar a contest; clearly: the interval of that company's own replications leaves zero out."
    return Picture(
        NAME, claim, subtitle, f"Bars of companies by who is better. {claim}", columns, said, partial(_draw, bars)
    )
