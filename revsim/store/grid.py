"""A whole table as arrays by scenario, replication, quarter (and week), each read from disk when it is asked for.

A study of very many replications has more rows than fit into memory; what statistics look at together is a column of
one scenario. A row group of the table holds whole replications of one scenario, in order (see merging.py).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.errors import UserError
from revsim.store.tables import opened

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
CACHED = 16_000_000  # bytes of arrays that were asked for and may be asked for again


class Group(NamedTuple):
    """A row group: whose rows, of which replications."""

    number: int
    scenario: str
    replications: Numbers


class Grid(Mapping[str, "GridColumn"]):
    """The columns of a table, for the replications wanted of the scenarios wanted."""

    def __init__(self, path: Path, keys: Sequence[str], scenarios: Sequence[str], replications: Numbers) -> None:
        """Find where they are. Raises UserError if they are not all there, each quarter (and week) once."""
        self._open = ExitStack()  # stays open: later rows of the folder do not change what was found
        self._file = self._open.enter_context(opened(path, tuple(keys)))
        self._keys, self._scenarios, self.replications = tuple(keys), tuple(scenarios), replications
        self._names = dict.fromkeys(self._file.schema_arrow.names)  # pyarrow makes a schema anew whenever it is asked
        self._cache: OrderedDict[tuple[str, int, int | None], Floats] = OrderedDict()
        self.labels: dict[str, Numbers] = {}  # quarters (and weeks) that each replication has
        groups = [self._group(number, path) for number in range(self._file.num_row_groups)]
        self._groups = {name: [one for one in groups if one.scenario == name] for name in scenarios}
        for name, own in self._groups.items():
            there = np.fromiter(chain.from_iterable(one.replications for one in own), np.int64)
            if not (np.diff(there) > 0).all() or not np.isin(replications, there).all():
                raise _broken(path, f"not all replications of `{name}` stand there once, in order")
        self.shape = tuple(len(self.labels[key]) for key in self._keys[2:])

    def _group(self, number: int, path: Path) -> Group:
        """A row group, if it is as it must be."""
        rows = self._file.read_row_group(number, list(self._keys), use_threads=False)
        names, values = rows.column(0).unique().to_pylist(), [rows.column(key).to_numpy() for key in self._keys[1:]]
        labels = [np.unique(value) for value in values]
        inner = dict(zip(self._keys[2:], labels[1:], strict=True))
        wanted = np.meshgrid(*labels, indexing="ij")
        if len(names) != 1 or not all(
            np.array_equal(value, want.ravel()) for value, want in zip(values, wanted, strict=True)
        ):
            raise _broken(path, "rows are missing, doubled or not in order")
        for key, label in inner.items():
            if not np.array_equal(self.labels.setdefault(key, label), label):
                raise _broken(path, f"not all replications have the same {key}s")
        return Group(number, names[0], labels[0])

    def read(self, column: str, own: int, part: slice, week: int | None = None) -> Floats:
        """(replication, quarter[, week]) of one scenario, by place; of one week (from 0) if it is given.

        What is read of all replications is kept for a while.
        """
        key = (column, own, week)
        is_whole = part == slice(0, len(self.replications))
        if is_whole and key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        found = np.concatenate(list(self._pieces(column, own, self.replications[part], week)))
        found.flags.writeable = False
        if is_whole and found.nbytes <= CACHED:
            self._cache[key] = found
            while sum(each.nbytes for each in self._cache.values()) > CACHED:
                self._cache.popitem(last=False)
        return found

    def _pieces(self, column: str, own: int, wanted: Numbers, week: int | None) -> Iterator[Floats]:
        """What each row group has of it."""
        for group in self._groups[self._scenarios[own]]:
            first, last = group.replications[0], group.replications[-1]
            if last < wanted[0] or first > wanted[-1]:
                continue
            rows = self._file.read_row_group(group.number, [column], use_threads=False)
            values = rows.column(0).to_numpy().astype(np.float64, copy=False)
            values = values.reshape(len(group.replications), *self.shape)
            yield (values if week is None else values[..., week])[np.isin(group.replications, wanted)]

    def __getitem__(self, column: str) -> GridColumn:
        if column not in self._names:
            raise KeyError(column)
        return GridColumn(self, column, slice(0, len(self.replications)))

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if name not in self._keys)

    def __len__(self) -> int:
        return len(list(iter(self)))


@dataclass(frozen=True)
class GridColumn:
    """A column that is read when it is asked for: `[own]`, `[own, :, :, week]`; `[:, first:last]` is a column again."""

    grid: Grid
    name: str
    part: slice

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - as an array's
        """Part of the column, by place."""
        if not isinstance(key, tuple):
            return self.grid.read(self.name, int(key), self.part)
        if isinstance(key[0], slice):
            first, last, _ = key[1].indices(self.part.stop - self.part.start)
            return replace(self, part=slice(self.part.start + first, self.part.start + last))
        return self.grid.read(self.name, int(key[0]), self.part, int(key[3]))


def _broken(path: Path, why: str) -> UserError:
    return UserError(f"{path}: {why}.\n  Run the study again.")
