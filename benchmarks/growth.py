"""Time against size: does twice the work take twice the time? Compiled engine, one process.

    python benchmarks/growth.py [--quick]

Four axes, each by half-decades: replications, scenarios, quarters (warm-up included), and leads, where inquiries, reps,
managers, analysts, customers and the level of bookings grow together, so that the company keeps its shape. The first
two are whole studies of a small company, rows on disk included; the others are one replication, from luck to measures.
Prints seconds and slopes on log-log axes (1 is proportional); writes growth.csv and growth.svg beside this file.
"""

from __future__ import annotations

import csv
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import growth_plot

from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.experiment.plan import Plan
from revsim.experiment.replicate import replicate
from revsim.experiment.run import run_study
from revsim.experiment.task import Case, Task, true_model
from revsim.scenario.address import replace
from revsim.scenario.load import load
from revsim.store.manifest import ScenarioFacts
from revsim.units import DAYS_PER_QUARTER, WEEKS_PER_QUARTER

HALF_DECADES = (1, 3, 10, 30, 100, 300, 1000)
QUARTERS_REPS = 10  # more would meet more inquiries in a thousand quarters than are drawn for one replication
STUDY_REPLICATIONS = 10  # at the small end of the replications, and for each number of scenarios
REPEATS, SHORT, LONG = 5, 0.5, 2.0  # more runs than these while they take less than SHORT seconds; none after LONG
STEADY = {
    "calendar.warmup_quarters": 1,
    "calendar.quarters": 2,
    "world.demand.growth": 1.0,
    "world.leadership.plan_growth": 1.0,
    "world.sales.exit_hazard": 0.1,  # a seat has room for 64 people one after the other
    "world.buyers.market_shift_sd": 0.0,  # a random walk: after a hundred quarters the company would know no buyer
}


class Point(NamedTuple):
    """A measurement."""

    axis: str
    size: float
    seconds: float


def company(reps: int) -> Parameters:
    """The shipped company without growth, scaled to a number of reps; few quarters."""
    base = parameters_of(replace(load("scenarios/status-quo.yaml"), STEADY, "Steady"))
    share = reps / base.sales.reps

    def people(count: float) -> int:
        return max(1, round(share * count))

    return base._replace(
        demand=base.demand._replace(inquiries_per_week=share * base.demand.inquiries_per_week),
        sales=base.sales._replace(reps=reps),
        desk=base.desk._replace(analysts=people(base.desk.analysts)),
        people=base.people._replace(managers=people(base.people.managers)),
        customers=base.customers._replace(installed_base=people(base.customers.installed_base)),
        leadership=base.leadership._replace(opening_level=share * base.leadership.opening_level),
    )


def lasting(p: Parameters, quarters: int) -> Parameters:
    """The same for another number of measured quarters."""
    end = p.span.measured_from + quarters * DAYS_PER_QUARTER
    weeks = (p.span.warmup_quarters + quarters) * WEEKS_PER_QUARTER
    return p._replace(span=p.span._replace(quarters=quarters, end=end, weeks=weeks))


def task_of(companies: list[Parameters]) -> Task:
    """Scenarios of these parameters, told apart by their place."""
    cases = tuple(Case(f"S{k}", f"{k:06d}", p) for k, p in enumerate(companies))
    return Task(cases, 1, "compiled", true_model())


def study(companies: list[Parameters], replications: int) -> Callable[[], object]:
    """A whole study in a temporary folder."""
    task = task_of(companies)
    facts = tuple(ScenarioFacts(case.name, case.content, "one world") for case in task.cases)
    plan = Plan(task, facts, task.cases[0].name, replications, "EUR")
    return lambda: run_study(plan, None, 1)


def one(p: Parameters) -> Callable[[], object]:
    """One replication, from luck to measures."""
    task = task_of([p])

    def run() -> None:
        outcome = replicate(task, 0)
        assert not outcome.failures, outcome.failures[0].traceback

    return run


def alike(count: int) -> list[Parameters]:
    """Scenarios that differ by next to nothing."""
    base = company(3)
    patience = base.buyers.lead_patience
    return [base._replace(buyers=base.buyers._replace(lead_patience=patience * (1.0 + 1e-6 * k))) for k in range(count)]


def axes() -> Iterator[tuple[str, int, Callable[[], object]]]:
    """(axis, size, what to time) from small to large."""
    for factor in HALF_DECADES:
        yield "replications", STUDY_REPLICATIONS * factor, study([company(3)], STUDY_REPLICATIONS * factor)
    for factor in HALF_DECADES:
        yield "scenarios", factor, study(alike(factor), STUDY_REPLICATIONS)
    for quarters in HALF_DECADES:  # a scenario file may ask for 80 measured ones, the engine for any
        p = lasting(company(QUARTERS_REPS), quarters)
        yield "quarters", p.span.weeks // WEEKS_PER_QUARTER, one(p)
    for reps in HALF_DECADES:
        yield "leads (by reps)", reps, one(company(reps))


def seconds_of(function: Callable[[], object]) -> float:
    """Median of some runs after a first, which reads machine code and files and makes room; a long one is run twice."""
    taken: list[float] = []
    while not taken or sum(taken[1:]) < (SHORT if len(taken) > REPEATS else LONG):
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def main() -> None:
    """Measure, print, write."""
    most = 10 if "--quick" in sys.argv else max(HALF_DECADES)
    points: list[Point] = []
    for axis, size, function in axes():
        if size > 2 + most * (STUDY_REPLICATIONS if axis == "replications" else 1):  # 2: lead-in and warm-up
            continue
        points.append(Point(axis, size, seconds_of(function)))
        print(f"{axis:18} {size:7,d} {points[-1].seconds:10.4f} s", flush=True)
    for axis, slope, upper in growth_plot.slopes(points):
        print(f"{axis:18} slope {slope:5.2f}, of the upper half {upper:5.2f}")
    if "--quick" in sys.argv:
        return
    here = Path(__file__).parent
    with (here / "growth.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([Point._fields, *points])
    growth_plot.draw(points, here / "growth.svg")


if __name__ == "__main__":
    main()
