r"""Text in CSV files: a spreadsheet must not take a name for a formula, and a terminal none for a command.

A cell of text that begins with `=`, `+`, `-`, `@`, a tab or a line's end gets an apostrophe before it, as OWASP advises
("CSV Injection"); so does one that begins with an apostrophe, and so one is always ours. What acts instead of being
read is written as a code (`revsim.printable`), and a backslash that would be taken for the start of one as `\x5c`.
Numbers stay as they are. `as_read` undoes all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from revsim.paths import absolute
from revsim.printable import visible

APOSTROPHE = "'"
FORMULAS = ("=", "+", "-", "@", "\t", "\n", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20", APOSTROPHE)
CODE = r"x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}"
LIKE_A_CODE = re.compile(rf"\\(?={CODE})")
A_CODE = re.compile(rf"\\({CODE})")


def as_written(text: str) -> str:
    """A cell's text as it stands in a file."""
    shown = visible(LIKE_A_CODE.sub(r"\\x5c", text))
    return APOSTROPHE + shown if text.startswith(FORMULAS) else shown


def as_read(cell: str) -> str:
    """The text of a cell that `as_written` wrote."""
    return A_CODE.sub(lambda found: chr(int(found[1][1:], 16)), cell.removeprefix(APOSTROPHE))


def written_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """A table with its texts, those of its head too, as they stand in a file."""
    texts = {name: frame[name].map(_written) for name in frame.columns if frame[name].dtype.kind in "OSU"}
    return frame.assign(**texts).rename(columns=as_written)


def _written(cell: object) -> object:
    return as_written(cell) if isinstance(cell, str) else cell


def read_frame(path: str | Path, texts: Iterable[str] = ()) -> pd.DataFrame:
    """A table as it was before it was written; `texts` are columns that are text whatever stands in them.

    Only an empty cell is one without a value: a scenario may be called `NA`, or `2024`.
    """
    kinds = dict.fromkeys(map(as_written, texts), str)
    with absolute("path =", path).open("rb") as file:
        frame = pd.read_csv(file, keep_default_na=False, na_values=[""], dtype=kinds)
    frame = frame.rename(columns=as_read)
    return frame.assign(**{name: frame[name].map(_read) for name in frame.columns if _is_text(frame[name])})


def _read(cell: object) -> object:
    return as_read(cell) if isinstance(cell, str) else cell


def _is_text(column: pd.Series[Any]) -> bool:
    return column.dtype.kind == "O"
