"""Merging takes from a part what the ledger counts in it, or says which part holds something else."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from revsim.errors import UserError
from revsim.store.merging import _of_content


def merged(replications: dict[int, list[int]], places: list[tuple[int, int]]) -> list[int]:
    """Replications of one content, in order, read from parts that hold a row for each entry of theirs."""
    tables = {number: {"a": pa.table({"replication": rows})} for number, rows in replications.items()}
    found = _of_content("a", iter(places), lambda number: tables.get(number, {}), Path("parts"))
    return [number for table in found for number in table.column("replication").to_pylist()]


def test_replications_come_in_the_ledger_s_order_from_whichever_part_they_are_in() -> None:
    parts = {1: [0, 0, 1, 1, 5, 5], 2: [2, 2, 3, 3]}
    assert merged(parts, [(0, 1), (1, 1), (2, 2), (3, 2), (5, 1)]) == [0, 0, 1, 1, 2, 2, 3, 3, 5, 5]


@pytest.mark.parametrize(
    "rows", [[0, 0, 1], [0, 0, 2, 2], [0, 0], []], ids=["a row less", "another run", "a run too few", "nothing"]
)
def test_a_part_that_holds_other_runs_than_are_counted_is_told(rows: list[int]) -> None:
    with pytest.raises(UserError, match="part 1 does not hold all runs"):
        merged({1: rows}, [(0, 1), (1, 1)])


def test_runs_of_one_part_longer_than_those_of_another_are_told() -> None:
    with pytest.raises(UserError, match="part 2 does not hold all runs"):
        merged({1: [0, 0], 2: [1, 1, 1]}, [(0, 1), (1, 2)])


def test_a_part_without_the_content_is_told() -> None:
    with pytest.raises(UserError, match="part 9 does not hold all runs"):
        merged({1: [0, 0]}, [(0, 1), (1, 9)])
