"""Frames of rows as arrays by scenario, replication, quarter (and week); only paired frames fit.

The replication is the unit of everything statistical: replication r has the same luck in each scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from revsim.errors import UnpairedError

Floats = NDArray[np.float64]
FEWEST = 3  # replications that allow an interval
LISTED = 6
KEYS = ("scenario", "replication", "quarter", "week")


class Cube(NamedTuple):
    """`quarterly[column]` is (scenario, replication, quarter); `weekly[column]` has weeks 1..13 as a fourth axis."""

    scenarios: tuple[str, ...]
    replications: NDArray[np.int64]
    quarters: NDArray[np.int64]
    quarterly: dict[str, Floats]
    weekly: dict[str, Floats]


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
    have = {name: set(frame.loc[frame["scenario"] == name, "replication"].tolist()) for name in scenarios}
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


def _grid(
    frame: pd.DataFrame, scenarios: Sequence[str], keys: Sequence[str]
) -> tuple[list[list[int]], dict[str, Floats]]:
    """The other axes' labels and one array a column; each combination of keys must stand there exactly once."""
    labels = [sorted(set(frame[key].tolist())) for key in keys]
    shape = (len(scenarios), *(len(label) for label in labels))
    codes = [pd.Categorical(frame["scenario"], categories=list(scenarios)).codes.astype(np.int64)]
    codes += [
        np.searchsorted(np.asarray(label), frame[key].to_numpy()) for key, label in zip(keys, labels, strict=True)
    ]
    flat = np.ravel_multi_index(tuple(codes), shape)
    if len(flat) != int(np.prod(shape)) or len(np.unique(flat)) != len(flat):
        raise UnpairedError(
            f"Cannot compare: {len(flat)} rows where {' x '.join(str(n) for n in shape)} "
            f"(scenario x {' x '.join(keys)}) are wanted.\n  Rows are missing or doubled; run the study again."
        )
    columns: dict[str, Floats] = {}
    for column in frame.columns:
        if column in KEYS:
            continue
        array = np.empty(len(flat), dtype=np.float64)
        array[flat] = frame[column].to_numpy(dtype=np.float64, na_value=np.nan)
        columns[str(column)] = array.reshape(shape)
    return labels, columns


def cube_of(quarters: pd.DataFrame, weeks: pd.DataFrame, scenarios: Sequence[str]) -> Cube:
    """The frames of interface.md as arrays, in the order of `scenarios`. Raises UnpairedError."""
    _check_pairs(quarters, scenarios)
    _check_pairs(weeks, scenarios)
    quarters = quarters[quarters["scenario"].isin(list(scenarios))]
    weeks = weeks[weeks["scenario"].isin(list(scenarios))]
    (replications, numbers), quarterly = _grid(quarters, scenarios, ("replication", "quarter"))
    (also, and_numbers, _), weekly = _grid(weeks, scenarios, ("replication", "quarter", "week"))
    if also != replications or and_numbers != numbers:
        raise UnpairedError("Cannot compare: quarters and weeks hold different replications; run the study again.")
    return Cube(tuple(scenarios), np.asarray(replications, np.int64), np.asarray(numbers, np.int64), quarterly, weekly)


def common_replications(quarters: pd.DataFrame, weeks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The frames without replications that some scenario lacks, and how many were left out."""
    wanted = quarters["scenario"].nunique()
    counts = quarters.groupby("replication")["scenario"].nunique()
    whole = counts.index[counts == wanted]
    dropped = int((counts != wanted).sum())
    return quarters[quarters["replication"].isin(whole)], weeks[weeks["replication"].isin(whole)], dropped
