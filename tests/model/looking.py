"""Reading a trace in tests: counts, sums, weekly series; and a quiet company to stir one thing in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revsim.contract.trace import Kind, Trace
from revsim.scenario.address import replace
from revsim.scenario.scenario import Scenario
from tests.model.frictionless import frictionless
from tests.tiny import run

QUARTER, WEEK = 65.0, 5.0
MEASURED = 2 * QUARTER  # first measured day of the tiny company: one lead-in and one warm-up quarter
ENDS = (
    Kind.DROPPED,
    Kind.ORPHANED,
    Kind.COOLED,
    Kind.LEFT_WAITING,
    Kind.LOST,
    Kind.LEFT_WORK,
    Kind.LEFT_DESK,
    Kind.LOST_HANDED_OVER,
    Kind.WON,
)
OF_BUYERS = [kind for kind in Kind if Kind.DESK_DONE <= kind < Kind.EXIT] + [Kind.QUALIFIED]


def quiet(changes: Mapping[str, Any] | None = None) -> Scenario:
    """The frictionless tiny company with changes: what is stirred is the only thing that moves."""
    return replace(frictionless(), changes, "Quiet, stirred") if changes else frictionless()


def count(trace: Trace, *kinds: Kind) -> int:
    return len(trace.of(*kinds).time)


def total(trace: Trace, *kinds: Kind) -> float:
    return float(trace.of(*kinds).value.sum())


def who(trace: Trace, *kinds: Kind) -> set[int]:
    """Entities of the rows of these kinds."""
    return set(trace.of(*kinds).entity.tolist())


def weekly(trace: Trace, kind: Kind, actor: int = -1) -> NDArray[np.float64]:
    """Values of a kind that has one row a week (or quarter) and actor, in order, (weeks,)."""
    rows = trace.of(kind)
    return rows.value[rows.actor == actor]


def since(trace: Trace, day: float) -> Trace:
    """The rows from a day on."""
    return trace.where(trace.time >= day)


def same(one: Trace, other: Trace) -> bool:
    """Equal to the last bit."""
    return len(one.time) == len(other.time) and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def summed(scenario: Scenario, measure: Callable[[Trace], float], replications: Iterable[int] = range(4)) -> float:
    """A measure of a run, summed over replications."""
    return float(sum(measure(run(scenario, replication=r)) for r in replications))


def joined(trace: Trace, first: Kind, second: Kind) -> tuple[Trace, Trace]:
    """Rows of two kinds whose buyer has exactly one row of each, in one order."""
    rows = []
    once = None
    for kind in (first, second):
        entity, times = np.unique(trace.of(kind).entity, return_counts=True)
        mine = set(entity[times == 1].tolist())
        once = mine if once is None else once & mine
    for kind in (first, second):
        part = trace.of(kind)
        part = part.where(np.isin(part.entity, list(once or ())))
        order = np.argsort(part.entity, kind="stable")
        rows.append(Trace(*(column[order] for column in part)))
    return rows[0], rows[1]


def out_of_turn(trace: Trace, started: Kind, *, by_seat: bool) -> NDArray[np.float64]:
    """Times at which a piece of work was started before one that had waited longer and was started later.

    The value of `started` is the wait; without seats there is one queue.
    """
    times: list[float] = []
    rows = trace.of(started)
    for seat in np.unique(rows.actor) if by_seat else [None]:
        mine = rows if seat is None else rows.where(rows.actor == seat)
        queued = mine.time - mine.value
        least_after = np.minimum.accumulate(queued[::-1])[::-1]
        early = np.flatnonzero(queued[:-1] > least_after[1:] + 1e-9)
        waited = [
            i for i in early if np.any((queued[i + 1 :] < queued[i] - 1e-9) & (queued[i + 1 :] < mine.time[i] - 1e-9))
        ]
        times += mine.time[waited].tolist()
    return np.array(times)
