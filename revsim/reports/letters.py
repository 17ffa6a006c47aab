"""Letters in figures: which font has them, and what stands in for those that no font of the machine has.

An SVG keeps its letters as text, as whoever looks at it has other fonts; only their widths are taken from a stand-in.
A PNG shows a box for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from revsim.printable import columns_of, visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font

FAMILY = "DejaVu Sans"  # comes with matplotlib
GENERIC = "sans-serif"  # whatever a browser takes for it
LATIN, SIGNS = "\u017f", "“”‘’–—…±−×€"  # letters up to there, and what our sentences have, are in it  # noqa: RUF001
BOX = "\u25a1"
# letters of FAMILY that names hardly have: wide ones, and narrow ones
STAND_INS = {2: range(0x1401, 0x1677), 1: range(0x2801, 0x2900)}
WEIGHTS = ("normal", "bold")


def without_font(texts: Iterable[str]) -> str:
    """Those of the letters, each once, that no font of this machine has."""
    return _split(_beyond(texts))[1]


def families(texts: Iterable[str]) -> list[str]:
    """Families of fonts that have the letters, ours first; the last is any that a browser takes for such."""
    return [FAMILY, *_split(_beyond(texts))[0], GENERIC]


def _beyond(texts: Iterable[str]) -> str:
    """Letters that our font does not have."""
    letters = sorted({letter for text in texts if not text.isascii() for letter in visible(text)})
    return "".join(letter for letter in letters if letter > LATIN and letter not in SIGNS and not _has(FAMILY, letter))


@lru_cache(256)
def _split(letters: str) -> tuple[tuple[str, ...], str]:
    """Further families that have some of the letters, those that have most first; and the letters that none has."""
    found: list[str] = []
    left = letters
    while left:
        best = max(_others(), key=lambda family: sum(_has(family, letter) for letter in left), default="")
        rest = "".join(letter for letter in left if not (best and _has(best, letter)))
        if rest == left:
            break
        found.append(best)
        left = rest
    return tuple(found), left


@lru_cache(1)
def _others() -> tuple[str, ...]:
    """Families of upright fonts on this machine, by name; those without serifs first."""
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - heavy: only when it is drawn

    # those that come with the library are of mathematics, or show boxes for everything
    upright = {entry.name for entry in fontManager.ttflist if entry.style == "normal" and "mpl-data" not in entry.fname}
    return tuple(sorted(upright - {FAMILY}, key=lambda name: ("Sans" not in name, "Mono" in name, name)))


def _has(family: str, letter: str) -> bool:
    """Whether the family has it, also in bold."""
    return all(ord(letter) in letters for letters in _letters_of(family))


@lru_cache(1024)
def _letters_of(family: str) -> tuple[frozenset[int], ...]:
    """The letters of each weight; none of a font that cannot be drawn with, as some with coloured pictures."""
    from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: PLC0415 - as above

    try:
        paths = [findfont(FontProperties(family=[family], weight=weight)) for weight in WEIGHTS]
        return tuple(_letters_in(get_font([path])) for path in dict.fromkeys(paths))
    except (OSError, RuntimeError, ValueError):
        return (frozenset(),)


def _letters_in(font: FT2Font) -> frozenset[int]:
    font.set_size(12.0, 72.0)
    return frozenset(font.get_charmap())


class Letters(NamedTuple):
    """What stands in a figure for letters that no font has."""

    stand_ins: dict[str, str]

    def in_svg(self, text: str) -> str:
        """The SVG with the letters themselves."""
        return text.translate({ord(other): letter for letter, other in self.stand_ins.items() if other != BOX})

    def show_boxes(self, figure: Figure) -> None:
        """Boxes instead, for a picture that is no text."""
        if self.stand_ins:
            boxes = {ord(other): BOX for other in self.stand_ins.values()}
            _reword(figure, lambda text: text.translate(boxes))


def with_letters(figure: Figure) -> Letters:
    """Give a figure the fonts that its texts need, and stand-ins for what no font has; what acts becomes a code.

    Inside the settings that it is drawn with.
    """
    import matplotlib as mpl  # noqa: PLC0415 - heavy: only when it is drawn

    texts: list[str] = []

    def keep(text: str) -> str:
        texts.append(visible(text))
        return texts[-1]

    _reword(figure, keep)
    if all(text.isascii() for text in texts):
        return Letters({})
    named = families(texts)
    mpl.rcParams["font.family"] = named  # of ticks, which are made when they are drawn
    for text in _texts(figure):
        text.set_fontfamily(named)
    others = _stand_ins(texts)
    if others:
        table = str.maketrans(others)
        _reword(figure, lambda text: text.translate(table))
    return Letters(others)


def _stand_ins(texts: Sequence[str]) -> dict[str, str]:
    """For each letter that no font has another, which none of the texts has and our font does."""
    used = set("".join(texts))
    free = {columns: (chr(number) for number in numbers) for columns, numbers in STAND_INS.items()}
    found = {}
    for letter in without_font(texts):
        others = free[max(1, columns_of(letter))]
        found[letter] = next((other for other in others if other not in used and _has(FAMILY, other)), BOX)
    return found


def _texts(figure: Figure) -> list[Any]:
    from matplotlib.text import Text  # noqa: PLC0415 - heavy: only when it is drawn

    return list(figure.findobj(Text))


def _reword(figure: Figure, change: Callable[[str], str]) -> None:
    """Change every text of a figure, also those that ticks are given when they are drawn."""
    from matplotlib.ticker import FuncFormatter  # noqa: PLC0415 - heavy: only when it is drawn

    for text in _texts(figure):
        new = change(text.get_text())
        if new != text.get_text():
            text.set_text(new)
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        formatter = axis.get_major_formatter()
        if isinstance(formatter, FuncFormatter):  # the words of ticks, which are looked up for each
            axis.set_major_formatter(FuncFormatter(_changed(formatter, change)))


def _changed(label: Callable[..., str], change: Callable[[str], str]) -> Callable[..., str]:
    return lambda *given: change(label(*given))
