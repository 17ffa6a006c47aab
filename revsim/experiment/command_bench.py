"""What somebody waits for: a whole `revsim compare`, on either engine, in seconds of processor of all its processes.

    seconds(R, c) = start + R (runs + c continuation)

`start` is what the command takes whatever its replications: imports, workers, analysis, report. A study of a hundred
replications would take SimPy half an hour, so both engines run few and are told for more by this line. The
compiled engine runs two numbers of replications with the continuations asked for, whole rounds of the quarters that
are continued in turn. SimPy runs two without continuations, which give `start` and `runs`, and a few with one each: it
replays a continuation from the first day to its quarter's end, so that what one costs is told by how many quarters were
replayed, and holds for each further one. That favours SimPy: those few are early ones, when the company is smaller.
Longer runs for net value are left out (`--horizon 0`): they are one of four replications, which no line through so few
tells.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from revsim.notices import silent
from revsim.settings import Settings
from revsim.store.layout import TABLES, Folder
from revsim.store.tables import KEYS, read_table

if TYPE_CHECKING:
    import pandas as pd

FILES = ("status-quo.yaml", "coordination.yaml", "design.yaml")
WARM_UP, QUARTERS = 6, 8  # of these; replication r continues the measured quarter r, from 0, and so on in turn
FEW, MORE = QUARTERS, 5 * QUARTERS  # replications of the compiled engine
SLOW_FEW, SLOW_MORE = 2, 4  # of SimPy; the continuations are those of the larger
WORKERS = 2  # in all of them, so that `start` is the same
TOLD_FOR = (100, 400)  # replications: as many as `compare` takes unless told, and those of docs/findings.md
Command = Callable[[str, int, int, Path], float]  # engine, replications, continuations, folder: seconds


class Cost(NamedTuple):
    """Seconds of processor of a command, by its replications."""

    start: float
    each: float

    def of(self, replications: int) -> float:
        """Seconds of the whole command."""
        return self.start + replications * self.each


class Pair(NamedTuple):
    """The same command on both engines."""

    continuations: int
    compiled: Cost
    simpy: Cost

    @property
    def ratio_each(self) -> float:
        """SimPy's seconds for a further replication against the compiled engine's."""
        return self.simpy.each / self.compiled.each

    def ratio(self, replications: int) -> float:
        """SimPy's seconds for the whole command against the compiled engine's."""
        return self.simpy.of(replications) / self.compiled.of(replications)

    def facts(self) -> dict[str, object]:
        """All figures, for machines."""
        ratios = {f"ratio_{count}": self.ratio(count) for count in TOLD_FOR} | {"ratio_each": self.ratio_each}
        costs = {name: getattr(self, name)._asdict() for name in ("compiled", "simpy")}
        return {"continuations": self.continuations, **costs, **ratios}


class Commands(NamedTuple):
    """`compare` with one continuation and with as many as it has unless told."""

    one: Pair
    usual: Pair
    same_rows: bool
    rows: int  # that were looked at on both engines

    def facts(self) -> dict[str, object]:
        """All figures, for machines."""
        told = {"same_rows": self.same_rows, "rows": self.rows}
        return told | {"one": self.one.facts(), "usual": self.usual.facts()}


def run_command(engine: str, replications: int, continuations: int, folder: Path) -> float:
    """Run `revsim compare` as a command of its own; seconds of processor, by the clock where the system counts none.

    It runs beside its folder, so that the shipped scenarios are meant, whatever lies where somebody asks.
    """
    words = ["compare", *FILES, "--engine", engine, "--replications", str(replications), "--workers", str(WORKERS)]
    words += ["--continuations", str(continuations), "--out", str(folder), "--quiet"]
    words += ["--horizon", "0"]
    start, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-m", "revsim", *words], check=True, cwd=folder.parent, stdout=subprocess.DEVNULL)  # noqa: S603 - this very program
    after, clock = os.times(), time.perf_counter() - start
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return work or clock


def line_through(few: int, seconds_few: float, more: int, seconds_more: float) -> Cost:
    """Start and seconds a replication, from two counts."""
    each = (seconds_more - seconds_few) / (more - few)
    return Cost(seconds_few - few * each, each)


class Runner(NamedTuple):
    """Runs commands, says so, and keeps their folders side by side."""

    run: Command
    say: Callable[[str], None]
    place: Path

    def folder(self, engine: str, replications: int, continuations: int) -> Folder:
        """Where a command keeps its study."""
        return Folder(self.place / f"{engine}-{replications}-{continuations}")

    def seconds(self, engine: str, replications: int, continuations: int) -> float:
        """Seconds of a command."""
        self.say(f"revsim compare --engine {engine} --replications {replications} --continuations {continuations}")
        return self.run(engine, replications, continuations, self.folder(engine, replications, continuations).root)

    def compiled(self, continuations: int) -> Cost:
        """The compiled engine's cost, by two counts."""
        few, more = (self.seconds("compiled", count, continuations) for count in (FEW, MORE))
        return line_through(FEW, few, MORE, more)

    def simpy(self) -> tuple[Cost, float]:
        """SimPy's cost without continuations, and what a continuation of each scenario adds to a replication."""
        few, more = (self.seconds("simpy", count, 0) for count in (SLOW_FEW, SLOW_MORE))
        bare = line_through(SLOW_FEW, few, SLOW_MORE, more)
        extra = self.seconds("simpy", SLOW_MORE, 1) - bare.of(SLOW_MORE)
        replayed = sum(WARM_UP + quarter + 1 for quarter in range(SLOW_MORE))
        return bare, extra / replayed * (WARM_UP + (QUARTERS + 1) / 2)


def bench_commands(run: Command = run_command, say: Callable[[str], None] = silent) -> Commands:
    """Measure; `say` is told what is run. Takes about a minute on two cores."""
    usual = Settings().continuations
    with tempfile.TemporaryDirectory() as place:
        runner = Runner(run, say, Path(place))
        fast = {many: runner.compiled(many) for many in {1, usual}}
        bare, continuation = runner.simpy()
        same, rows = are_same(runner.folder("compiled", MORE, 1), runner.folder("simpy", SLOW_MORE, 1))
    one, other = (Pair(many, fast[many], Cost(bare.start, bare.each + many * continuation)) for many in (1, usual))
    return Commands(one, other, same, rows)


def are_same(one: Folder, other: Folder) -> tuple[bool, int]:
    """Whether two studies have the same rows of the replications that SimPy ran, to the last bit; and how many."""
    tables = [(_first(one, table), _first(other, table)) for table in TABLES]
    return all(mine.equals(theirs) for mine, theirs in tables), sum(len(mine) for mine, _ in tables)


def _first(folder: Folder, table: str) -> pd.DataFrame:
    frame = read_table(getattr(folder, table), KEYS[table])
    return frame[frame["replication"] < SLOW_MORE].sort_values(list(KEYS[table]), ignore_index=True)
