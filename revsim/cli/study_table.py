"""Verdict and executive table as text, as wide as the terminal: scenarios side by side where they fit, else in turn."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from revsim.printable import columns_of, padded, visible, visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.analysis.table import Line
    from revsim.api import Study

ENDLESS = 10_000  # columns of a file or a pipe: a program that reads lines must find rows in one piece
NARROWEST = 24  # of the column of measures
BETWEEN = "  "
EFFECT = "effect [95 % interval]"
SHARE = " of bookings"  # left out where there is little room
WHOLE = re.compile(r"`[^`]+`|\d %")  # a command, which is to be copied, and a number with its sign
KEPT = "\u00a0"  # no place to break a line


def width() -> int:
    """Columns of the terminal; of a pipe or a file more than anything takes."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else ENDLESS


def wrapped(text: str, columns: int) -> str:
    """Paragraphs in lines of at most `columns`; a command and a percentage stay in one piece."""
    lines: list[str] = []
    for line in text.split("\n"):
        whole = WHOLE.sub(lambda found: found[0].replace(" ", KEPT), line)
        lines += textwrap.wrap(whole, columns, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines).replace(KEPT, " ")


def table_text(study: Study, columns: int) -> str:
    """The executive table in at most `columns`, where measures can be wrapped so far."""
    comparison, found = study.comparison, study.table()
    names = [visible(name) for name in comparison.cube.scenarios]
    base = names[comparison.base]
    others = [names[own] for own in comparison.others]
    wide = _block(found, base, dict(enumerate(others)), columns)
    if not others or max(columns_of(line) for line in wide) <= columns:
        return "\n".join(wide)
    blocks = [
        [f"“{name}” against “{base}”", *_block(found, base, {place: name}, columns), ""]
        for place, name in enumerate(others)
    ]
    return "\n".join(line for block in blocks for line in block).rstrip("\n")


def _block(found: Sequence[Line], base: str, others: dict[int, str], columns: int) -> list[str]:
    """The table of some scenarios, by their places among the others."""
    alone = len(others) == 1  # the line above says whose effect it is
    said = [EFFECT if alone else f"{name}: {EFFECT}" for name in others.values()]
    head = ["Measure", base, *(cell for words in said for cell in (words, ""))]
    rows, marks = [head], dict[int, str]()
    for line in found:
        if line.group not in marks.values():
            marks[len(rows)] = line.group
        told = [cell for place in others for cell in (line.cells[place], line.words[place])]
        level = line.level.replace(SHARE, "") if alone else line.level
        rows.append([line.title, *(visible_line(cell) for cell in (level, *told))])
    rest = [max(columns_of(row[k]) for row in rows) for k in range(1, len(head))]
    room = max(columns - sum(rest) - len(BETWEEN) * (len(rest) + 1), NARROWEST)
    room = min(room, max(len(row[0]) for row in rows))
    lines: list[str] = []
    for number, row in enumerate(rows):
        if number in marks:
            lines.append(marks[number])
        lines += _wrapped(row, room, rest, indent=number > 0)
    return lines


def _wrapped(row: Sequence[str], room: int, rest: Sequence[int], *, indent: bool) -> list[str]:
    """One row; what of the measure's title does not fit goes on below."""
    first = BETWEEN if indent else ""
    title, *more = textwrap.wrap(row[0], room, subsequent_indent=BETWEEN) or [""]
    cells = [padded(cell, size) for cell, size in zip(row[1:], rest, strict=True)]
    start = (first + title).ljust(room + len(BETWEEN))
    return [BETWEEN.join([start, *cells]).rstrip(), *(first + part for part in more)]
