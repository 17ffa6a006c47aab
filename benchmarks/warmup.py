"""How long a warm-up: MSER-5 on the mean path of weekly series from the first day on.

    python benchmarks/warmup.py [replications]

MSER-5 (White 1997): batch the series by 5, cut the first d batches where the squared standard error of what is left
is least. Series are means over replications from the first day of the lead-in quarter; the answer is in quarters,
lead-in included.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from revsim.contract.parameters import parameters_of
from revsim.contract.sizes import sizes_for
from revsim.contract.trace import Kind
from revsim.luck.draw import draw
from revsim.measures.grouped import Grouped
from revsim.measures.window import Window
from revsim.scenario.load import load
from revsim.simulate import simulate

QUARTERS = 24
KINDS = {"open pipeline": Kind.OPEN_PIPELINE, "pressure": Kind.PRESSURE, "tolerance": Kind.TOLERANCE}


def mser5(series: NDArray[np.float64]) -> int:
    """Weeks to cut, a multiple of 5; at most half of the series."""
    batches = series[: len(series) // 5 * 5].reshape(-1, 5).mean(axis=1)
    scores = [batches[d:].var() / (len(batches) - d) for d in range(len(batches) // 2)]
    return 5 * int(np.argmin(scores))


def main() -> None:
    """Print the cut of each series."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    # without growth, or its trend would be taken for a warm-up
    steady = ("world.demand.growth=1", "world.leadership.plan_growth=1")
    sets = ("calendar.warmup_quarters=1", f"calendar.quarters={QUARTERS}", *steady)
    parameters = parameters_of(load("scenarios/status-quo.yaml", sets))
    window = Window(0, QUARTERS + 2)
    sizes = sizes_for(parameters)
    paths: dict[str, list[NDArray[np.float64]]] = {name: [] for name in (*KINDS, "bookings", "absolute error")}
    for replication in range(replications):
        trace = Grouped(simulate(parameters, draw(1, replication, sizes)), window)
        for name, kind in KINDS.items():
            paths[name].append(trace.by_week(kind))
        won = trace.within(Kind.WON)
        paths["bookings"].append(np.bincount(won.week, weights=won.value, minlength=13 * window.quarters))
        ended = trace.of(Kind.QUARTER_ENDED).value
        day_one = trace.by_week(Kind.FORECAST)[::13]
        paths["absolute error"].append(np.repeat(np.abs(day_one - ended) / ended, 13))
    for name, found in paths.items():
        path = np.mean(found, axis=0)
        print(f"{name:16} cut {mser5(path):4d} weeks = {mser5(path) / 13:4.1f} quarters")
        print("   by quarter", np.array2string(path.reshape(-1, 13).mean(axis=1) / path.mean(), precision=2))


if __name__ == "__main__":
    main()
