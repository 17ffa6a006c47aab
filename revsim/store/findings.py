"""Tables that a study tells others: each has its digest in the manifest, and is believed only with it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from revsim.errors import UserError
from revsim.scenario.problems import quoted
from revsim.store.csv_text import as_read
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, write_manifest
from revsim.store.parts import digest
from revsim.store.regular import opened

LARGEST = 1 << 22  # bytes of a table for people, or of a scenario; of 20 scenarios it is a tenth
LONGEST_COUNT = 9  # digits
MOST_COLUMNS = 200


def note_findings(manifest: Manifest, folder: Folder, files: Iterable[Path]) -> None:
    """Let the manifest say which files are this study's findings, and write it."""
    manifest.findings = {path.relative_to(folder.root).as_posix(): digest(path) for path in files}
    write_manifest(manifest, folder.manifest)


def read_finding(manifest: Manifest, folder: Folder, path: Path) -> bytes:
    """A file that the manifest says is a finding. Raises UserError if it does not, or if the file is another."""
    name = path.relative_to(folder.root).as_posix()
    wanted = manifest.findings.get(name)
    if wanted is None:
        raise UserError(
            f"{folder.manifest}: knows of no {name}, so that the study has not come to its end.\n"
            "  Let the command that made this folder end: the same command goes on."
        )
    try:
        content = _content(path)
    except FileNotFoundError:
        raise UserError(f"{path}: is gone; {_AGAIN}") from None
    if sha256(content).hexdigest() != wanted:
        raise UserError(f"{path}: is not what the study wrote there (another digest than in its manifest); {_AGAIN}")
    return content


_AGAIN = "the command that made this folder writes it anew."


def table_of(path: Path, content: bytes, columns: Mapping[str, str]) -> pd.DataFrame:
    """A table for people, read; `columns` are those that it must have: `text`, `count`, `share` or `flag` each.

    Raises UserError with the column and its rule.
    """
    try:
        # all as text: a scenario may be called 2026, NA or True
        lines = csv.reader(StringIO(content.decode("utf-8")), strict=True)
        head = next(lines, [])
        if len(head) > MOST_COLUMNS:
            raise _wrong(path, f"has {len(head):,} columns, and at most {MOST_COLUMNS} are read")
        rows = [dict(zip(head, line, strict=True)) for line in lines]
    except (UnicodeDecodeError, ValueError, csv.Error) as error:  # a line of another length than the head
        raise _wrong(path, f"cannot be read as a table ({quoted(error)})") from None
    lacking = [name for name in columns if name not in head]
    if lacking:
        raise _wrong(path, f"has no column `{lacking[0]}`")
    read = {name: [_value(row[name], kind, name, path) for row in rows] for name, kind in columns.items()}
    return pd.DataFrame(read)


def _value(cell: object, kind: str, column: str, path: Path) -> str | int | float | bool:
    """A cell as what it must be."""
    try:
        return READERS[kind](cell)
    except (ValueError, TypeError, AttributeError, KeyError):
        raise _wrong(path, f"column `{column}` holds {quoted(cell)}, which is no {kind}") from None


def _count(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= LONGEST_COUNT):
        raise ValueError(cell)
    return int(cell)


def _share(cell: str) -> float:
    """From 0 to 1; an empty cell is not known."""
    share = float(cell or "nan")
    if not (cell == "" or 0.0 <= share <= 1.0):
        raise ValueError(cell)
    return share


READERS: dict[str, Callable[[Any], str | int | float | bool]] = {
    "text": as_read,
    "count": _count,
    "share": _share,
    "flag": {"True": True, "False": False}.__getitem__,
}


def _content(path: Path) -> bytes:
    with opened(path, LARGEST) as file:
        return file.read()


def _wrong(path: Path, why: str) -> UserError:
    return UserError(f"{path}: {why}.\n  No revsim wrote it so: {_AGAIN}")
