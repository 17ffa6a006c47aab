"""The rows of a finished study where they are kept: read from its folder when somebody first looks at them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, reduce

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from revsim.errors import UserError
from revsim.store.grid import Grid
from revsim.store.layout import TABLES, Folder
from revsim.store.lost import lost
from revsim.store.stamp import Stamp
from revsim.store.tables import KEYS, opened, read_table

Numbers = NDArray[np.int64]


class Kept:
    """Quarters and weeks, as `Rows`: those that stood there when the study ended, whatever came since."""

    def __init__(self, folder: Folder, replications: Mapping[str, Numbers], stamp: Stamp) -> None:
        """`replications` are those of each scenario by name. Raises UserError for tables of another stamp."""
        self._folder, self._replications = folder, replications
        self._lengths: dict[str, int] = {}
        for table in TABLES:
            with opened(folder.whole(table), KEYS[table], stamp) as file:
                self._lengths[table], width = file.metadata.num_rows, file.metadata.num_columns
                self._width: int = width if table == "quarters" else self._width

    @cached_property
    def quarters(self) -> pd.DataFrame:
        """One row per scenario, replication, quarter. Raises UserError if the folder lost them."""
        return self._read("quarters")

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """One row per scenario, replication, quarter, week. Raises UserError if the folder lost them."""
        return self._read("weeks")

    def of_quarters(self, columns: Collection[str]) -> pd.DataFrame:
        """The table of quarters with its keys and these columns alone, those that are there. Raises UserError."""
        return self._of("quarters", columns)

    def of_weeks(self, columns: Collection[str]) -> pd.DataFrame:
        """The table of weeks with its keys and these columns alone, those that are there. Raises UserError."""
        return self._of("weeks", columns)

    def _of(self, table: str, columns: Collection[str]) -> pd.DataFrame:
        """Some columns; all where somebody has looked at all of them."""
        return self.__dict__[table] if table in self.__dict__ else self._read(table, columns)

    def cells(self, columns: Collection[str]) -> int:
        """Numbers in the table of quarters and in these columns of the table of weeks."""
        return self._lengths["quarters"] * self._width + self._lengths["weeks"] * len(columns)

    def common(self, scenarios: Sequence[str]) -> tuple[Numbers, int]:
        """The replications that all these scenarios have, in order, and how many only some of them have."""
        own = [self._replications[name] for name in scenarios]
        everywhere = reduce(np.intersect1d, own)
        return everywhere, len(reduce(np.union1d, own)) - len(everywhere)

    def grid(self, table: str, scenarios: Sequence[str], replications: Numbers) -> Grid:
        """A table as arrays that are read when they are asked for. Raises UserError if the folder lost them."""
        return Grid(self._folder.whole(table), KEYS[table], scenarios, replications)

    def __iter__(self) -> Iterator[pd.DataFrame]:
        return iter((self.quarters, self.weeks))

    def _read(self, table: str, columns: Collection[str] | None = None) -> pd.DataFrame:
        path, length = self._folder.whole(table), self._lengths[table]
        if not path.exists():
            raise lost(self._folder)
        frame = read_table(path, KEYS[table], columns)
        if len(frame) != length:
            frame = frame[self._is_mine(frame)].reset_index(drop=True)
        if len(frame) != length:
            raise UserError(f"{path}: no longer holds all rows that this study had.\n  Run the study again.")
        return frame

    def _is_mine(self, frame: pd.DataFrame) -> NDArray[np.bool_]:
        """A folder only ever takes more replications of one study, and a replication has the same rows each time."""
        mine = np.zeros(len(frame), np.bool_)
        for name, numbers in self._replications.items():
            mine |= ((frame["scenario"] == name) & frame["replication"].isin(numbers)).to_numpy()
        return mine
