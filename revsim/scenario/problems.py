"""Problems in scenario files: each has a code, a place, the value, the rule and the way out.

Codes: E0xx the file itself, E1xx the schema, E2xx the meaning; W0xx is valid and yet unlikely to be meant. The first
line of a printed problem is `file:line:column: error[CODE]: message`, for machines; what follows is for people. A
file that is not there (E001) has no line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

NO_FILE = "E001"
MOST_TOLD = 100  # problems of one kind
MEND = "mend those above first"
LONGEST_LINE = 160
LONGEST_VALUE = 60
SET = re.compile(r"<--set ([0-9]+)>")
ORDINALS = {1: "st", 2: "nd", 3: "rd"}
TEENS = range(11, 14)


class Place(NamedTuple):
    """Where something stands: file as the user wrote it, line and column from 1, length of the text there."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""  # the whole source line

    def __str__(self) -> str:
        """`file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def origin(self) -> str:
        """`file:line`, or which `--set`: where a reader looks for a value."""
        found = SET.fullmatch(self.file)
        return f"--set ({_ordinal(int(found[1]))})" if found else f"{self.file}:{self.line}"

    @property
    def exact(self) -> str:
        """As `origin`, with the column in a file."""
        return self.origin if SET.fullmatch(self.file) else str(self)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and how to mend it."""

    code: str
    place: Place
    message: str
    hint: str = ""
    address: str = ""
    count: int = 1  # how many this one stands for

    def __str__(self) -> str:
        """The problem in the shape of a compiler's message."""
        kind = "warning" if self.code.startswith("W") else "error"
        if self.code == NO_FILE:  # nothing stands anywhere
            return f"{self.place.file}: {kind}[{self.code}]: {self.message}" + (
                f"\n  = {self.hint}" if self.hint else ""
            )
        lines = [f"{self.place}: {kind}[{self.code}]: {self.message}", f"  --> {self.place}"]
        # a tab is shown as one character, so that the caret stands below what it points at
        text = self.place.text.rstrip("\r\n").replace("\t", "\N{RIGHTWARDS ARROW}")
        if text and len(text) <= LONGEST_LINE and text.isprintable():
            width = max(1, min(self.place.length, len(text) - self.place.column + 1))
            under = " " * (self.place.column - 1) + "^" * width
            gutter = " " * len(str(self.place.line))
            lines += [f"{gutter} |", f"{self.place.line} | {text}", f"{gutter} | {under} {self.hint}".rstrip()]
        elif self.hint:
            lines.append(f"  = {self.hint}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str | int]:
        """The problem for `--json`."""
        return {
            "code": self.code,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "address": self.address,
            "message": self.message,
            "hint": self.hint,
            "count": self.count,
        }


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems sorted by place, one for each place and code."""
    first: dict[tuple[str, int, int, str], Problem] = {}
    for problem in problems:
        first.setdefault((*problem.place[:3], problem.code), problem)
    return sorted(first.values(), key=lambda problem: (*problem.place[:3], problem.code))


def few(problems: Sequence[Problem]) -> list[Problem]:
    """The first problems of each code; one more stands for all others of it."""
    counts: Counter[str] = Counter()
    first: list[Problem] = []
    more: dict[str, list[Problem]] = {}
    for problem in problems:
        is_told = bool(problem.message) and counts[problem.code] < MOST_TOLD
        if is_told:
            first.append(problem)
            counts[problem.code] += 1
        else:
            more.setdefault(problem.code, []).append(problem)
    rest = []
    for code, others in more.items():
        count = sum(problem.count for problem in others)
        message = f"and {count:,} more of this kind, the first of them here"
        rest.append(Problem(code, others[0].place, message, MEND, count=count))
    return [*first, *rest]


def _ordinal(number: int) -> str:
    return f"{number}{'th' if number % 100 in TEENS else ORDINALS.get(number % 10, 'th')}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None."""
    return _nearest("".join(filter(str.isprintable, normalize("NFKC", word[:LONGEST_VALUE]))).strip(), tuple(known))


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.55)
    return by_lower[found[0]] if found else None


def quoted(value: object) -> str:
    """A value of the user's as it is printed: short, on one line, in backticks."""
    text = str(value)
    printable = text if text.isprintable() else repr(text)[1:-1]
    return f"`{printable[:LONGEST_VALUE]}{'...' if len(printable) > LONGEST_VALUE else ''}`"
