"""A file that could not be read for want of memory, threads or open files is not called damaged."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from revsim.errors import UserError
from revsim.machine.there import why_not_compiled
from revsim.refusals import is_refused
from revsim.reports import drawing
from revsim.store.tables import QUARTER_KEYS, read_table, table_of, write_groups

FRAME = pd.DataFrame({"scenario": ["a"], "replication": [0], "quarter": [1], "won": [1.0]})
SHORT = [
    OSError("Unknown error: Failed to launch worker thread: Resource temporarily unavailable"),
    OSError(errno.EMFILE, os.strerror(errno.EMFILE)),
    pa.ArrowMemoryError("malloc of size 64 failed"),
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "quarters.parquet"
    write_groups([table_of(FRAME, QUARTER_KEYS, path)], path)
    return path


def failing(error: Exception) -> object:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", SHORT)
def test_what_ran_short_is_told_as_that(table: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(pq, "ParquetFile", failing(error))
    with pytest.raises(MemoryError if isinstance(error, MemoryError) else OSError) as told:
        read_table(table, QUARTER_KEYS)
    assert is_refused(told.value)
    assert "damaged" not in str(told.value)


def test_what_is_damaged_is_still_called_so(table: Path) -> None:
    table.write_bytes(table.read_bytes()[:-9])
    with pytest.raises(UserError, match="damaged"):
        read_table(table, QUARTER_KEYS)


@pytest.mark.parametrize("error", [*SHORT, ImportError("libft.so: failed to map segment from shared object")])
def test_where_drawing_runs_short_nobody_is_told_to_install_anything(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(drawing, "read_ahead", failing(error))
    with pytest.raises(type(error)):
        drawing.check_drawing()


def test_the_slow_engine_does_not_stand_in_where_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str, *_: object, **__: object) -> None:
        raise ImportError(f"{name}: failed to map segment from shared object")

    monkeypatch.setattr("revsim.machine.ready.is_known_to_work", lambda: False)
    monkeypatch.setattr("builtins.__import__", absent_for("numba", absent))
    with pytest.raises(ImportError):
        why_not_compiled.__wrapped__()


def absent_for(package: str, absent: object) -> object:
    usual = __import__

    def imported(name: str, *more: object, **named: object) -> object:
        return (absent if name == package else usual)(name, *more, **named)  # type: ignore[operator]

    return imported
