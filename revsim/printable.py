r"""Text of others, made fit for a terminal, a page or a picture: what acts instead of being read is shown as a code.

Names, currencies, sources, file names and tables may come from anywhere. A control character can move a terminal's
cursor or ring its bell, a bidirectional one turns a line round, and XML allows few of them. Each is written as Python
would write it: `\x1b`, `\u202e`. Letters of every script, marks, emoji and what joins them stay as they are.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PLANES = "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
_ACTS = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # control characters, but not tab and new line
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # direction
    "\\u2028\\u2029\\ufeff"  # separators, byte order mark
    "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff"  # halves of characters, and what is none
    f"{_PLANES}"
)
ACTING = re.compile(f"[{_ACTS}]")
ACTING_IN_A_LINE = re.compile(f"[\\t\\n{_ACTS}]")


def code_of(character: str) -> str:
    """A character as Python would write it, by its number; a byte of a file name that is no UTF-8 as that byte."""
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # noqa: PLR2004 - where Python keeps such bytes (PEP 383)
        number -= 0xDC00
    if number < 0x100:  # noqa: PLR2004 - two digits hold it
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"  # noqa: PLR2004 - so do four


def visible(text: str) -> str:
    """Text with a code for each character that acts; its tabs and new lines are ours, and stay."""
    return ACTING.sub(lambda found: code_of(found[0]), text)


def visible_line(text: str) -> str:
    """The same for text that must stay on one line and in one cell."""
    return ACTING_IN_A_LINE.sub(lambda found: code_of(found[0]), text)


def visible_json(text: str) -> str:
    """JSON with escapes for what acts: whoever reads it gets the same values."""
    return ACTING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def columns_of(text: str) -> int:
    """How many columns of a terminal a line takes: two for a wide letter, none for a mark on the one before it."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def padded(text: str, columns: int) -> str:
    """Text with spaces behind it, so many columns wide."""
    return text + " " * (columns - columns_of(text))


class VisibleStream:
    """A text stream that shows codes for what acts, and for what its encoding cannot hold.

    It has no `buffer`, so that nobody writes past it.
    """

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - whatever stands in for stdout
        """Write to `stream`."""
        self.stream = stream

    def write(self, text: str) -> int:
        """Write text; says how many characters were given."""
        shown, coding = visible(text), getattr(self.stream, "encoding", None)
        if coding and not shown.isascii():
            shown = shown.encode(coding, "backslashreplace").decode(coding)
        self.stream.write(shown)
        return len(text)

    def writelines(self, lines: Any) -> None:  # noqa: ANN401 - as of any stream
        """Write each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is the stream's
        """All else is the stream's."""
        if name in {"buffer", "stream"}:
            raise AttributeError(name)
        return getattr(self.stream, name)


def beneath(stream: Any) -> Any:  # noqa: ANN401 - as given
    """The stream that is written to by such a one; any other as it is."""
    return stream.stream if isinstance(stream, VisibleStream) else stream


@contextmanager
def visible_streams() -> Iterator[None]:
    """Inside, all that is written to stdout and stderr is made visible. For a process of our own."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (None if each is None else VisibleStream(each) for each in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
