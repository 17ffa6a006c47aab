"""Replications that are looked at and not kept: of each run some columns, as one cube. For searches."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Cube
from revsim.errors import IncompleteError
from revsim.experiment.executors import execute
from revsim.experiment.plan import Plan
from revsim.experiment.task import Outcome
from revsim.notices import silent
from revsim.units import WEEKS_PER_QUARTER


class Columns(NamedTuple):
    """What is looked at: columns of the table of quarters and of that of weeks."""

    quarterly: tuple[str, ...]
    weekly: tuple[str, ...]


def passed(
    plan: Plan,
    replications: Sequence[int],
    columns: Columns,
    workers: int = 1,
    say: Callable[[str], None] = silent,
) -> Cube:
    """The columns of these replications; one that failed in some scenario is left out of all.

    Raises IncompleteError if all failed. What is asked to stop stops at once; there is nothing to be kept.
    """
    outcomes: list[Outcome] = []
    with contextlib.closing(execute(plan.task, replications, workers, None, say)) as running:
        for outcome in running:
            if outcome.failures:
                first = outcome.failures[0]
            else:
                outcomes.append(_lean(outcome, columns))
    if not outcomes:
        raise IncompleteError(
            f"All {len(replications)} replications failed, the last in `{first.scenario}` at stage `{first.stage}`: "
            f"{first.message}"
        )
    outcomes.sort(key=lambda each: each.replication)
    return _cube(plan, outcomes, columns)


def _lean(outcome: Outcome, columns: Columns) -> Outcome:
    """The columns alone: all the others of hundreds of scenarios would fill the memory."""
    tables = {
        content: ({name: quarters[name] for name in columns.quarterly}, {name: weeks[name] for name in columns.weekly})
        for content, (quarters, weeks) in outcome.tables.items()
    }
    return outcome._replace(tables=tables)


def _cube(plan: Plan, outcomes: Sequence[Outcome], columns: Columns) -> Cube:
    contents = [content for _, content in plan.contents]
    quarterly, weekly = (
        {
            name: np.array([[one.tables[content][table][name] for one in outcomes] for content in contents], np.float64)
            for name in names
        }
        for table, names in enumerate(columns)
    )
    shape = (len(contents), len(outcomes), -1, WEEKS_PER_QUARTER)
    numbers = np.array([one.replication for one in outcomes], np.int64)
    quarters = np.arange(1, next(iter(quarterly.values())).shape[2] + 1)
    weeks = {name: values.reshape(shape) for name, values in weekly.items()}
    return Cube(tuple(plan.names), numbers, quarters, quarterly, weeks)
