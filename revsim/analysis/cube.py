"""Frames of rows as arrays by scenario, replication, quarter (and week); only paired frames fit.

The replication is the unit of everything statistical: replication r has the same luck in each scenario.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import nan
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from revsim.analysis.same_luck import LUCK, check_luck
from revsim.errors import UnpairedError

Floats = NDArray[np.float64]
FEWEST = 3  # replications that allow an interval
LISTED = 6
BLOCK = 2000  # replications whose weeks are looked at together, 2.5 MB a column over twelve quarters
KEYS = ("scenario", "replication", "quarter", "week", LUCK)


class Column(Protocol):
    """An array, or what reads one: `[own]` and `[own, :, :, week]` are arrays, `[:, first:last]` is a column."""

    def __getitem__(self, key: Any, /) -> Any:  # noqa: ANN401 - as an array's
        """A part of it."""
        ...


class Cube(NamedTuple):
    """`quarterly[column]` is (scenario, replication, quarter); `weekly[column]` has weeks 1..13 as a fourth axis.

    `margin` is the share of revenue that contributes, which no row holds; without it there is no net value.
    """

    scenarios: tuple[str, ...]
    replications: NDArray[np.int64]
    quarters: NDArray[np.int64]
    quarterly: Mapping[str, Column]
    weekly: Mapping[str, Column]
    margin: float = nan

    def blocks(self) -> Iterator[Cube]:
        """The same replications, BLOCK at a time; nothing is read for it."""
        for first in range(0, len(self.replications), BLOCK):
            part = slice(first, first + BLOCK)
            yield self._replace(
                replications=self.replications[part],
                quarterly={name: column[:, part] for name, column in self.quarterly.items()},
                weekly={name: column[:, part] for name, column in self.weekly.items()},
            )


def _spread(numbers: Sequence[int]) -> str:
    """Replications in words: 0-499, or 0, 2, 5."""
    ordered = sorted(numbers)
    if not ordered:
        return "none"
    if ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{ordered[0]}-{ordered[-1]}"
    return ", ".join(str(n) for n in ordered[:LISTED]) + (", ..." if len(ordered) > LISTED else "")


def _check_pairs(frame: pd.DataFrame, scenarios: Sequence[str]) -> None:
    """Raise UnpairedError unless each scenario has the same replications."""
    have = {name: set(found) for name, found in replications_of(frame, scenarios).items()}
    first = scenarios[0]
    for name in scenarios:
        if not have[name]:
            raise UnpairedError(f"Cannot compare: there are no rows of `{name}`. Run it with the same seed first.")
        if have[name] != have[first]:
            raise UnpairedError(
                f"Cannot compare: `{name}` has replications {_spread(list(have[name]))}, "
                f"`{first}` has {_spread(list(have[first]))}.\n"
                "  A paired comparison needs the same luck: run both with the same seed and replications."
            )


def replications_of(frame: pd.DataFrame, scenarios: Sequence[str]) -> dict[str, list[int]]:
    """The replications that each scenario has, in order."""
    codes, numbers = _codes(frame, scenarios), frame["replication"].to_numpy()
    return {name: np.unique(numbers[codes == k]).tolist() for k, name in enumerate(scenarios)}


def _codes(frame: pd.DataFrame, scenarios: Sequence[str]) -> NDArray[np.int64]:
    """The place of each row's scenario; -1 for others."""
    there = pd.Categorical(frame["scenario"])
    places = np.asarray(pd.Index(list(scenarios)).get_indexer(pd.Index(there.categories)), np.int64)
    found: NDArray[np.int64] = places[np.asarray(there.codes)]
    return found


def _grid(
    frame: pd.DataFrame, scenarios: Sequence[str], keys: Sequence[str], columns: Sequence[str] | None = None
) -> tuple[list[list[int]], dict[str, Floats]]:
    """The other axes' labels and one array a column; each combination of keys must stand there exactly once.

    A table that stands in the order of its keys, as a study's does, is not copied: its arrays are the frame's own.
    """
    labels = [np.unique(frame[key].to_numpy()) for key in keys]
    shape = (len(scenarios), *(len(label) for label in labels))
    flat = _codes(frame, scenarios).astype(np.int64)
    for key, label in zip(keys, labels, strict=True):
        flat *= len(label)
        flat += np.searchsorted(label, frame[key].to_numpy())
    there = np.zeros(int(np.prod(shape)), np.bool_)
    there[flat] = True
    if len(flat) != len(there) or not there.all():
        raise UnpairedError(
            f"Cannot compare: {len(flat)} rows where {' x '.join(str(n) for n in shape)} "
            f"(scenario x {' x '.join(keys)}) are wanted.\n  Rows are missing or doubled; run the study again."
        )
    is_ordered = bool((flat[1:] > flat[:-1]).all())
    found: dict[str, Floats] = {}
    for column in frame.columns if columns is None else [name for name in columns if name in frame.columns]:
        if column in KEYS:
            continue
        values = frame[column].to_numpy(dtype=np.float64, na_value=np.nan)
        if not is_ordered:
            values, given = np.empty(len(flat), dtype=np.float64), values
            values[flat] = given
        found[str(column)] = values.reshape(shape)
    return [label.tolist() for label in labels], found


def _only(frame: pd.DataFrame, scenarios: Sequence[str]) -> pd.DataFrame:
    """The rows of these scenarios; the frame itself where it has no others."""
    mine = _codes(frame, scenarios) >= 0
    return frame if mine.all() else frame[mine]


def cube_of(
    quarters: pd.DataFrame, weeks: pd.DataFrame, scenarios: Sequence[str], weekly: Sequence[str] | None = None
) -> Cube:
    """The frames of interface.md as arrays, in the order of `scenarios`; of weeks the columns `weekly`, or all.

    Raises UnpairedError.
    """
    _check_pairs(quarters, scenarios)
    _check_pairs(weeks, scenarios)
    check_luck((quarters, weeks), scenarios)
    quarters, weeks = _only(quarters, scenarios), _only(weeks, scenarios)
    (replications, numbers), by_quarter = _grid(quarters, scenarios, ("replication", "quarter"))
    (also, and_numbers, _), by_week = _grid(weeks, scenarios, ("replication", "quarter", "week"), weekly)
    if also != replications or and_numbers != numbers:
        raise UnpairedError("Cannot compare: quarters and weeks hold different replications; run the study again.")
    labels = np.asarray(replications, np.int64), np.asarray(numbers, np.int64)
    return Cube(tuple(scenarios), *labels, by_quarter, by_week)


def common_replications(quarters: pd.DataFrame, weeks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The frames without replications that some scenario lacks, and how many were left out."""
    wanted = quarters["scenario"].nunique()
    counts = quarters.groupby("replication")["scenario"].nunique()
    whole = counts.index[counts == wanted]
    dropped = int((counts != wanted).sum())
    if not dropped:
        return quarters, weeks, 0
    return quarters[quarters["replication"].isin(whole)], weeks[weeks["replication"].isin(whole)], dropped
