"""One run and what its rows say of every week; the tests beside it recompute each weekly rule from here.

Nothing in this folder calls a formula or a mechanism: what is expected is written once more, in numpy.

A row of a week's forecast tells the state before the week's rules act; `levers` and `ownership` are told after they
have. So a reading, the pressure or the tolerance *after* week t stands in the rows of week t + 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revsim.contract.chosen import Heroics
from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Trace
from revsim.scenario.scenario import Scenario
from revsim.simulate import simulate
from tests.model.busy import busy
from tests.model.looking import weekly
from tests.tiny import luck_for, tiny

Array = NDArray[np.float64]
VIEW, CADENCE, EVIDENCE, RIGHTS = 8, 9, 10, 11  # places among the twelve levers
WEEKLY = 13.0**-0.5  # sd a week from sd a root quarter


class Company:
    """Parameters, luck, rows, and arrays by week of what the rows say."""

    def __init__(self, scenario: Scenario, replication: int = 0) -> None:
        self.p = parameters_of(scenario)
        self.luck = luck_for(self.p, replication=replication).drawn()
        self.trace: Trace = simulate(self.p, self.luck, "simpy")
        self.weeks = self.p.span.weeks
        self.number = self.by_week(Kind.FORECAST)
        self.pressure = self.by_week(Kind.PRESSURE)
        self.tolerance = self.by_week(Kind.TOLERANCE)
        self.disagreement = self.by_week(Kind.DISAGREEMENT)
        self.latency = self.by_week(Kind.LATENCY)
        self.plan = np.repeat(self.by_week(Kind.PLAN), 13)
        self.readings = np.column_stack([self.by_week(Kind.READING, j) for j in range(5)])
        self.shift = self.readings[:, 0] - self.by_week(Kind.DRIFT, 0)
        self.ownership = np.column_stack([self.by_week(Kind.OWNERSHIP, k) for k in range(3)])

    def by_week(self, kind: Kind, actor: int = -1) -> Array:
        """Values of a kind that has one row a week, or quarter."""
        return weekly(self.trace, kind, actor)

    def sums(self, kind: Kind, actor: int) -> Array:
        """Values of a kind that has a row only where there is something, by the week of the row."""
        rows = self.trace.of(kind)
        rows = rows.where(rows.actor == actor)
        return np.bincount((rows.time // 5).astype(int), weights=rows.value, minlength=self.weeks)[: self.weeks]

    @cached_property
    def levers(self) -> Array:
        """After each week's build, (weeks, 12)."""
        levels = np.zeros((self.weeks, 12))
        rows = self.trace.of(Kind.LEVER)
        for week, lever, value in zip(rows.entity, rows.actor, rows.value, strict=True):
            levels[week:, lever] = value
        return levels

    @cached_property
    def levers_before(self) -> Array:
        """Before each week's build, (weeks, 12)."""
        return np.vstack([self.p.today.design.levers, self.levers[:-1]])

    @cached_property
    def pay(self) -> Array:
        """Effective shared pay of the three functions: what nobody sees is diluted, (weeks, 3)."""
        return self.levers[:, 5:8] * (1.0 + 2.0 * self.levers[:, [VIEW]]) / 3.0

    @cached_property
    def pressed(self) -> Array:
        """Pressure that acts in a week; no row tells the last week's, (weeks,)."""
        return np.append(self.pressure[1:], np.nan)

    @cached_property
    def skipped(self) -> Array:
        """Share of steps that are left out in a week; the last week's is not known, (weeks,)."""
        return self.p.leadership.skipped_steps * self.pressed

    @cached_property
    def trust(self) -> Array:
        """After leadership has heard the week's forecast; the forecast's own row tells that of the week before."""
        return np.maximum(0.0, 1.0 - 2.0 * self.tolerance)

    def begun(self, block: int) -> int:
        """First week in which a block of choices holds (0 design, 1 coordination, 2 heroics)."""
        start = (self.p.chosen.design.start, self.p.chosen.coordination.start, self.p.chosen.heroics.start)[block]
        told = self.by_week(Kind.TRUST)
        first = int(self.p.span.measured_from / 5)
        due = [t for t in range(first, self.weeks) if 5.0 * t >= start.day or told[t] < start.trust_below]
        return due[0] if due else self.weeks

    @cached_property
    def heard(self) -> Array:
        """Disagreement as it reaches leadership: a manager may make the numbers agree as far as is tolerated."""
        rows = self.trace.of(Kind.BRIDGED)
        rows = rows.where((rows.actor // 10_000 == 1) & (rows.time == 5.0 * rows.entity))
        heard = self.disagreement.copy()
        heard[rows.entity] = self.tolerance[rows.entity]
        return heard

    def pool(self, week: int) -> Heroics:
        """The pool of heroes that is in force in a week."""
        return self.p.chosen.heroics if week >= self.begun(2) else self.p.today.heroics

    @cached_property
    def migrating(self) -> NDArray[np.bool_]:
        """Weeks in which a system is migrated."""
        day = 5.0 * np.arange(self.weeks)
        return (self.p.stress.migration_day <= day) & (day < self.p.stress.migration_until)

    @cached_property
    def record_lag(self) -> Array:
        """Mean days by which the record follows the truth, (weeks,)."""
        sales, worse = self.p.sales, np.where(self.migrating, self.p.stress.migration_factor, 1.0)
        unpaid = 1.0 + sales.record_lag_pay * (1.0 - self.pay[:, 1])
        return sales.record_lag * unpaid * (1.0 - self.levers[:, VIEW]) * worse

    @cached_property
    def revised_in(self) -> Array:
        """Weeks after a revision of the plan, in which capacity dips."""
        dips = np.zeros(self.weeks + 2)
        dips[(self.trace.of(Kind.REVISED).time // 5).astype(int) + 1] = 1.0
        return dips[: self.weeks]


@cache
def everything(replication: int = 0) -> Company:
    """The company with every remedy, every stress and every friction on."""
    return Company(busy(), replication)


@cache
def ordinary(replication: int = 0) -> Company:
    """The tiny company as it is, over four measured quarters."""
    return Company(tiny({"calendar.quarters": 4}), replication)


@cache
def deserted(replication: int = 0) -> Company:
    """An inquiry in two weeks: quarters without bookings, leads, pipeline; nothing to divide by."""
    return Company(tiny({"calendar.quarters": 4, "world.demand.inquiries_per_week": 0.5}), replication)


def changed(changes: Mapping[str, Any], replication: int = 0) -> Company:
    """The tiny company with changes."""
    return Company(tiny(changes), replication)


COMPANIES = [everything, ordinary]
