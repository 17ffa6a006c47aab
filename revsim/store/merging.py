"""The whole tables are made of the parts, a few parts at a time: memory does not grow with the study."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, islice

import numpy as np
import pyarrow as pa

from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Ledger
from revsim.store.tables import PART_KEYS, read_arrow, write_groups

GROUP = 250  # replications in a row group of a whole table, so that its bytes do not tell how the parts were cut
OPEN_PARTS = 4  # what was tried again lies in late parts, between rows of earlier ones

Places = Iterator[tuple[int, int]]  # (replication, number of its part)


def merge(folder: Folder, ledger: Ledger, scenarios: list[tuple[str, str]]) -> None:
    """Write both tables by (name, content) of the scenarios, replication, quarter, week. Raises UserError.

    At least one run must be done. Equal contents stand under each of their names.
    """
    for table in TABLES:
        write_groups(_groups(folder, ledger, table, scenarios), folder.whole(table))


def _groups(folder: Folder, ledger: Ledger, table: str, scenarios: list[tuple[str, str]]) -> Iterator[pa.Table]:
    for name, content in scenarios:
        for rows in _of_content(folder, table, content, ledger.places(content)):
            yield rows.set_column(0, "scenario", pa.array([name] * rows.num_rows, pa.string()))


def _of_content(folder: Folder, table: str, content: str, places: Places) -> Iterator[pa.Table]:
    """The rows of one content by replication, GROUP replications at a time."""

    @lru_cache(OPEN_PARTS)
    def opened(number: int) -> pa.Table:
        return read_arrow(folder.part(table, number), PART_KEYS[table], content)

    while some := list(islice(places, GROUP)):
        slices = []
        for number, run in groupby(some, key=lambda place: place[1]):
            replications = [replication for replication, _ in run]
            slices.append(_between(opened(number), replications[0], replications[-1]))
        # in one piece: where pages of the file end must not tell where parts ended
        yield pa.concat_tables(slices).combine_chunks()


def _between(rows: pa.Table, first: int, last: int) -> pa.Table:
    """Rows of the replications from `first` to `last`; a part is sorted by them."""
    replications = rows.column("replication").to_numpy()
    low, high = np.searchsorted(replications, first, "left"), np.searchsorted(replications, last, "right")
    return rows.slice(int(low), int(high - low))
