"""Kill a running study again and again; what it leaves in the end must be what an undisturbed one leaves, to the byte.

    python -m tests.experiment.kills [KILLS [SEED]]

Half of the kills come at a random moment of a study with two workers. The other half come at a random step of one
that runs in one process: before a file is opened, renamed or removed, and before each statement of the ledger.
After each second of either the newest file of rows is cut short as well, as by a power cut.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.store.layout import TABLES, Folder
from tests.experiment.fake import Firm, plan

ROOT = Path(__file__).resolve().parents[2]
FIRMS = {
    "base": Firm(seconds=0.01),
    "better": Firm(error=0.1, seconds=0.01),
    "same": Firm(seconds=0.01),
    "torn": Firm(seconds=0.011, breaks=((5, "error"),)),
}
REPLICATIONS = 30
STEPS = {"open", "os.rename", "os.remove"}
NEVER = 10**9


class Found(NamedTuple):
    """How often a study was killed, how many studies that were, and how many rows came out otherwise."""

    kills: int
    studies: int
    differing: int


def child(folder: Path, step: int, workers: int) -> None:
    """Run the study; die before the given step."""
    keeper.BATCH = 9  # many parts, so that a moment is often within the writing of one
    taken = 0

    def count(*_: Any) -> None:
        nonlocal taken
        taken += 1
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(lambda event, given: count() if event in STEPS and str(folder) in str(given[0]) else None)
    connect = sqlite3.connect

    def counting(*given: Any, **named: Any) -> sqlite3.Connection:
        base = connect(*given, **named)
        base.set_trace_callback(count)
        return base

    sqlite3.connect = counting
    print("starts", flush=True)  # noqa: T201 - the parent waits for it
    run_study(plan(FIRMS, REPLICATIONS), Folder(folder), workers)
    print(taken)  # noqa: T201 - the parent reads it


def started(
    folder: Path, step: int = NEVER, workers: int = 1, stderr: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    """The study in a process of its own that has imported all it needs."""
    command = [sys.executable, "-m", "tests.experiment.kills", "child", str(folder), str(step), str(workers)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=stderr)
    assert process.stdout is not None
    assert process.stdout.readline() == "starts\n"
    return process


def undisturbed(folder: Path, workers: int) -> tuple[float, int]:
    """Seconds and steps of a study that nobody kills."""
    process, begun = started(folder, workers=workers), time.monotonic()
    out, _ = process.communicate()
    assert process.returncode == 0
    return time.monotonic() - begun, int(out)


def lives(chance: random.Random, place: Path) -> Iterator[dict[str, float]]:
    """For ever: how long a life is, in seconds and in steps, by turns."""
    (seconds, _), (_, steps) = undisturbed(place / "two", 2), undisturbed(place / "one", 1)
    while True:
        yield {"seconds": chance.uniform(0.0, seconds), "step": NEVER}
        yield {"seconds": NEVER, "step": chance.randrange(1, steps + 1)}


def is_killed(folder: Path, seconds: float, step: float) -> bool:
    """Run the study for so long; whether that was too short for it."""
    process = started(folder, int(step), workers=2 if step == NEVER else 1)
    try:
        process.wait(timeout=min(seconds, 120.0))
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    assert process.returncode in {0, -signal.SIGKILL}
    return process.returncode != 0


def tear(folder: Folder) -> None:
    """Cut the newest file of rows short."""
    files = sorted(folder.parts.glob("*weeks*"), key=lambda path: path.stat().st_mtime)
    if files:
        os.truncate(files[-1], files[-1].stat().st_size // 2)


def differing(left: Folder, right: Folder) -> int:
    """Rows of both tables that differ; if only the bytes of the files do, one."""
    total = 0
    for table in TABLES:
        if left.whole(table).read_bytes() != right.whole(table).read_bytes():
            rows = [pd.read_parquet(folder.whole(table)) for folder in (left, right)]
            total += max(1, len(pd.concat(rows).drop_duplicates(keep=False)))
    return total


def kill(kills: int, seed: int, place: Path) -> Found:
    """Kill so often, a new study whenever one has come to its end; let the last one end."""
    done, studies, wrong, whole = 0, 1, 0, Folder(place / "one")
    moments = lives(random.Random(seed), place)  # noqa: S311 - moments, no secrets
    while True:
        folder = place / f"study-{studies}"
        if done < kills and is_killed(folder, **next(moments)):
            done += 1
            if done % 4 > 1:
                tear(Folder(folder))
            continue
        undisturbed(folder, 1)
        wrong += differing(Folder(folder), whole)
        if done == kills:
            return Found(done, studies, wrong)
        studies += 1


def main(words: list[str]) -> int:
    """Say what was found; 1 if a row differs."""
    kills, seed = (int(word) for word in (words + ["30", "1"][len(words) :])[:2])
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        found = kill(kills, seed, Path(place))
    print(f"{found.kills} kills of {found.studies} studies (seed {seed}): {found.differing} rows differ")  # noqa: T201 - the answer
    return int(found.differing > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main(sys.argv[1:]))
