"""Ink, fonts and sizes; matplotlib set so that bytes repeat and nothing is read as mathematics."""

from __future__ import annotations

import io
import re
import textwrap
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from revsim.printable import visible
from revsim.reports.drawing import with_settings
from revsim.reports.letters import FAMILY, GENERIC

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, FAINT, GRID = "#1d2733", "#5a6672", "#d9dee3"
WIDTH = 7.2  # narrow enough that letters stay readable where the page scales it to a small screen
TITLE_SIZE, SUBTITLE_SIZE, LINE_HEIGHT = 11.5, 9.0, 1.25
DPI = 100  # of pictures inside an SVG; half of a PNG's
POINTS_PER_INCH, MARGIN = 72.0, 0.07
TITLE_CHARACTERS, SUBTITLE_CHARACTERS = 64, 94
CLAIM = ("claim", "subtitle")  # ids of its texts in an SVG


def settings(name: str) -> dict[Any, Any]:
    """RcParams of one figure; its name salts the ids of the SVG."""
    return {
        "svg.hashsalt": f"revsim-{name}",
        "svg.fonttype": "none",
        "text.parse_math": False,
        "font.family": [FAMILY, GENERIC],
        "font.sans-serif": [FAMILY],
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
        "figure.dpi": DPI,
    }


def styled(name: str) -> AbstractContextManager[None]:
    """Our settings for what is drawn and saved inside."""
    return with_settings(settings(name))


def wrapped(text: str, width: int) -> str:
    """Text on lines of at most `width` characters."""
    return "\n".join(textwrap.wrap(text, width)) or text


def add_claim(figure: Figure, claim: str, subtitle: str) -> float:
    """The claim in bold above the picture, with what is measured below it in smaller letters.

    The figure grows; by how many points, which `without_claim` takes off again.
    """
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415 - heavy: only when it is drawn

    title, below = wrapped(visible(claim), TITLE_CHARACTERS), wrapped(visible(subtitle), SUBTITLE_CHARACTERS)
    high = [
        size * LINE_HEIGHT * (text.count("\n") + 1) / POINTS_PER_INCH
        for text, size in ((title, TITLE_SIZE), (below, SUBTITLE_SIZE))
    ]
    picture = float(figure.get_figheight())
    whole = picture + sum(high) + 3.0 * MARGIN
    figure.set_figheight(whole)
    layout = figure.get_layout_engine()
    assert isinstance(layout, ConstrainedLayoutEngine)
    # texts of a figure have no place in its layout, so it is told to leave them room
    layout.set(rect=(0.0, 0.0, 1.0, picture / whole))
    look: dict[str, Any] = {"x": 0.01, "ha": "left", "va": "top", "linespacing": LINE_HEIGHT}
    figure.text(
        s=title, gid=CLAIM[0], y=1.0 - MARGIN / whole, fontsize=TITLE_SIZE, fontweight="bold", color=INK, **look
    )
    under = 1.0 - (2.0 * MARGIN + high[0]) / whole
    figure.text(s=below, gid=CLAIM[1], y=under, fontsize=SUBTITLE_SIZE, color=FAINT, **look)
    return POINTS_PER_INCH * (whole - picture)


def without_claim(svg: str, points: float) -> str:
    """An SVG with a claim as it would be without: its two texts go, and the room that they had."""
    for name in CLAIM:
        svg = re.sub(rf'<g id="{name}">.*?</g>', "", svg, count=1, flags=re.DOTALL)
    return re.sub(r'viewBox="0 0 (\S+) ([^"\s]+)"', lambda found: _lower(found, points), svg, count=1)


def _lower(found: re.Match[str], points: float) -> str:
    return f'viewBox="0 {points:.6g} {found[1]} {float(found[2]) - points:.6g}"'


def as_svg(figure: Figure) -> bytes:
    """The same bytes every time: no date, no creator."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - heavy: only when it is drawn

    buffer = io.BytesIO()
    figure.set_dpi(DPI)
    # `savefig` would draw it twice: once to lay it out, which drawing does anyway
    canvas: Any = FigureCanvasSVG(figure)  # its methods have no types
    canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def as_png(figure: Figure) -> bytes:
    """For slides, at twice the size; laid out anew, as letters are of other widths there."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - heavy: only when it is drawn

    buffer = io.BytesIO()
    figure.set_dpi(2 * DPI)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()
