"""Two futures of one state: a quarter's bookings once more, from the state at the start of a week on, with fresh luck.

A1 (the run) and A2 (the continuation) are exchangeable and independent given the state, so that with the forecast F

    chance = 1/2 E(A1 - A2)^2      structure = E[(F - A1)(F - A2)]      E(F - A)^2 = chance + structure

A continuation costs a run up to the quarter's end. Each replication continues some of its quarters, in turn, so that
together the replications continue all of them equally often.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
FORK_WEEKS = (1, 7, 12)


def chosen(replication: int, quarters: int, many: int) -> list[int]:
    """Quarters (from 0) that a replication continues: `many` of them, evenly spread, others in each replication."""
    many = min(many, quarters)
    return sorted({(replication + k * quarters // many) % quarters for k in range(many)}) if many else []


def continued(parameters: Any, luck: Any, luck_after: Any, quarter: int, engine: str) -> dict[int, float]:  # noqa: ANN401 - the model's
    """New bookings of a measured quarter (from 0) by FORK_WEEKS: the state at the week's start, then fresh luck."""
    from revsim.contract.trace import Kind  # noqa: PLC0415 - heavy: only when it is used
    from revsim.simulate import simulate  # noqa: PLC0415 - heavy: only when it is used
    from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK  # noqa: PLC0415 - beside the others

    start = parameters.span.measured_from + quarter * DAYS_PER_QUARTER
    short = parameters._replace(span=parameters.span.until(quarter + 1))
    found = {}
    for week in FORK_WEEKS:
        day = start + (week - 1) * DAYS_PER_WEEK
        won = simulate(short, luck, engine, fork_at=day, luck_after=luck_after).of(Kind.WON)
        found[week] = float(won.value[won.time >= start].sum())
    return found


def content_of(content: str, many: int) -> str:
    """What tells rows with continuations from rows of the same scenario without."""
    return f"{content}+{many}" if many else content


def with_oracle(weeks: Columns, quarter: int, found: dict[int, float]) -> None:
    """Note a quarter's continuations in a table of weeks: `oracle`, their mean, and `oracle_n`, how many there are."""
    for week, bookings in found.items():
        row = np.flatnonzero((weeks["quarter"] == quarter + 1) & (weeks["week"] == week))
        weeks["oracle"][row], weeks["oracle_n"][row] = bookings, 1


Continue = Callable[[Any, Any, Any, int, str], dict[int, float]]
