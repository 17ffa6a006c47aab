"""A picture: what it claims, how it is read aloud, its data, and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from revsim.reports.theme import add_claim, as_png, as_svg, styled, without_claim

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Drawn(NamedTuple):
    """A picture as it stands in a page, and its files by the ending of their names."""

    inline: str
    files: dict[str, bytes]


class Picture(NamedTuple):
    """`rows` is the data table in the words of the claim: each number of the claim stands in it."""

    name: str
    claim: str
    subtitle: str
    alt: str
    columns: list[str]
    rows: list[list[str]]
    draw: Callable[[], Figure]
    inlined: str = ""  # as it stands in a page, where that is drawn already

    def drawn(self) -> Drawn:
        """All that is written of it: in a page without the claim, which the page says; as files with it."""
        with styled(self.name):
            figure = self.draw()
            room = add_claim(figure, self.claim, self.subtitle)
            svg = as_svg(figure)
            return Drawn(self._in_page(svg, room), {"svg": svg, "png": as_png(figure)})

    def files(self) -> dict[str, bytes]:
        """As SVG and PNG with the claim, by the ending of the file's name."""
        return self.drawn().files

    def inline(self) -> str:
        """SVG to stand in a page, where no files are written."""
        if self.inlined:
            return self.inlined
        with styled(self.name):
            figure = self.draw()
            room = add_claim(figure, self.claim, self.subtitle)
            return self._in_page(as_svg(figure), room)

    def _in_page(self, svg: bytes, room: float) -> str:
        """No claim, no prolog, ids of its own, named for screen readers; `room` is what the claim takes, in points."""
        text = svg.decode("utf-8")
        text = without_claim(text[text.index("<svg") :], room)
        text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
        text = re.sub(r'\bid="', f'id="{self.name}-', text)
        text = re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{self.name}-", text)
        text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
        text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
        label = f'role="img" aria-labelledby="{self.name}-title" '
        head = f'<title id="{self.name}-title">{_escaped(self.alt)}</title>'
        text = text.replace("<svg ", f"<svg {label}", 1)
        return text.replace(">", f">{head}", 1)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
