"""A model that takes no time: the rows of one real replication of each scenario, times luck.

So that what surrounds a model, and what reads its rows, can be measured at the size that it really has.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.api import Scenario, plan_of
from revsim.contract.lived import Lived
from revsim.contract.parameters import Span
from revsim.experiment.plan import Plan
from revsim.experiment.replicate import replicate
from revsim.experiment.task import Columns, Model
from revsim.settings import Settings

SPREAD = 0.4  # of a number, from one replication to the next
WHOLE = "iub"  # kinds of columns that stay as they are


class Sizes(NamedTuple):
    """How much luck is drawn."""

    numbers: int


class Real(NamedTuple):
    """Tables of a real replication, in the place of a company's parameters."""

    span: Span
    quarters: Columns
    weeks: Columns


def sizes_for(real: Real) -> Sizes:
    """A number for each row of both tables."""
    return Sizes(len(real.quarters["quarter"]) + len(real.weeks["quarter"]))


def draw(seed: int, replication: int, sizes: Sizes) -> NDArray[np.float64]:
    """The luck of a replication."""
    return np.random.Generator(np.random.Philox(key=[seed, replication])).random(sizes.numbers)


def runs(cases: Sequence[Real], luck: NDArray[np.float64], *_: object) -> Iterator[Lived]:
    """Factors around one; which engine and what luck comes after is all the same."""
    yield from (Lived(case, 1.0 + SPREAD * (luck - 0.5), {}) for case in range(len(cases)))


def tables(trace: NDArray[np.float64], real: Real) -> tuple[Columns, Columns]:
    """The real rows, each times its factor."""
    length = len(real.quarters["quarter"])
    return _times(real.quarters, trace[:length]), _times(real.weeks, trace[length:])


def _times(table: Columns, factors: NDArray[np.float64]) -> Columns:
    return {name: values if values.dtype.kind in WHOLE else values * factors for name, values in table.items()}


def plan(scenarios: Sequence[Scenario], replications: int) -> Plan:
    """The scenarios with this model, one quarter of each replication continued."""
    found = plan_of(scenarios, Settings(replications, engine="compiled"))
    # elsewhere, so that the engine's memory is not counted with what surrounds it
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        real = pool.submit(replicate, found.task, 0).result().tables
    cases = tuple(
        case._replace(parameters=Real(case.parameters.span, *real[case.content])) for case in found.task.cases
    )
    model = Model(sizes_for, draw, runs, tables)
    return dataclasses.replace(found, task=found.task._replace(cases=cases, model=model, continuations=0))
