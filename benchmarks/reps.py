"""What an event costs by the number of reps, here and in another clone.

    python benchmarks/reps.py [--clone CLONE] [--python PYTHON] [--rounds 5] [--sizes 10 27 40 100 300 1000]

The shipped company of few quarters in proportion to its reps (benchmarks/growth.py), one replication from luck to
trace, here and there in turn; medians of nanoseconds an event in the engine, and of the ratio. The slope is that of an
event's cost on log-log axes from one size to the next: 0 where it is the same in a large company, 1 where something
goes through all reps for each event. What stays above 0 is memory: beyond some 300 reps a company no longer fits into
the processor's caches.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from math import inf, log
from pathlib import Path

SIZES = (10, 27, 40, 100, 300, 1000)
CHILD, EVENTS = "--child", 3e6  # about as many events are timed of each size


def timed(reps: int) -> tuple[float, int]:
    """Nanoseconds an event, the median of several runs, and how many events a run has."""
    from growth import company  # noqa: PLC0415 - of the clone whose Python this is

    from revsim.compiled.company import events_of, lived  # noqa: PLC0415 - as above
    from revsim.contract.sizes import sizes_for  # noqa: PLC0415 - as above
    from revsim.luck.draw import draw  # noqa: PLC0415 - as above

    p = company(reps)
    luck = draw(1, 0, sizes_for(p))
    events, taken = events_of(p, luck), []
    for _ in range(max(3, round(EVENTS / events))):
        start = time.process_time()
        lived(p, luck, inf, None)
        taken.append(time.process_time() - start)
    return 1e9 * statistics.median(taken) / events, events


def child(sizes: list[str]) -> None:
    """All sizes, as JSON."""
    print(json.dumps([timed(int(reps)) for reps in sizes]))


def slope(sizes: list[int], costs: list[float]) -> float:
    """Of cost by size on log-log axes."""
    return log(costs[1] / costs[0]) / log(sizes[1] / sizes[0])


def table(sizes: list[int], found: list[list[list[tuple[float, int]]]]) -> None:
    """Sizes down, clones across."""
    events = [count for _, count in found[0][0]]
    costs = [[statistics.median(one[k][0] for one in rounds) for k in range(len(sizes))] for rounds in found]
    print(f"{'reps':>6} {'events':>10} {'ns here':>9} {'slope':>6} {'there':>9} {'slope':>6} {'ratio':>6}")
    for k, reps in enumerate(sizes):
        line = f"{reps:6d} {events[k]:10,d}"
        for of_clone in costs:
            rise = f"{slope(sizes[k - 1 : k + 1], of_clone[k - 1 : k + 1]):6.2f}" if k else " " * 6
            line += f" {of_clone[k]:9.1f} {rise}"
        if len(found) > 1:
            ratio = statistics.median(mine[k][0] / theirs[k][0] for mine, theirs in zip(*found, strict=True))
            line += f" {ratio:6.3f}"
        print(line)


def main() -> None:
    """Print the table."""
    if CHILD in sys.argv:
        child(sys.argv[sys.argv.index(CHILD) + 1 :])
        return
    from clones import HERE, Clone, clones  # noqa: PLC0415 - the child has what its own clone has

    parser = argparse.ArgumentParser(description="An event's cost by the number of reps.")
    parser.add_argument("--clone")
    parser.add_argument("--python")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    asked = parser.parse_args()
    several = clones(asked.clone, asked.python) if asked.clone else (Clone(HERE, sys.executable),)
    found: list[list[list[tuple[float, int]]]] = [[] for _ in several]
    for turn in range(asked.rounds):
        for number, clone in list(enumerate(several))[:: 1 if turn % 2 == 0 else -1]:
            found[number].append(json.loads(clone.told(str(Path(__file__)), CHILD, *map(str, asked.sizes))))
    table(asked.sizes, found)


if __name__ == "__main__":
    main()
