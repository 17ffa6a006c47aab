"""A model that takes no time: a few columns of numbers by luck, to measure what is around a model."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.experiment.plan import Plan
from revsim.experiment.replicate import Case, Columns, Model, Task
from revsim.store.manifest import ScenarioFacts
from revsim.units import WEEKS_PER_QUARTER

QUARTER_COLUMNS = ("plan", "bookings", "won", "lost")
WEEK_COLUMNS = ("forecast", "closed_to_date")


class Sizes(NamedTuple):
    """How much luck is drawn."""

    numbers: int


def sizes_for(_level: float) -> Sizes:
    """A number for each cell."""
    return Sizes(len(QUARTER_COLUMNS) + WEEKS_PER_QUARTER * len(WEEK_COLUMNS))


def draw(seed: int, replication: int, sizes: Sizes) -> NDArray[np.float64]:
    """The luck of a replication."""
    return np.random.Generator(np.random.Philox(key=[seed, replication])).random(sizes.numbers)


def simulate(level: float, luck: NDArray[np.float64], **_: Any) -> NDArray[np.float64]:  # noqa: ANN401 - the engine's name, unused
    """Luck around a level."""
    return level + luck


def tables(trace: NDArray[np.float64], _level: float) -> tuple[Columns, Columns]:
    """One quarter and its weeks."""
    weeks = np.arange(1, WEEKS_PER_QUARTER + 1)
    cells = trace[len(QUARTER_COLUMNS) :].reshape(len(WEEK_COLUMNS), WEEKS_PER_QUARTER)
    quarter = {"quarter": np.array([1]), **{name: trace[k : k + 1] for k, name in enumerate(QUARTER_COLUMNS)}}
    return quarter, {"quarter": np.ones_like(weeks), "week": weeks, **dict(zip(WEEK_COLUMNS, cells, strict=True))}


def plan(replications: int) -> Plan:
    """Two scenarios of this model."""
    cases = tuple(Case(name, f"{level:064.0f}", level) for name, level in (("Low", 1.0), ("High", 2.0)))
    task = Task(cases, 1, "made up", Model(sizes_for, draw, simulate, tables))
    facts = tuple(ScenarioFacts(case.name, case.content, "one world") for case in cases)
    return Plan(task, facts, "Low", replications, "EUR", ("revsim", "compare"))
