"""What the head of a part says is bounded: its row groups, and what its columns unfold to; keys are not missing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from revsim.errors import UserError
from revsim.store.ledger import Run
from revsim.store.part_check import Wanted, _check_groups, check_count
from tests.store.test_part_check import STAMP, check, part, put, rows_of


def head(*sizes: int, bytes_of: int = 0) -> Any:
    """The head of a file with row groups of these sizes; so many bytes in the last column of the last."""

    def group(number: int) -> SimpleNamespace:
        def column(place: int) -> SimpleNamespace:
            is_last = (number, place) == (len(sizes) - 1, 2)
            return SimpleNamespace(total_uncompressed_size=bytes_of if is_last else 0, path_in_schema=f"c{place}")

        return SimpleNamespace(num_rows=sizes[number], num_columns=3, column=column)

    return SimpleNamespace(num_row_groups=len(sizes), row_group=group)


def is_taken(facts: Any) -> bool:
    try:
        _check_groups(facts, Path("part"))
    except UserError:
        return False
    return True


@pytest.mark.parametrize(
    ("sizes", "taken"), [([1] * 11, True), ([1] * 12, False), ([5, 0], False), ([0, 5], False), ([1], True)]
)
def test_row_groups_are_eleven_at_most_and_none_is_empty(sizes: list[int], *, taken: bool) -> None:
    assert is_taken(head(*sizes)) == taken


@pytest.mark.parametrize("size", [1, 2])
def test_row_groups_are_counted_before_rows_are_read(tmp_path: Path, size: int) -> None:
    folder = part(tmp_path, quarters=4)
    path = folder.part("quarters", 1)
    pq.write_table(pq.read_table(path), path, row_group_size=size)
    if size == 1:
        with pytest.raises(UserError, match="has 12 row groups, or an empty one"):
            check_count(folder, 1, 3, Wanted(STAMP))
    else:
        check_count(folder, 1, 3, Wanted(STAMP))


@pytest.mark.parametrize("rows", [1, 1000])
def test_a_column_unfolds_to_32_bytes_a_row_and_a_quarter_of_a_megabyte(rows: int) -> None:
    most = 262_144 + 32 * rows
    assert is_taken(head(7, rows, bytes_of=most))
    assert not is_taken(head(7, rows, bytes_of=most + 1))
    with pytest.raises(UserError, match="its column `c2` takes more room"):
        _check_groups(head(rows, bytes_of=most + 1), Path("part"))


@pytest.mark.parametrize(
    ("column", "why"), [("content", "rows of other contents"), ("replication", "column `replication` does not run")]
)
def test_a_key_that_is_missing_in_one_row_is_told(tmp_path: Path, column: str, why: str) -> None:
    values = {"content": ["a", None], "replication": [0, np.nan]}[column]
    with pytest.raises(UserError, match=why):
        check(part(tmp_path, put(column, *values)))


@pytest.mark.parametrize("missing", [1, 6])
def test_a_count_that_is_missing_is_told(tmp_path: Path, missing: int) -> None:
    counts = pd.array([None] * missing + [3] * (6 - missing), dtype="Int64")
    with pytest.raises(UserError, match="its column `won` holds"):
        check(part(tmp_path, lambda quarters, weeks: (quarters.assign(won=counts), weeks)))


def test_a_part_of_one_content_is_right(tmp_path: Path) -> None:
    runs = [Run("a", 0), Run("a", 2)]
    check(part(tmp_path, lambda *_: rows_of(runs)), runs=runs)


@pytest.mark.parametrize(("column", "values"), [("won", [3, 3, -1]), ("bookings", [1.0, np.nan, -2e150])])
def test_the_first_and_the_last_measure_are_looked_at_in_every_row(
    tmp_path: Path, column: str, values: list[float]
) -> None:
    with pytest.raises(UserError, match=f"its column `{column}` holds"):
        check(part(tmp_path, put(column, *values)))
