"""What the reference engine costs: a replication against a bare SimPy pipeline with the same number of events.

    python benchmarks/reference_engine.py [repeats]

The bare pipeline is SimPy as its tutorial writes it: a process per buyer, two Resources in tandem, exponential
times drawn as they are needed, nothing recorded and nothing decided. Both run in turn, `repeats` times; the median
ratio is the figure (absolute times are noise). The bound that the project keeps is 3.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

import numpy as np
import simpy

from revsim.contract.parameters import Parameters, parameters_of
from revsim.contract.sizes import sizes_for
from revsim.contract.trace import Kind, Trace
from revsim.luck.draw import Luck, draw
from revsim.scenario.load import load
from revsim.simulate import simulate

EVENTS_A_BUYER = 3  # arrival, end of first service, end of second
SCHEDULED = (
    Kind.QUARTER_ENDED, Kind.FORECAST, Kind.WEEK, Kind.DESK_DONE, Kind.SETTLED, Kind.WORK_DONE, Kind.BUYER_DONE,
    Kind.LOST,
)  # fmt: skip


def events_of(trace: Trace) -> int:
    """Scheduled events behind a trace; those that leave no row of their own are counted by what follows them."""
    count = int(np.isin(trace.kind, [int(kind) for kind in SCHEDULED]).sum())
    kinds = dict(zip(*np.unique(trace.kind, return_counts=True), strict=True))
    picked = int(kinds.get(int(Kind.PICKED_UP), 0)) + int(kinds.get(int(Kind.LEFT_WAITING), 0))
    sweeps = int(kinds.get(int(Kind.FORECAST), 0))
    return count + picked + sweeps + int(kinds.get(int(Kind.ARBITRATED), 0)) + int(kinds.get(int(Kind.HELD_OVER), 0))


def bare(events: int) -> None:
    """A tandem of two queues with as many logical events."""
    buyers = events // EVENTS_A_BUYER
    draw_time = random.Random(1).expovariate  # noqa: S311 - a benchmark keeps no secrets
    env = simpy.Environment()
    callers, analysts = simpy.Resource(env, 25), simpy.Resource(env, 4)

    def buyer():  # noqa: ANN202 - a generator of SimPy events
        with callers.request() as request:
            yield request
            yield env.timeout(draw_time(1.0 / 20.0))
        with analysts.request() as request:
            yield request
            yield env.timeout(draw_time(1.0 / 3.0))

    def source():  # noqa: ANN202 - a generator of SimPy events
        for _ in range(buyers):
            yield env.timeout(draw_time(1.0))
            env.process(buyer())

    env.process(source())
    env.run()


def seconds(parameters: Parameters, luck: Luck, events: int) -> tuple[float, float]:
    """Seconds of a replication and of the bare pipeline."""
    start = time.perf_counter()
    simulate(parameters, luck, "simpy")
    middle = time.perf_counter()
    bare(events)
    return middle - start, time.perf_counter() - middle


def main() -> None:
    """Print the table."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    parameters = parameters_of(load("scenarios/status-quo.yaml"))
    luck = draw(1, 0, sizes_for(parameters))
    trace = simulate(parameters, luck, "simpy")
    events = events_of(trace)
    pairs = [seconds(parameters, luck, events) for _ in range(repeats)]
    model = statistics.median(pair[0] for pair in pairs)
    plain = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    print(f"scheduled events a replication   {events:>9,}")
    print(f"rows a replication               {len(trace.time):>9,}")
    print(f"reference engine, median         {model:9.2f} s   {events / model:>9,.0f} events/s")
    print(f"bare SimPy pipeline, median      {plain:9.2f} s   {events / plain:>9,.0f} events/s")
    print(f"ratio, median of {repeats} pairs         {ratio:9.2f}")


if __name__ == "__main__":
    main()
