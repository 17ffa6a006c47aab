"""A picture: what it claims, how it is read aloud, its data, and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from revsim.printable import visible
from revsim.reports.letters import with_letters
from revsim.reports.theme import add_claim, as_png, as_svg, styled, without_claim

if TYPE_CHECKING:
    from matplotlib.figure import Figure


TAG = re.compile(r"<[^<>]*>")  # what stands between is text, of names too


class Drawn(NamedTuple):
    """A picture as it stands in a page, and its files by the ending of their names; or why it could not be drawn."""

    inline: str
    files: dict[str, bytes]
    failure: str = ""


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
    failure: str = ""  # why it could not be drawn

    def drawn(self) -> Drawn:
        """All that is written of it: in a page without the claim, which the page says; as files with it."""
        return self._tried(("svg", "png"))

    def drawn_for_page(self) -> Drawn:
        """As it stands in a page alone, which takes half the time."""
        return self._tried(("svg",))

    def _tried(self, endings: Sequence[str]) -> Drawn:
        try:
            return self._drawn(endings)
        except Exception as error:  # noqa: BLE001 - a study is worth more than its pictures
            return Drawn("", {}, f"{type(error).__name__}: {error}")

    def shown(self, drawn: Drawn) -> Picture:
        """The picture for a page, with what is drawn of it, or why it is not."""
        return self._replace(inlined=drawn.inline, failure=drawn.failure)

    def files(self) -> dict[str, bytes]:
        """As SVG and PNG with the claim, by the ending of the file's name."""
        return self._drawn(("svg", "png")).files

    def inline(self) -> str:
        """SVG to stand in a page, where no files are written."""
        return self.inlined or self._drawn(("svg",)).inline

    def _drawn(self, endings: Sequence[str]) -> Drawn:
        with styled(self.name):
            figure = self.draw()
            room = add_claim(figure, self.claim, self.subtitle)
            letters = with_letters(figure)
            files = {"svg": visible(letters.in_svg(as_svg(figure).decode("utf-8"))).encode("utf-8")}
            if "png" in endings:
                letters.show_boxes(figure)
                files["png"] = as_png(figure)
            return Drawn(self._in_page(files["svg"], room), files)

    def _in_page(self, svg: bytes, room: float) -> str:
        """No claim, no prolog, ids of its own, named for screen readers; `room` is what the claim takes, in points."""
        text = svg.decode("utf-8")
        text = without_claim(text[text.index("<svg") :], room)
        text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
        text = TAG.sub(lambda tag: self._with_own_ids(tag[0]), text)
        text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
        text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
        label = f'role="img" aria-labelledby="{self.name}-title" '
        head = f'<title id="{self.name}-title">{_escaped(visible(self.alt))}</title>'
        text = text.replace("<svg ", f"<svg {label}", 1)
        return text.replace(">", f">{head}", 1)

    def _with_own_ids(self, tag: str) -> str:
        tag = re.sub(r'\bid="', f'id="{self.name}-', tag)
        return re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{self.name}-", tag)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
