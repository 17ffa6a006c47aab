"""Tables on disk: what is read of them, in which order, and how they are written."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from revsim.errors import UserError
from revsim.store.stamp import Stamp
from revsim.store.tables import KEYS, opened, read_contents, read_table, table_of, write_csv, write_groups, write_trace

KEY = KEYS["quarters"]
ROWS = pd.DataFrame(
    {"scenario": list("aabd"), "replication": [0, 1, 0, 5], "quarter": 1, "won": [4, 3, 2, 1], "plan": [1.0, 2, 3, 4]}
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The rows in groups of two, one and one."""
    path = tmp_path / "t.parquet"
    whole = table_of(ROWS, KEY, path)
    write_groups([whole.slice(0, 2), whole.slice(2, 1), whole.slice(3, 1)], path)
    return path


def test_row_groups_are_read_one_below_the_other(path: Path) -> None:
    pd.testing.assert_frame_equal(read_table(path, KEY), ROWS, check_exact=True)


@pytest.mark.parametrize(
    ("columns", "read"), [([], []), (["plan"], ["plan"]), (["plan", "won"], ["won", "plan"]), (["none"], [])]
)
def test_some_columns_are_read_behind_the_keys_in_the_order_of_the_file(
    path: Path, columns: list[str], read: list[str]
) -> None:
    pd.testing.assert_frame_equal(read_table(path, KEY, columns), ROWS[[*KEY, *read]], check_exact=True)


def test_reading_takes_the_memory_of_one_frame(tmp_path: Path) -> None:
    numbers = {f"m{k}": np.arange(10_000.0) for k in range(30)}
    frame = pd.DataFrame({"scenario": "a", "replication": 0, "quarter": 1, **numbers})
    write_groups([table_of(frame, KEY, tmp_path / "t")], tmp_path / "t")
    tracemalloc.start()
    read_table(tmp_path / "t", KEY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1.5 * frame.memory_usage().sum()


@pytest.mark.parametrize("groups", [[4], [2, 1, 1], [3, 1], [1, 3], [0, 4], [2, 0, 2]])
@pytest.mark.parametrize("statistics", [True, False])
def test_contents_are_found_wherever_row_groups_end(tmp_path: Path, groups: list[int], *, statistics: bool) -> None:
    place, whole, at = tmp_path / "t", table_of(ROWS, KEY, tmp_path), 0
    with pq.ParquetWriter(place, whole.schema, write_statistics=statistics) as writer:
        for size in groups:
            writer.write_table(whole.slice(at, size), row_group_size=max(1, size))
            at += size
    for wanted in (["a", "b", "c"], ["d"], ["c"], []):
        found = read_contents(place, KEY, wanted)
        plans = {name: rows.column("plan").to_pylist() for name, rows in found.items()}
        assert plans == {name: {"a": [1.0, 2.0], "b": [3.0], "d": [4.0]}[name] for name in wanted if name != "c"}


def test_an_empty_table_comes_back_empty(tmp_path: Path) -> None:
    write_groups([table_of(ROWS[:0], KEY, tmp_path / "t")], tmp_path / "t")
    assert read_table(tmp_path / "t", KEY).shape == (0, 5)
    assert read_contents(tmp_path / "t", KEY, ["a"]) == {}


def test_keys_alone_have_spans_and_numbers_that_hardly_come_twice_no_dictionary(path: Path) -> None:
    head = pq.ParquetFile(path).metadata
    columns = [head.row_group(0).column(place) for place in range(5)]
    assert [column.statistics is not None for column in columns] == [True, True, True, False, False]
    assert [column.has_dictionary_page for column in columns] == [True, True, True, True, False]
    assert [head.row_group(number).num_rows for number in range(head.num_row_groups)] == [2, 1, 1]


def write(path: Path, **columns: object) -> None:
    """A table as somebody else writes it."""
    pq.write_table(pa.table(columns), path)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"scenario": [1], "replication": [0], "quarter": [1]}, "column `scenario` is of type int64, not string"),
        ({"scenario": ["a"], "replication": [0.0], "quarter": [1]}, "column `replication` is of type double, not int"),
        ({"scenario": ["a"], "replication": [0], "quarter": [1.0]}, "column `quarter` is of type double, not int64"),
        ({"scenario": ["a"], "replication": [0], "quarter": [1], "x": ["1"]}, "`x` is of type string, not int64 or d"),
        ({"scenario": ["a"], "quarter": [1], "replication": [0]}, "begin with scenario, quarter, replication, not"),
        ({"scenario": ["a"], "replication": [0]}, "begin with scenario, replication, not with"),
    ],
)
def test_a_table_of_other_keys_or_kinds_is_none(tmp_path: Path, columns: dict[str, list[object]], why: str) -> None:
    write(tmp_path / "t", **columns)
    with pytest.raises(UserError, match=why):
        read_table(tmp_path / "t", KEY)
    with pytest.raises(UserError, match=why), opened(tmp_path / "t", KEY):
        pass


def test_measures_are_whole_or_not(tmp_path: Path) -> None:
    write(tmp_path / "t", scenario=["a"], replication=[0], quarter=[1], x=[7], y=[0.5])
    assert read_table(tmp_path / "t", KEY)[["x", "y"]].dtypes.tolist() == [np.int64, np.float64]


def test_a_table_of_another_stamp_is_another_study_s(tmp_path: Path) -> None:
    write_groups([table_of(ROWS, KEY, tmp_path / "t")], tmp_path / "t", Stamp(3, "code"))
    with opened(tmp_path / "t", KEY, Stamp(3, "code")) as file:
        assert file.metadata.num_rows == 4
    for other in (Stamp(4, "code"), Stamp(3, "cod")):
        with pytest.raises(UserError, match=f"not of seed {other.seed}"), opened(tmp_path / "t", KEY, other):
            pass


def test_a_stamp_stands_in_a_file_as_text_of_its_fields_by_name() -> None:
    assert Stamp(3, "c").metadata == {b"revsim": b'{"code": "c", "seed": 3}'}
    assert Stamp(3, "c").is_of({b"revsim": b'{"code": "c", "seed": 3}', b"more": b""})
    assert not Stamp(3, "c").is_of({b"more": b""})
    assert not Stamp(3, "c").is_of(None)


def test_each_text_may_be_read_once_however_many_rows_it_stands_in(path: Path) -> None:
    with opened(path, KEY, listed=True) as file:
        assert file.read_row_group(0).column(0).chunk(0).dictionary.to_pylist() == ["a"]
    with opened(path, KEY) as file:
        assert file.read_row_group(0).column(0).to_pylist() == ["a", "a"]


def test_rows_for_people_and_logs_have_no_column_of_row_numbers(tmp_path: Path) -> None:
    log = pd.DataFrame({"kind": ["=won", "lost"], "at": [0.1, np.nan]}, index=[7, 5])
    write_csv(log, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == b"kind,at\n'=won,0.1\nlost,\n"
    write_trace(log, tmp_path / "t.parquet")
    table = pq.read_table(tmp_path / "t.parquet")
    assert (table.column_names, table.schema.metadata) == (["kind", "at"], None)
