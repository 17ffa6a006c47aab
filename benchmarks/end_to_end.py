"""How much of the engine's speed a whole `revsim compare` keeps, and where the rest goes.

    python benchmarks/end_to_end.py [--quick]

Times `revsim compare` of the three shipped scenarios as a command of its own (machine code there already, fresh folder,
as many workers as it takes by itself), against what the engine alone would need on the same cores: replications
x seconds from luck to all traces / cores, measured on all cores at once, before and after the command. Wanted:
a share of 0.7 or more. Then the same study in one process with a clock at each stage; what is done for each replication
is told per replication, what is done once in seconds.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import revsim
from revsim.api import Study, plan_of
from revsim.experiment.keeper import Keeper
from revsim.experiment.plan import Plan
from revsim.experiment.run import run_study
from revsim.prepare import prepare
from revsim.settings import Settings
from revsim.store.layout import Folder
from revsim.store.results import Store

FILES = [f"scenarios/{name}.yaml" for name in ("status-quo", "coordination", "design")]
REPLICATIONS, SAMPLE = 400, 40
WANTED = 0.7
PROGRAM = "from revsim.cli.app import main; main()"
IMPORTS = "import revsim.experiment.run, revsim.compiled.company, revsim.measures.tables"


class Clock:
    """Seconds by stage, each call of it; what is under another stage counts for both."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with a clock."""

        def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function takes and gives
            start = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                self.seconds[name].append(time.perf_counter() - start)

        return timed

    def around_all(self, name: str, function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The function, which gives one after the other, with a clock of all that it takes to give them."""

        def timed(*given: Any, **named: Any) -> Iterator[Any]:  # noqa: ANN401 - as the function takes and gives
            seconds, steps = 0.0, function(*given, **named)
            while True:
                start = time.perf_counter()
                step = next(steps, None)
                seconds += time.perf_counter() - start
                if step is None:
                    break
                yield step
                del step  # the next may have its memory
            self.seconds[name].append(seconds)

        return timed

    def total(self, name: str) -> float:
        """Seconds in all calls."""
        return sum(self.seconds[name])


def clocked(plan: Plan, clock: Clock) -> Plan:
    """The plan with a clock in each of the model's functions."""
    model = plan.task.model
    with_clock = {name: clock.around(name, getattr(model, name)) for name in ("draw", "tables")}
    model = model._replace(runs=clock.around_all("runs", model.runs), **with_clock)
    return dataclasses.replace(plan, task=plan.task._replace(model=model))


def study_in_process(replications: int, clock: Clock) -> None:
    """The whole of `compare`, here, with clocks."""
    scenarios = [revsim.load(file) for file in FILES]
    plan = clocked(plan_of(scenarios, Settings(replications, continuations=0)), clock)
    flush, merge = Keeper.flush, Store.merge
    Keeper.flush, Store.merge = clock.around("parts", flush), clock.around("merge", merge)  # type: ignore[method-assign]
    try:
        with tempfile.TemporaryDirectory() as place:
            folder = Folder(Path(place))
            finished = clock.around("run", run_study)(plan, folder, 1)
            study = Study(scenarios, plan, finished)
            clock.around("analysis", lambda: study.comparison)()
            clock.around("report", study.write_findings)(folder)
    finally:
        Keeper.flush, Store.merge = flush, merge  # type: ignore[method-assign]


def command_seconds(replications: int) -> tuple[float, float]:
    """Seconds on the clock, and of processor in all its processes, which others on the machine disturb less."""
    with tempfile.TemporaryDirectory() as place:
        words = [
            "compare",
            *FILES,
            "--replications",
            str(replications),
            "--out",
            f"{place}/study",
            "--quiet",
            "--continuations",
            "0",
        ]
        start, before = time.perf_counter(), os.times()
        subprocess.run([sys.executable, "-c", PROGRAM, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
        after = os.times()
        work = after.children_user + after.children_system - before.children_user - before.children_system
        return time.perf_counter() - start, work


def engine_in_process(_: int) -> list[float]:
    """Seconds of the engine for each replication, luck to the traces of all scenarios."""
    study_in_process(2, Clock())
    clock = Clock()
    study_in_process(SAMPLE, clock)
    return clock.seconds["runs"]


def engine_seconds(cores: int) -> list[float]:
    """The same in as many processes at once as there are cores: they share memory and what lies before it."""
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        return [seconds for found in pool.map(engine_in_process, range(cores)) for seconds in found]


def start_seconds() -> float:
    """Seconds until a fresh process has what a replication takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)  # noqa: S603 - ours
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    replications = 40 if "--quick" in sys.argv else REPLICATIONS
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    prepare("compiled", print)
    study_in_process(2, Clock())
    clock = Clock()
    study_in_process(SAMPLE, clock)
    runs = engine_seconds(cores)
    wall, work = command_seconds(replications)
    runs += engine_seconds(cores)  # what the machine gives changes within a minute
    engine = statistics.median(runs)
    allowed = replications * engine / cores
    print(
        f"engine, luck to traces       {1e3 * engine:8.1f} ms a replication of {len(FILES)} scenarios, "
        f"median of {len(runs)}, half before and half after"
    )
    print(f"engine alone, {cores} cores        {allowed:8.2f} s for {replications} replications")
    print(f"revsim compare               {wall:8.2f} s, of which its processes worked {work / cores:.2f} s a core")
    print(f"share                        {allowed / wall:8.2f}     wanted: {WANTED} or more")
    print("\neach replication, on one core            ms   seconds of the command")
    known = ("draw", "runs", "tables", "parts")
    rest = clock.total("run") - clock.total("merge") - sum(clock.total(name) for name in known)
    for name, seconds in (*((name, clock.total(name)) for name in known), ("other", rest)):
        each = seconds / SAMPLE
        print(f"  {name:32} {1e3 * each:9.1f} {each * replications / cores:12.2f}")
    print("once")
    for name in ("merge", "analysis", "report"):
        print(f"  {name:32} {clock.total(name):22.2f}   (of {SAMPLE} replications)")
    print(f"  {'imports of a process':32} {statistics.median(start_seconds() for _ in range(3)):22.2f}")


if __name__ == "__main__":
    main()
