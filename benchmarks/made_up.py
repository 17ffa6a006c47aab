"""A model that takes no time: the rows of one real replication of each scenario, times luck.

So that what surrounds a model, and what reads its rows, can be measured at the size that it really has.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.api import Scenario, plan_of
from revsim.experiment.plan import Plan
from revsim.experiment.replicate import replicate
from revsim.experiment.task import Columns, Model
from revsim.settings import Settings

SPREAD = 0.4  # of a number, from one replication to the next
WHOLE = "iub"  # kinds of columns that stay as they are


class Sizes(NamedTuple):
    """How much luck is drawn."""

    numbers: int


def sizes_for(real: tuple[Columns, Columns]) -> Sizes:
    """A number for each row of both tables."""
    return Sizes(sum(len(table["quarter"]) for table in real))


def draw(seed: int, replication: int, sizes: Sizes) -> NDArray[np.float64]:
    """The luck of a replication."""
    return np.random.Generator(np.random.Philox(key=[seed, replication])).random(sizes.numbers)


def simulate(_real: tuple[Columns, Columns], luck: NDArray[np.float64], **_: Any) -> NDArray[np.float64]:  # noqa: ANN401 - the engine's name, unused
    """Factors around one."""
    return 1.0 + SPREAD * (luck - 0.5)


def tables(trace: NDArray[np.float64], real: tuple[Columns, Columns]) -> tuple[Columns, Columns]:
    """The real rows, each times its factor."""
    quarters, weeks = real
    length = len(quarters["quarter"])
    return _times(quarters, trace[:length]), _times(weeks, trace[length:])


def _times(table: Columns, factors: NDArray[np.float64]) -> Columns:
    return {name: values if values.dtype.kind in WHOLE else values * factors for name, values in table.items()}


def plan(scenarios: Sequence[Scenario], replications: int) -> Plan:
    """The scenarios with this model, one quarter of each replication continued."""
    found = plan_of(scenarios, Settings(replications, engine="compiled"))
    # elsewhere, so that the engine's memory is not counted with what surrounds it
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        real = pool.submit(replicate, found.task, 0).result().tables
    cases = tuple(case._replace(parameters=real[case.content]) for case in found.task.cases)
    model = Model(sizes_for, draw, simulate, tables)
    return dataclasses.replace(found, task=found.task._replace(cases=cases, model=model, continuations=0))
