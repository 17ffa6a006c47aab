"""Two futures of one state: a quarter's bookings once more, from the state at the start of a week on, with fresh luck.

A1 (the run) and A2 (the continuation) are exchangeable and independent given the state, so that with the forecast F

    chance = 1/2 E(A1 - A2)^2      structure = E[(F - A1)(F - A2)]      E(F - A)^2 = chance + structure

A continuation costs a run up to the quarter's end. Each replication continues some of its quarters, in turn, so that
together the replications continue all of them equally often.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
FORK_WEEKS = (1, 7, 12)


def chosen(replication: int, quarters: int, many: int) -> list[int]:
    """Quarters (from 0) that a replication continues: `many` of them, evenly spread, others in each replication."""
    many = min(many, quarters)
    return sorted({(replication + k * quarters // many) % quarters for k in range(many)}) if many else []


def forks_of(replication: int, quarters: int, many: int) -> list[tuple[int, int]]:
    """From where a replication is continued: quarters from 0, each from the start of FORK_WEEKS."""
    return [(quarter, week) for quarter in chosen(replication, quarters, many) for week in FORK_WEEKS]


def content_of(content: str, many: int) -> str:
    """What tells rows with continuations from rows of the same scenario without."""
    return f"{content}+{many}" if many else content


def with_oracle(weeks: Columns, again: Mapping[tuple[int, int], float]) -> None:
    """Note continuations in a table of weeks: `oracle`, their mean, and `oracle_n`, how many there are."""
    for (quarter, week), bookings in again.items():
        row = np.flatnonzero((weeks["quarter"] == quarter + 1) & (weeks["week"] == week))
        weeks["oracle"][row], weeks["oracle_n"][row] = bookings, 1
