"""Merging takes from a part what the ledger counts in it, or says which part holds something else."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from revsim.errors import UserError
from revsim.store import merging
from revsim.store.layout import Folder
from revsim.store.merging import _between, _of_content, _reader, _together


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


@pytest.mark.parametrize(
    ("runs", "sizes"), [(250, [250]), (251, [250, 1]), (500, [250, 250]), (502, [250, 250, 2]), (0, [])]
)
def test_a_row_group_holds_250_replications(runs: int, sizes: list[int]) -> None:
    tables = {1: {"a": pa.table({"replication": range(runs)})}}
    places = ((number, 1) for number in range(runs))
    assert [table.num_rows for table in _of_content("a", places, lambda number: tables[number], Path())] == sizes


def test_rows_of_two_parts_lie_in_one_piece_and_must_have_the_same_columns() -> None:
    one, two = ({"a": pa.table({"replication": [number]})} for number in (0, 1))
    (table,) = _of_content("a", iter([(0, 1), (1, 2)]), lambda number: {1: one, 2: two}[number], Path())
    assert table.column("replication").num_chunks == 1
    other = {"a": two["a"].append_column("more", [[1.0]])}
    with pytest.raises(UserError, match="its files have different columns"):
        list(_of_content("a", iter([(0, 1), (1, 2)]), lambda number: {1: one, 2: other}[number], Path()))


@pytest.mark.parametrize(
    ("first", "last", "found"), [(0, 9, [2, 2, 4, 4, 6]), (2, 2, [2, 2]), (3, 5, [4, 4]), (6, 6, [6]), (7, 9, [])]
)
def test_rows_between_two_replications_are_those_with_both(first: int, last: int, found: list[int]) -> None:
    rows = pa.table({"replication": [2, 2, 4, 4, 6]})
    assert _between(rows, first, last).column("replication").to_pylist() == found


class Counted:
    """A ledger that counts so many replications of each content."""

    def __init__(self, **counts: int) -> None:
        self.count = counts.__getitem__


@pytest.mark.parametrize(
    ("most", "lots"), [(1, [5]), (143, [5]), (250, [4, 1]), (333, [3, 2]), (500, [2, 2, 1]), (501, [1] * 5)]
)
def test_scenarios_are_read_at_once_up_to_a_thousand_runs(most: int, lots: list[int]) -> None:
    scenarios = [(name.upper(), name) for name in "abcde"]
    found = list(_together(Counted(a=1, b=1, c=most, d=1, e=1), scenarios))  # type: ignore[arg-type]
    assert [len(lot) for lot in found] == lots
    assert [one for lot in found for one in lot] == scenarios


def test_more_runs_than_are_read_at_once_are_read_scenario_by_scenario() -> None:
    scenarios = [("A", "a"), ("B", "b")]
    assert list(_together(Counted(a=1001, b=0), scenarios)) == [[one] for one in scenarios]  # type: ignore[arg-type]
    seven = [(name.upper(), name) for name in "abcdefg"]
    counts = dict.fromkeys("abcdefg", 143)
    assert [len(lot) for lot in _together(Counted(**counts), seven)] == [6, 1]  # type: ignore[arg-type]


@pytest.mark.parametrize(("contents", "again"), [({"a"}, [5, 1, 2]), ({"a", "b"}, [5])])
def test_four_parts_stay_open_for_one_content_and_all_for_several(
    contents: set[str], again: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(merging, "read_contents", lambda path, *_: asked.append(int(path.stem[-7:])) or {})
    opened = _reader(Folder(Path()), "weeks", contents)
    for number in (1, 2, 3, 4, 1, 2, 3, 4):
        opened(number)
    assert asked == [1, 2, 3, 4]
    for number in (5, 1, 2, 1):
        opened(number)
    assert asked == [1, 2, 3, 4, *again]
