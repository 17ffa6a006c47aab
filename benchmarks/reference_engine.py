"""What the reference engine costs: a replication against a bare SimPy pipeline with the same number of events.

    python benchmarks/reference_engine.py [replications]

The bare pipeline is SimPy as its tutorial writes it: a process per buyer, two Resources in tandem, exponential
times drawn as they are needed, nothing recorded and nothing decided. Both run in turn on each replication; the median
of the ratios is the figure (absolute times are noise). The bound that the project keeps is 3.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

import numpy as np
import simpy

from revsim.compiled.company import events_of
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.sizes import sizes_for
from revsim.luck.draw import Luck, draw
from revsim.scenario.load import load
from revsim.simulate import simulate

EVENTS_A_BUYER = 3  # arrival, end of first service, end of second


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
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    parameters = parameters_of(load("scenarios/status-quo.yaml"))
    sizes = sizes_for(parameters)
    events, rows, pairs = [], [], []
    for replication in range(replications):
        luck = draw(1, replication, sizes)
        rows.append(len(simulate(parameters, luck, "simpy").time))  # also draws what is drawn on demand
        events.append(events_of(parameters, luck))
        pairs.append(seconds(parameters, luck, events[-1]))
    model, plain = (statistics.median(pair[k] for pair in pairs) for k in (0, 1))
    ratios = [pair[0] / pair[1] for pair in pairs]
    print(f"scheduled events a replication   mean {np.mean(events):,.0f}, {min(events):,} to {max(events):,}")
    print(f"rows a replication               mean {np.mean(rows):,.0f}")
    print(f"reference engine, median         {model:9.2f} s   {np.mean(events) / model:>9,.0f} events/s")
    print(f"bare SimPy pipeline, median      {plain:9.2f} s   {np.mean(events) / plain:>9,.0f} events/s")
    print(f"ratio, median of {replications} pairs         {statistics.median(ratios):9.2f}")


if __name__ == "__main__":
    main()
