"""Peak memory against replications: a study must not keep in memory what it has written.

    python benchmarks/memory.py [--quick]

A study of three scenarios with a made-up model (made_up.py), two workers, in a process of its own for each number of
replications. Read are the high-water marks of that process when all is run and merged, then when all that `compare`
finds and draws has been written too, and of its largest worker; they come from /proc, or from getrusage where there is
none. Writes memory.csv beside this file. Wanted: at 40,000 replications at most 1.2 times that at 400. 40,000 take
about 8 GB of disk for a while.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

COUNTS = (400, 4_000, 40_000)
WORKERS = 2
WANTED = 1.2
FILES = [f"scenarios/{name}.yaml" for name in ("status-quo", "coordination", "design")]
EVERY = 100  # replications between two looks at the workers
CHILD = "--child"


class Peak(NamedTuple):
    """High-water marks in MB."""

    replications: int
    run: float
    findings: float
    worker: float


def peak_of(process: int | str = "self") -> float:
    """Most memory that a process has had, MB; 0 where it has ended or the system does not tell of others."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) / 1024.0 for line in lines if line.startswith("VmHWM")), 0.0)
    if process != "self":
        return 0.0
    import resource  # noqa: PLC0415 - not on every system

    scale = 1024.0**2 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def child(replications: int) -> Peak:
    """Run the study here."""
    import made_up  # noqa: PLC0415 - the parent stays small

    import revsim  # noqa: PLC0415 - as above
    from revsim.api import Study  # noqa: PLC0415 - as above
    from revsim.experiment.run import run_study  # noqa: PLC0415 - as above
    from revsim.store.layout import Folder  # noqa: PLC0415 - as above

    largest = 0.0

    def look(done: int, _of: int) -> None:
        nonlocal largest
        if done % EVERY == 0:
            largest = max(largest, *(peak_of(one.pid or 0) for one in multiprocessing.active_children()), 0.0)

    with tempfile.TemporaryDirectory() as place:
        scenarios, folder = [revsim.load(file) for file in FILES], Folder(Path(place))
        plan = made_up.plan(scenarios, replications)
        study = Study(scenarios, plan, run_study(plan, folder, WORKERS, look))
        run = peak_of()
        study.write_findings(folder)
        assert len(study.paired[0].replications) == replications
        return Peak(replications, run, peak_of(), largest)


def measured(replications: int) -> Peak:
    """Run the study in a fresh process."""
    words = [sys.executable, __file__, CHILD, str(replications)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - this very file
    return Peak(*json.loads(done.stdout))


def main() -> None:
    """Print the table and write it."""
    if CHILD in sys.argv:
        print(json.dumps(child(int(sys.argv[-1]))))
        return
    print(f"{'replications':>12} {'run, MB':>9} {'findings':>9} {'worker':>9}")
    peaks = []
    for replications in COUNTS[:2] if "--quick" in sys.argv else COUNTS:
        peaks.append(measured(replications))
        print(f"{peaks[-1].replications:12,d} " + " ".join(f"{value:9.1f}" for value in peaks[-1][1:]), flush=True)
    for name in ("run", "findings", "worker"):
        ratio = getattr(peaks[-1], name) / getattr(peaks[0], name)
        print(f"{name:8} most against fewest {ratio:5.2f}   wanted: at most {WANTED}")
    if "--quick" not in sys.argv:
        with Path(__file__).with_name("memory.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([Peak._fields, *peaks])


if __name__ == "__main__":
    main()
