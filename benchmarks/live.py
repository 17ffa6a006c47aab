"""How soon a lever that has been moved is answered from states that are kept.

    python benchmarks/live.py [ROUNDS]

A page that answers while somebody moves levers keeps the baseline's states at the first measured day, of REPLICATIONS
replications, and what the baseline gave. Timed is what is left when a lever moves: the changed scenario checked and
turned into parameters, its replications from their states on two threads, their measures, and the effect on forecast
variance at mid-quarter with its interval. Wanted: under half a second on two cores. Beside it the same from day 0. Each
of ROUNDS (9 unless said) moves another lever to another level; medians, and the slowest.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import revsim
from revsim.analysis import interval
from revsim.analysis.cube import Cube
from revsim.analysis.interval import Interval
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.sizes import sizes_for
from revsim.contract.trace import Trace
from revsim.luck.draw import draw
from revsim.measures.tables import Columns, tables
from revsim.prepare import prepare
from revsim.scenario.address import replace
from revsim.simulate import keep, simulate
from revsim.states.kept import States, key_of

REPLICATIONS, THREADS, SEED, WEEK, WANTED = 12, 2, 1, 7, 0.5
LEVERS = ("owned_handoffs", "shared_incentives", "shared_definitions", "one_view_of_data")

Measured = list[tuple[Columns, Columns]]


def cube_of(base: Measured, own: Measured) -> Cube:
    """Both scenarios' tables as arrays."""
    quarters, weeks = ([[each[k] for each in of] for of in (base, own)] for k in (0, 1))
    count = len(quarters[0][0]["quarter"])
    actual, plan = (np.array([[one[name] for one in of] for of in quarters]) for name in ("bookings", "plan"))
    forecast = np.array([[one["forecast"].reshape(count, -1) for one in of] for of in weeks])
    numbers = np.arange(len(base)), np.arange(1, count + 1)
    return Cube(("base", "own"), *numbers, {"bookings": actual, "plan": plan}, {"forecast": forecast})


def effect(base: Measured, own: Measured) -> Interval:
    """The change of forecast variance, as a logarithm."""
    cube = cube_of(base, own)
    theirs, mine = (forecast_variance(View(cube, place, 0), WEEK) for place in (0, 1))
    return interval.log_ratio(mine, theirs)


def main() -> None:
    """Move levers."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    prepare("compiled", print)
    scenario = revsim.load("scenarios/status-quo.yaml").resolved
    p = parameters_of(scenario)
    lucks = [draw(SEED, replication, sizes_for(p)) for replication in range(REPLICATIONS)]
    states = States()

    def state_of(replication: int) -> Callable[[Parameters], Trace]:
        key = key_of(p, SEED, replication, p.span.measured_from)
        return states.of(key, lambda: keep(p, lucks[replication], p.span.measured_from, "compiled")).go_on

    def from_states(replication: int, own: Parameters) -> tuple[Columns, Columns]:
        return tables(state_of(replication)(own), own)

    def from_day_0(replication: int, own: Parameters) -> tuple[Columns, Columns]:
        return tables(simulate(own, lucks[replication], "compiled"), own)

    with ThreadPoolExecutor(THREADS) as pool:
        base = list(pool.map(lambda replication: from_states(replication, p), range(REPLICATIONS)))
        seconds: dict[str, list[float]] = {"from states": [], "from day 0": []}
        for k in range(rounds):
            change = {f"design.{LEVERS[k % len(LEVERS)]}": round(0.3 + 0.05 * k, 2)}
            found: list[Interval] = []
            for name, run in (("from states", from_states), ("from day 0", from_day_0)):
                start = time.perf_counter()
                own = parameters_of(replace(scenario, change, "Moved"))
                rows = list(pool.map(run, range(REPLICATIONS), [own] * REPLICATIONS))
                found.append(effect(base, rows))
                seconds[name].append(time.perf_counter() - start)
            assert found[0] == found[1], "a state gives the rows of a run from day 0"
            print(f"{change}: V changes by {100.0 * np.expm1(found[0][0]):+.0f} %", flush=True)
    for name, of in seconds.items():
        print(f"{name}: {statistics.median(of):.3f} s, at most {max(of):.3f} s")
    met = "under" if max(seconds["from states"]) < WANTED else "NOT under"
    print(f"{REPLICATIONS} replications, {THREADS} threads: {met} {WANTED} s")


if __name__ == "__main__":
    main()
