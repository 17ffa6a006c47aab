"""Nine scenarios of one world against the same nine alone: what their common past saves.

    python benchmarks/nine.py [replications] [rounds]

In one process, from luck to measures, in turn, in processor time: nine `run` commands would start nine times, which is
more than what a few replications take and would flatter the nine together. Alone each draws its own luck. No
continuations. Two sets of nine: all programmes begin in the first measured week, or they are staged over the first
year, so that more of the past is common.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import revsim
from revsim.api import plan_of
from revsim.experiment.replicate import replicate
from revsim.experiment.task import Task
from revsim.prepare import prepare
from revsim.settings import Settings

Start = tuple[str, str, int | None]  # file, block, the week in which it begins
LEVERS = tuple(f"levers/{name}.yaml" for name in ("definitions", "governance", "handoffs", "incentives", "view"))
FIRST: tuple[Start, ...] = (("status-quo.yaml", "", None), ("coordination.yaml", "coordination", 1))
AT_ONCE: tuple[Start, ...] = (*FIRST, ("design.yaml", "design", 1), *((lever, "design", 1) for lever in LEVERS),
                              ("heroics.yaml", "heroics", 1))  # fmt: skip
STAGED: tuple[Start, ...] = (
    *FIRST, ("coordination.yaml", "coordination", 27), *(("design.yaml", "design", week) for week in (1, 14, 27, 40)),
    *(("levers/handoffs.yaml", "design", week) for week in (1, 27)),
)  # fmt: skip


def tasks(starts: tuple[Start, ...]) -> tuple[Task, list[Task]]:
    """All in one task, and each in its own; the files are written, so that they are read as anybody's are."""
    with tempfile.TemporaryDirectory() as place:
        scenarios = []
        for number, (file, block, week) in enumerate(starts):
            path = Path(place) / f"{number}.yaml"
            begins = "" if week is None else f"{block}: {{start_week: {week}}}\n"
            path.write_text(f"extends: {file}\nname: Number {number}\n{begins}", encoding="utf-8")
            scenarios.append(revsim.load(path))
        plan = plan_of(scenarios, Settings(continuations=0))
    assert len({fact.world_hash for fact in plan.scenarios}) == 1, "another world has no common past"
    task = plan.task
    return task, [task._replace(cases=(case,)) for case in task.cases]


def seconds(task: Task, replication: int) -> float:
    """Seconds of processor of a replication. Raises AssertionError where a scenario fails."""
    start = time.process_time()
    outcome = replicate(task, replication)
    taken = time.process_time() - start
    assert not outcome.failures, outcome.failures[0].traceback
    return taken


def nine_against_alone(starts: tuple[Start, ...], replications: int, rounds: int) -> float:
    """Median over rounds of the time together against that of all alone."""
    together, alone = tasks(starts)
    seconds(together, 0)  # makes room and reads machine code
    ratios = []
    for _ in range(rounds):
        all_nine = sum(seconds(together, replication) for replication in range(replications))
        # run by run, as alone: no run finds inquiries that another of the same replication has drawn
        each = sum(seconds(task, replication) for task in alone for replication in range(replications))
        ratios.append(all_nine / each)
    return statistics.median(ratios)


def main() -> None:
    """Print both."""
    replications, rounds = (int(given) for given in [*sys.argv[1:3], *("10", "3")[len(sys.argv) - 1 :]])
    prepare("compiled", print)
    for name, starts in (("at once", AT_ONCE), ("staged", STAGED)):
        print(f"nine scenarios {name:8} against alone {nine_against_alone(starts, replications, rounds):6.3f}")


if __name__ == "__main__":
    main()
