"""How a scenario looks in every picture and on the page: it keeps colour, mark and line whatever stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32


class Look(NamedTuple):
    """Colour, marker and line style of matplotlib, and the marker as a character."""

    colour: str
    mark: str
    dash: str
    sign: str


BASELINE = Look("#4a4f57", "o", "-", "●")
# dark enough for text on white; each is told from its neighbours by mark and line where hue is lost
ACCENTS = (
    Look("#0072b2", "s", "--", "■"),
    Look("#b84a00", "D", "-.", "◆"),
    Look("#00805f", "P", ":", "✚"),
    Look("#8a3c8f", "X", "--", "✖"),
    Look("#7a5c00", "p", "-.", "⬟"),
    Look("#a3203f", "*", ":", "★"),
    Look("#2b4b8f", "h", "--", "⬢"),
    Look("#4d6b00", "v", "-.", "▼"),
)
# what the shipped comparison shows; every other name finds its place by its letters
FIXED = {"Coordination": 0, "Design": 1}


def _wish(name: str) -> int:
    """The place in ACCENTS that a name asks for; those of FIXED are free for nobody else's wish."""
    free = len(ACCENTS) - len(FIXED)
    return FIXED.get(name, len(FIXED) + crc32(name.encode()) % free)


def looks_of(names: Sequence[str], base: int) -> list[Look]:
    """One look a scenario: grey for the baseline; where two names wish the same, the later takes the next free one."""
    others = [name for place, name in enumerate(names) if place != base]
    taken: dict[str, int] = {name: FIXED[name] for name in others if name in FIXED}
    for name in others:
        if name in taken:
            continue
        wish = _wish(name)
        order = [(wish + step) % len(ACCENTS) for step in range(len(ACCENTS))]
        taken[name] = next((place for place in order if place not in taken.values()), wish)
    return [BASELINE if place == base else ACCENTS[taken[name]] for place, name in enumerate(names)]
