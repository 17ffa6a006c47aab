"""A part that the ledger counts holds what it counts: these runs, whole, of this study, in numbers.

Its digest says that it is the file that was counted; this says that it is one that revsim can have written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from revsim.errors import UserError
from revsim.scenario.problems import quoted
from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Run
from revsim.store.manifest import WAY_OUT
from revsim.store.parts import MOST_GROUPS
from revsim.store.stamp import Stamp
from revsim.store.tables import PART_KEYS, opened
from revsim.units import WEEKS_PER_QUARTER

MOST_QUARTERS = 80  # that a scenario may measure
LARGEST = 1e150  # its square is a number
RUN = ("content", "replication")
OTHER_CONTENTS = "holds rows of other contents than the ledger counts in it"
WIDEST, SPARE = 32, 1 << 18  # bytes of a number in a column, and of heads and of texts beside them
LARGEST_COUNT = 1 << 53  # whole numbers up to here are floats, too
Columns = tuple[
    dict[str, bool], dict[str, bool]
]  # of quarters and of weeks, and whether each is whole; keys of a run apart


class Wanted(NamedTuple):
    """What parts of a study must be: their stamp; where the model says it, their columns and quarters in each run."""

    stamp: Stamp
    columns: Columns | None = None
    quarters: int | None = None


def check_count(folder: Folder, number: int, runs: int, wanted: Wanted) -> None:
    """Raise UserError unless both files of a part have rows for so many runs, as their heads say."""
    quarters = {table: _quarters(folder.part(table, number), table, runs, wanted) for table in TABLES}
    if len(set(quarters.values())) > 1:
        raise _wrong(folder.part(TABLES[1], number), "has not as many quarters as the file of quarters beside it")


def _quarters(path: Path, table: str, runs: int, wanted: Wanted) -> int:
    """How many quarters each run has in one file of a part, by its number of rows."""
    weeks = _weeks(table)
    with opened(path, PART_KEYS[table], wanted.stamp) as file:
        rows = int(file.metadata.num_rows)
        _check_groups(file.metadata, path)
    quarters = rows // (weeks * runs)
    if not 1 <= quarters <= MOST_QUARTERS or rows != runs * quarters * weeks:
        raise _wrong(path, f"has {rows:,} rows, and the ledger counts {runs:,} runs in it")
    if wanted.quarters not in {None, quarters}:
        raise _wrong(path, f"has {quarters} quarters in each run, and these scenarios measure {wanted.quarters}")
    return quarters


def _weeks(table: str) -> int:
    return WEEKS_PER_QUARTER if table == "weeks" else 1


def check_part(folder: Folder, number: int, runs: Sequence[Run], wanted: Wanted) -> None:
    """Raise UserError unless both files of a part hold the rows of these runs, which are in order, and no others.

    That there are as many has been checked.
    """
    for place, table in enumerate(TABLES):
        path = folder.part(table, number)
        with opened(path, PART_KEYS[table], wanted.stamp, listed=True) as file:
            _check_columns(file.schema_arrow, path, wanted.columns and wanted.columns[place])
            _check_keys(file, path, runs, table)
            _check_numbers(file, path)


def _check_groups(head: pq.FileMetaData, path: Path) -> None:
    """Row groups are few and none is empty, and no column unfolds to more than its rows can be."""
    groups = [head.row_group(number) for number in range(head.num_row_groups)]
    if len(groups) > MOST_GROUPS + 1 or any(group.num_rows < 1 for group in groups):
        raise _wrong(path, f"has {len(groups)} row groups, or an empty one")
    for group in groups:
        for place in range(group.num_columns):
            column = group.column(place)
            if column.total_uncompressed_size > SPARE + WIDEST * group.num_rows:
                raise _wrong(path, f"its column `{column.path_in_schema}` takes more room than its rows can")


def _check_columns(schema: pa.Schema, path: Path, columns: dict[str, bool] | None) -> None:
    """The columns are those that the model makes, each of its kind."""
    if columns is None:
        return
    kinds = {field.name: pa.types.is_integer(field.type) for field in schema if field.name not in RUN}
    if list(kinds.items()) != list(columns.items()):
        odd = [name for name in {**columns, **kinds} if columns.get(name) != kinds.get(name)] or ["in another order"]
        raise _wrong(path, f"has other columns than this model makes ({', '.join(map(quoted, odd[:3]))})")


def _check_keys(file: pq.ParquetFile, path: Path, runs: Sequence[Run], table: str) -> None:
    """Each run once, in order, with every quarter and week from 1."""
    each, weeks = file.metadata.num_rows // len(runs), _weeks(table)
    quarters, rows = each // weeks, file.read(list(PART_KEYS[table]))
    keys = {name: rows.column(name) for name in PART_KEYS[table]}
    known = {run.content for run in runs}
    for chunk in keys["content"].chunks:  # before a long text is written out for each row
        if not set(chunk.dictionary.to_pylist()) <= known:
            raise _wrong(path, OTHER_CONTENTS)
    keys["content"] = keys["content"].cast(pa.string())
    contents = np.repeat(np.array([run.content for run in runs], dtype=object), each)
    numbers = {
        "replication": np.repeat(np.array([run.replication for run in runs], dtype=np.int64), each),
        "quarter": np.tile(np.repeat(np.arange(1, quarters + 1), weeks), len(runs)),
        "week": np.tile(np.arange(1, weeks + 1), len(runs) * quarters),
    }
    same = pc.equal(keys["content"], pa.array(contents, pa.string()))
    if not pc.all(same, skip_nulls=False).as_py():
        raise _wrong(path, OTHER_CONTENTS)
    for name in PART_KEYS[table][1:]:
        if keys[name].null_count or not np.array_equal(keys[name].to_numpy(), numbers[name]):
            raise _wrong(path, f"its column `{name}` does not run through the runs that the ledger counts in it")


def _check_numbers(file: pq.ParquetFile, path: Path) -> None:
    """Measures are numbers or missing, and their squares are numbers, too; counts are whole, there, and not below 0."""
    for number in range(file.num_row_groups):
        group = file.read_row_group(number)
        for name in group.column_names[3:]:  # keys have been checked
            column = group.column(name)
            ends = pc.min_max(column)
            low, high = ends["min"].as_py(), ends["max"].as_py()
            if pa.types.is_integer(column.type) and (column.null_count or low < 0 or high > LARGEST_COUNT):
                raise _wrong(path, f"its column `{name}` holds something else than counts in each row")
            if low is not None and max(-low, high) > LARGEST:
                raise _wrong(path, f"its column `{name}` holds {max(-low, high):g}, beyond what a measure can be")


def _wrong(path: Path, why: str) -> UserError:
    return UserError(f"{path}: {why}.\n  This is no part that this study wrote. {WAY_OUT}.")
