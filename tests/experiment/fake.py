"""A small stand-in for the model: picklable, seeded by luck alone, able to fail or run short of luck on purpose."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from revsim.contract.lived import Lived
from revsim.errors import LuckExhausted
from revsim.experiment.plan import Plan
from revsim.experiment.task import Case, Model, Task
from revsim.states.replay import replays
from revsim.store.manifest import ScenarioFacts
from tests.analysis.synthetic import tables as synthetic


class Sizes(NamedTuple):
    buyers: int
    weeks: int


class Span(NamedTuple):
    quarters: int


class Firm(NamedTuple):
    """`need` is the luck that is used, `seconds` what a run takes; `breaks` lists (replication, how)."""

    error: float = 0.2
    need: int = 5
    breaks: tuple[tuple[int, str], ...] = ()
    seconds: float = 0.0

    @property
    def span(self) -> Span:
        return Span(2)


class FakeLuck(NamedTuple):
    seed: int
    replication: int
    sizes: Sizes
    buyers: np.ndarray


def sizes_for(_firm: Firm) -> Sizes:
    return Sizes(4, 13)


def draw(seed: int, replication: int, sizes: Sizes) -> FakeLuck:
    rng = np.random.default_rng([seed, replication])
    return FakeLuck(seed, replication, sizes, rng.random(sizes.buyers))


def simulate(firm: Firm, luck: FakeLuck, *_: Any) -> Any:
    for replication, how in firm.breaks:
        if replication == luck.replication:
            if how == "die":
                os._exit(7)
            raise {"error": ValueError, "interrupt": KeyboardInterrupt}[how]("on purpose")
    time.sleep(firm.seconds)
    if len(luck.buyers) < firm.need:
        raise LuckExhausted("buyers", firm.need)
    return luck, float(luck.buyers[: firm.need].sum())


def quarter_table(trace: Any, firm: Firm) -> dict[str, np.ndarray]:
    luck, used = trace
    quarter, _ = synthetic(np.random.default_rng([luck.seed, luck.replication, 1]), (1, 2), firm.error)
    columns = {name: values[0] for name, values in quarter.items()}
    return {"quarter": np.array([1, 2]), **columns, "used": np.full(2, used), "whole": np.array([3, 4])}


def week_table(trace: Any, firm: Firm) -> dict[str, np.ndarray]:
    luck, _ = trace
    _, week = synthetic(np.random.default_rng([luck.seed, luck.replication, 1]), (1, 2), firm.error)
    keys = {"quarter": np.repeat([1, 2], 13), "week": np.tile(np.arange(1, 14), 2)}
    return {**keys, **{name: values[0].ravel() for name, values in week.items()}}


def tables(trace: Any, firm: Firm) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    return quarter_table(trace, firm), week_table(trace, firm)


def columns(firm: Firm) -> tuple[dict[str, bool], dict[str, bool]]:
    trace = simulate(Firm(), draw(1, 0, Sizes(5, 13)))
    quarters, weeks = ({name: each.dtype.kind in "iu" for name, each in table.items()} for table in tables(trace, firm))
    return quarters, weeks


def runs(
    cases: Any, luck: FakeLuck, _engine: str = "", after: FakeLuck | None = None, forks: Any = ()
) -> Iterator[Lived]:
    return replays(simulate, cases, luck, after, forks)


MODEL = Model(sizes_for, draw, runs, tables, columns)


def task(firms: dict[str, Firm], seed: int = 1) -> Task:
    cases = tuple(Case(name, repr(firm), firm) for name, firm in firms.items())
    return Task(cases, seed, "simpy", MODEL)


def plan(firms: dict[str, Firm], replications: int, seed: int = 1) -> Plan:
    facts = tuple(ScenarioFacts(name, repr(firm), "one world") for name, firm in firms.items())
    return Plan(task(firms, seed), facts, next(iter(firms), ""), replications, "USD", ("revsim", "compare"))
