"""The whole tables are made of the parts, a few parts at a time: memory does not grow with the study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from revsim.errors import UserError
from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Ledger
from revsim.store.manifest import WAY_OUT
from revsim.store.stamp import Stamp
from revsim.store.tables import PART_KEYS, read_contents, write_groups

GROUP = 250  # replications in a row group of a whole table, so that its bytes do not tell how the parts were cut
OPEN_PARTS = 4  # what was tried again lies in late parts, between rows of earlier ones
RUNS_AT_ONCE = 1000  # in memory

Places = Iterator[tuple[int, int]]  # (replication, number of its part)
Opened = Callable[[int], dict[str, pa.Table]]  # a part's rows by content


def merge(folder: Folder, ledger: Ledger, scenarios: list[tuple[str, str]], stamp: Stamp) -> None:
    """Write both tables by (name, content) of the scenarios, replication, quarter, week. Raises UserError.

    At least one run must be done. Equal contents stand under each of their names.
    """
    for table in reversed(TABLES):  # the larger first: not all that a writer has held is given back to the system
        write_groups(_groups(folder, ledger, table, scenarios), folder.whole(table), stamp)


def _groups(folder: Folder, ledger: Ledger, table: str, scenarios: list[tuple[str, str]]) -> Iterator[pa.Table]:
    for some in _together(ledger, scenarios):
        opened = _reader(folder, table, {content for _, content in some})
        for name, content in some:
            for rows in _of_content(content, ledger.places(content), opened, folder.parts):
                yield rows.set_column(0, "scenario", pa.array([name] * rows.num_rows, pa.string()))


def _together(ledger: Ledger, scenarios: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Scenarios that are read at once: a part is opened for each such lot, and may hold rows of every scenario."""
    most = max(ledger.count(content) for _, content in scenarios)
    size = max(1, RUNS_AT_ONCE // most)
    return (scenarios[at : at + size] for at in range(0, len(scenarios), size))


def _reader(folder: Folder, table: str, contents: set[str]) -> Opened:
    """The rows of these contents by the number of a part; several contents have few rows, which are all kept."""

    @lru_cache(OPEN_PARTS if len(contents) == 1 else None)
    def opened(number: int) -> dict[str, pa.Table]:
        return read_contents(folder.part(table, number), PART_KEYS[table], contents)

    return opened


def _of_content(content: str, places: Places, opened: Opened, parts: Path) -> Iterator[pa.Table]:
    """The rows of one content by replication, GROUP replications at a time.

    Raises UserError where they are not those that the ledger counts.
    """
    each: set[int] = set()  # rows of a run
    while some := list(islice(places, GROUP)):
        slices = []
        for number, run in groupby(some, key=lambda place: place[1]):
            replications = [replication for replication, _ in run]
            rows = opened(number).get(content)
            if rows is None:
                raise _miscounted(parts, number)
            slices.append(_between(rows, replications[0], replications[-1]))
            each.add(slices[-1].num_rows // len(replications))
            is_even = slices[-1].num_rows % len(replications) == 0 and len(each) == 1
            if not is_even or slices[-1].column("replication").unique().to_pylist() != replications:
                raise _miscounted(parts, number)
        # in one piece: where pages of the file end must not tell where parts ended
        try:
            yield pa.concat_tables(slices).combine_chunks()
        except pa.ArrowInvalid as error:
            raise UserError(f"{parts}: its files have different columns ({error}).\n  {WAY_OUT}.") from None


def _miscounted(parts: Path, number: int) -> UserError:
    return UserError(
        f"{parts}: part {number} does not hold all runs that the ledger counts in it.\n  {WAY_OUT}, and run it again."
    )


def _between(rows: pa.Table, first: int, last: int) -> pa.Table:
    """Rows of the replications from `first` to `last`; a part is sorted by them."""
    replications = rows.column("replication").to_numpy()
    low, high = np.searchsorted(replications, first, "left"), np.searchsorted(replications, last, "right")
    return rows.slice(int(low), int(high - low))
