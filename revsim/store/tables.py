"""Tables on disk: Parquet with the key columns of interface.md, checked on the way in and out; CSV for people."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from revsim.errors import UserError
from revsim.refusals import is_shortage
from revsim.store import regular
from revsim.store.atomic import write, write_text
from revsim.store.csv_text import written_frame
from revsim.store.stamp import Stamp

QUARTER_KEYS = ("scenario", "replication", "quarter")
WEEK_KEYS = ("scenario", "replication", "quarter", "week")
KEYS = {"quarters": QUARTER_KEYS, "weeks": WEEK_KEYS}
# in a part a run is known by what it is of, not by a name
PART_KEYS = {table: ("content", *keys[1:]) for table, keys in KEYS.items()}
KEY_NAMES = {name for keys in (*KEYS.values(), *PART_KEYS.values()) for name in keys}
COMPRESSION = "zstd"
LISTED = pa.dictionary(pa.int32(), pa.string())  # each text once, as it may be read
NO_TABLE = "This is no table of revsim's; give the folder of a study, or run the study again"


def _check(columns: list[str], keys: tuple[str, ...], path: Path) -> None:
    """Raise UserError unless the table begins with its keys."""
    if tuple(columns[: len(keys)]) != keys:
        raise UserError(
            f"{path}: the columns begin with {', '.join(columns[: len(keys)])}, not with {', '.join(keys)}.\n"
            f"  {NO_TABLE}."
        )


def _check_types(schema: pa.Schema, path: Path, keys: tuple[str, ...]) -> None:
    """Raise UserError unless the first column is text, the other keys whole numbers, and all else numbers."""
    for number, field in enumerate(schema):
        wanted = (
            (pa.string(), LISTED) if not number else (pa.int64(),) if number < len(keys) else (pa.int64(), pa.float64())
        )
        if field.type not in wanted:
            raise UserError(
                f"{path}: column `{field.name}` is of type {field.type}, not {' or '.join(map(str, wanted))}.\n"
                f"  {NO_TABLE}."
            )
    if len(set(schema.names)) < len(schema.names):
        raise UserError(f"{path}: has two columns of one name.\n  {NO_TABLE}.")


def _schema(frame: pd.DataFrame, keys: tuple[str, ...]) -> pa.Schema:
    """Text for the scenario or content, int64 for the other keys and for whole numbers, float64 for the rest."""
    fields = []
    for column in frame.columns:
        if column == frame.columns[0]:
            kind = pa.string()
        elif column in keys or frame[column].dtype.kind in "iu":
            kind = pa.int64()
        else:
            kind = pa.float64()
        fields.append(pa.field(str(column), kind))
    return pa.schema(fields)


def table_of(frame: pd.DataFrame, keys: tuple[str, ...], path: Path) -> pa.Table:
    """A frame as it is written to `path`; NaN becomes null."""
    _check(list(frame.columns), keys, path)
    return pa.Table.from_pandas(frame, schema=_schema(frame, keys)).replace_schema_metadata(None)


def write_groups(groups: Iterable[pa.Table], path: Path, stamp: Stamp | None = None) -> None:
    """Write tables of equal columns one below the other, each as a row group; only one at a time is in memory."""
    write(path, lambda file: _fill(groups, file, stamp))


def _fill(groups: Iterable[pa.Table], file: BinaryIO, stamp: Stamp | None) -> None:
    left = iter(groups)
    first = next(left)
    # no statistics of measures: nobody looks for rows by them, and the writer keeps those of all groups in memory
    keys = [name for name in first.column_names if name in KEY_NAMES]
    # no dictionaries of measures, whose values hardly ever come twice: they take longer than all else, and room
    whole = [field.name for field in first.schema if not pa.types.is_floating(field.type)]
    schema = first.schema.with_metadata(stamp.metadata if stamp else None)
    with pq.ParquetWriter(file, schema, compression=COMPRESSION, write_statistics=keys, use_dictionary=whole) as writer:
        for group in chain([first], left):
            writer.write_table(group, row_group_size=max(1, group.num_rows))


def read_table(path: Path, keys: tuple[str, ...], columns: Collection[str] | None = None) -> pd.DataFrame:
    """Read a table, or its keys and some columns; null becomes NaN. Raises UserError if it is absent or none."""
    with opened(path, keys) as file:
        return _frame(file, None if columns is None else {*keys, *columns})


def read_contents(path: Path, keys: tuple[str, ...], wanted: Collection[str]) -> dict[str, pa.Table]:
    """The rows of some contents of a part, which is sorted by them. Raises UserError as `read_table`."""
    found: dict[str, list[pa.Table]] = {}
    with opened(path, keys) as file:
        for number in range(file.num_row_groups):
            span = file.metadata.row_group(number).column(0).statistics
            is_known = span is not None and span.has_min_max
            inside = [content for content in wanted if not is_known or span.min <= content <= span.max]
            if inside:
                for content, rows in _split(file.read_row_group(number), inside).items():
                    found.setdefault(content, []).append(rows)
    return {content: pa.concat_tables(tables) for content, tables in found.items()}


def _split(rows: pa.Table, wanted: Collection[str]) -> dict[str, pa.Table]:
    """Rows by content; copies, as a slice would keep all others in memory."""
    contents = rows.column(0).to_numpy()
    if not len(contents):
        return {}
    if contents[0] == contents[-1]:
        return {contents[0]: rows} if contents[0] in wanted else {}
    spans = {one: np.searchsorted(contents, one, "left") for one in wanted}
    ends = {one: np.searchsorted(contents, one, "right") for one in wanted}
    return {one: rows.take(np.arange(low, ends[one])) for one, low in spans.items() if low < ends[one]}


@contextmanager
def opened(
    path: Path, keys: tuple[str, ...], stamp: Stamp | None = None, *, listed: bool = False
) -> Iterator[pq.ParquetFile]:
    """A table of these keys, open; of this stamp, if one is given. Raises UserError if it is absent or none.

    `listed`: each text of the first key is read once, however many rows it stands in.
    What Arrow says of it inside is told, too: the file may come from a stranger.
    """
    try:
        with (
            regular.opened(path, sys.maxsize) as plain,
            pq.ParquetFile(plain, read_dictionary=[keys[0]] if listed else None) as file,
        ):
            _check(file.schema_arrow.names, keys, path)
            _check_types(file.schema_arrow, path, keys)
            if stamp is not None and not stamp.is_of(file.metadata.metadata):
                raise UserError(
                    f"{path}: its rows are not of seed {stamp.seed} and version {stamp.code[:8]} of the model.\n"
                    "  It is another study's: delete it, and run the study again."
                )
            yield file
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file.\n  Give the folder of a study that has run.") from None
    except MemoryError as error:
        raise MemoryError(f"{path}: {error}") from error
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if is_shortage(error):  # of threads, say: the file may be as it should be
            raise
        raise UserError(
            f"{path}: cannot be read ({error}).\n  The file is damaged: delete it, and run the study again."
        ) from None


def _frame(file: pq.ParquetFile, wanted: Collection[str] | None = None) -> pd.DataFrame:
    """Filled row group by row group: the whole table beside its frame would take twice the memory."""
    schema, length, at = file.schema_arrow, file.metadata.num_rows, 0
    texts = [pa.array([], schema.field(0).type)]
    fields = [field for field in list(schema)[1:] if wanted is None or field.name in wanted]
    numbers = {field.name: np.empty(length, field.type.to_pandas_dtype()) for field in fields}
    columns = [schema.field(0).name, *numbers]
    for group in (file.read_row_group(number, columns) for number in range(file.num_row_groups)):
        texts += group.column(0).chunks
        for name, values in numbers.items():
            values[at : at + group.num_rows] = group.column(name).to_numpy()
        at += group.num_rows
    return pd.DataFrame({schema.names[0]: pa.chunked_array(texts).to_pandas(), **numbers}, copy=False)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table for people; NaN is an empty cell, numbers keep all their digits, no text is a formula."""
    write_text(path, written_frame(frame).to_csv(index=False, lineterminator="\n"))


def write_trace(frame: pd.DataFrame, path: Path) -> None:
    """Write an event log as Parquet or CSV, by the file's ending. Raises UserError for any other."""
    if path.suffix == ".parquet":
        table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        write(path, lambda file: pq.write_table(table, file, compression=COMPRESSION))
    elif path.suffix == ".csv":
        write_csv(frame, path)
    else:
        raise UserError(f"--out {path}: must end in .parquet or .csv, which says how the log is written.")
