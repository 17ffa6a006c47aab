"""Colours, marks, fonts and sizes; matplotlib set so that bytes repeat and nothing is read as mathematics."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, FAINT, GRID = "#1d2733", "#5a6672", "#d9dee3"
BASELINE = "#4a4f57"
# dark enough for text on white; order differs in lightness where hue may be lost in print
ACCENTS = ("#0072b2", "#b84a00", "#00805f", "#8a3c8f", "#7a5c00", "#a3203f", "#2b4b8f", "#4d6b00")
MARKS = ("o", "s", "^", "D", "v", "P", "X", "<")
DASHES = ("-", "--", "-.", ":")
WIDTH = 9.0
TITLE_CHARACTERS = 92


def settings(name: str) -> dict[Any, Any]:
    """RcParams of one figure; its name salts the ids of the SVG."""
    return {
        "svg.hashsalt": f"revsim-{name}",
        "svg.fonttype": "none",
        "text.parse_math": False,
        "font.family": ["DejaVu Sans"],
        "font.size": 10,
        "axes.edgecolor": GRID,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.7,
        "xtick.color": INK,
        "ytick.color": INK,
        "text.color": INK,
        "legend.frameon": False,
        "figure.dpi": 100,
    }


@contextmanager
def styled(name: str) -> Iterator[None]:
    """Our settings for what is drawn and saved inside."""
    import matplotlib as mpl  # noqa: PLC0415 - heavy: only when it is drawn

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(settings(name))
        yield


def colour(place: int, base: int) -> str:
    """Of the scenario at `place`; the baseline is grey."""
    return BASELINE if place == base else ACCENTS[(place - (place > base)) % len(ACCENTS)]


def mark(place: int) -> str:
    """A marker of its own, so that colour is not needed."""
    return MARKS[place % len(MARKS)]


def dash(place: int) -> str:
    """A line of its own."""
    return DASHES[place % len(DASHES)]


def wrapped(text: str, width: int) -> str:
    """Text on lines of at most `width` characters."""
    return "\n".join(textwrap.wrap(text, width)) or text


def add_claim(figure: Figure, claim: str, subtitle: str) -> None:
    """The claim above the picture, with what is measured in smaller letters."""
    title = wrapped(claim, TITLE_CHARACTERS)
    below = wrapped(subtitle, TITLE_CHARACTERS + 14)
    figure.suptitle(f"{title}\n{below}", x=0.01, ha="left", fontsize=11, color=INK)


def as_svg(figure: Figure) -> bytes:
    """The same bytes every time: no date, no creator."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def as_png(figure: Figure) -> bytes:
    """For slides, at twice the size."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=200, metadata={"Software": None})
    return buffer.getvalue()
