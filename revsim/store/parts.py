"""Parts: the rows of some hundreds of runs, a file for each table, named by a number that the ledger knows."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from revsim.errors import UserError
from revsim.store.atomic import half_written
from revsim.store.layout import PART, TABLES, Folder
from revsim.store.ledger import Part
from revsim.store.regular import is_regular, opened
from revsim.store.rows import Rows
from revsim.store.stamp import Stamp
from revsim.store.tables import PART_KEYS, table_of, write_groups

MOST_GROUPS = 10  # row groups of a part
LARGEST_RUN = 1 << 20  # bytes of a run, of the most quarters that may be measured


def write_part(folder: Folder, number: int, rows: Rows, stamp: Stamp) -> Part:
    """Put the files in their place, on the disk; they count once the ledger has the part. Raises UserError."""
    digests = {}
    for table, frame in zip(TABLES, rows, strict=True):
        path = folder.part(table, number)
        write_groups(_by_content(frame, table, path), path, stamp)
        digests[table] = digest(path)
    return Part(number, digests)


def _by_content(frame: pd.DataFrame, table: str, path: Path) -> Iterator[pa.Table]:
    """Row groups that end where a content ends, so that one can be read without most others; few, as each costs time.

    The frame is sorted by content.
    """
    whole, contents = table_of(frame, PART_KEYS[table], path), frame["content"].to_numpy()
    ends = [*(np.flatnonzero(contents[1:] != contents[:-1]) + 1).tolist(), len(frame)]
    low = 0
    for high in ends:
        if high - low >= len(frame) / MOST_GROUPS or high == len(frame):
            yield whole.slice(low, high - low)
            low = high


def digest(path: Path, largest: int = sys.maxsize) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with opened(path, largest) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(folder: Folder, part: Part, runs: int) -> bool:
    """Whether both files are there to the last bit; a power cut or a bad disk may have torn one.

    What is larger than so many runs can be is not read.
    """
    largest = LARGEST_RUN * (runs + 1)
    try:
        return all(digest(folder.part(table, part.number), largest) == said for table, said in part.digests.items())
    except (OSError, UserError):
        return False


def remove_others(folder: Folder, parts: list[Part]) -> None:
    """Remove what is named as a part and counts as none, and half-written ones: a killed process left them.

    What bears another name is not of revsim's making, and stays.
    """
    counted = {folder.part(table, part.number) for part in parts for table in TABLES}
    named = [path for table in TABLES for path in folder.parts_of(table)]
    for path in [path for path in named if path not in counted] + half_written(folder.parts, PART.pattern):
        if is_regular(path):
            path.unlink()
