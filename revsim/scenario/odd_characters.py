"""Characters that look like YAML's own and are none: pasted spaces, wide colons, curly quotes, long dashes.

Asked only where a file is wrong already: within text they may all stand.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SPACE = (
    "[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}\ufeff\u200b\u2060]"
)
QUOTE = "[\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]"  # noqa: E501
BREAKS = re.compile("[\u0085\u2028\u2029]")  # lines to a YAML reader, none to an editor
NAMES = {
    "\t": "a tab",
    "\f": "a form feed",
    "\v": "a vertical tab",
    "\x85": "a next-line character",
    "\0": "a null",
    ":": "a colon without a space",
    "=": "an equals sign",
}
BEFORE = 2  # lines above the one where a parser notices
WAYS_OUT = (  # what is odd in a line, in the group `odd`; what to do about it
    (re.compile(r"^ *(?P<odd>\t)"), "indent with spaces, not tabs"),
    (re.compile(rf"^ *(?P<odd>{SPACE})"), "indent with plain spaces"),
    (re.compile(r"^[ \t-]*[\w\"'.-]+ *(?P<odd>\N{FULLWIDTH COLON})"), "write `: `, a plain colon and a space"),
    (re.compile(rf"^[ \t-]*[\w\"'.-]+:(?P<odd>{SPACE}|\t)"), "write a plain space after the colon"),
    (re.compile(rf":\s+(?P<odd>{QUOTE})"), 'write straight quotes: "..."'),
    (re.compile(r"^ *(?P<odd>[\N{EN DASH}\N{EM DASH}\N{BULLET}\N{MINUS SIGN}]) ?\S"), "begin an item with `- `"),
    (re.compile(r"^[ -]*[A-Za-z_]+(?P<odd>:)[\d.{\[]"), "write a space after the colon"),
    (re.compile(r"^[ -]*[A-Za-z_]+ *(?P<odd>=) *[\w.{\[]"), "write `: `, no equals sign"),
    (re.compile(r"(?P<odd>\t)"), "write spaces, no tabs"),
)


class Odd(NamedTuple):
    """An odd character: line and column from 1, what it is, what to do."""

    line: int
    column: int
    name: str
    way_out: str


def odd_near(lines: list[str], line: int) -> Odd | None:
    """The odd character in a line (from 1) or the few above it."""
    for number in range(line, max(0, line - BEFORE - 1), -1):
        found = odd_in(lines[number - 1]) if number <= len(lines) else None
        if found is not None:
            return found._replace(line=number)
    return None


def odd_in(text: str) -> Odd | None:
    """The first odd character of one line, or of a key or value that stands for a line."""
    for pattern, way_out in WAYS_OUT:
        found = pattern.search(text)
        if found is not None:
            return Odd(1, found.start("odd") + 1, name_of(found["odd"]), way_out)
    return None


def has_curly_quote(text: str) -> bool:
    """Whether a curly quote stands in the text."""
    return re.search(QUOTE, text) is not None


def name_of(character: str) -> str:
    """A character by name and number, as a person can look it up: `a tab (U+0009)`."""
    if character in ":=":
        return NAMES[character]
    name = NAMES.get(character) or unicodedata.name(character, "a control character").lower()
    return f"{name} (U+{ord(character):04X})"
