"""A picture: what it claims, how it is read aloud, its data, and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from revsim.reports.theme import add_claim, as_png, as_svg, styled

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

    def svg(self) -> bytes:
        """As SVG, without the claim, which the page says."""
        with styled(self.name):
            return as_svg(self.draw())

    def files(self) -> dict[str, bytes]:
        """As SVG and PNG with the claim, by the ending of the file's name."""
        with styled(self.name):
            figure = self.draw()
            add_claim(figure, self.claim, self.subtitle)
            return {"svg": as_svg(figure), "png": as_png(figure)}

    def drawn(self) -> Drawn:
        """All that is written of it."""
        return Drawn(self.inline(), self.files())

    def inline(self) -> str:
        """SVG to stand in a page: no prolog, ids of its own, named for screen readers."""
        if self.inlined:
            return self.inlined
        text = self.svg().decode("utf-8")
        text = text[text.index("<svg") :]
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
