"""How fast the engines are on this machine: paired repeats in one run, medians and ratios."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, NamedTuple

from revsim.contract.sizes import sizes_for
from revsim.luck.draw import draw
from revsim.measures.tables import tables
from revsim.simulate import simulate


class Bench(NamedTuple):
    """Median seconds a replication on one core, and medians of the paired ratios."""

    repeats: int
    rows: int
    luck_simpy: float  # all of it drawn, as the reference reads it
    luck_compiled: float  # keys, and what a run draws of inquiries where it finds none drawn
    simpy: float  # from luck to trace
    compiled: float  # the same, where a run before has drawn the inquiries, as for the next scenario of a study
    measures: float
    ratio_engine: float  # simpy / compiled, from luck to trace
    ratio_whole: float  # the same with luck and measures


def bench(parameters: Any, repeats: int, progress: Callable[[int, int], None] | None = None) -> Bench:  # noqa: ANN401 - Parameters
    """Both engines in turn on the luck of replications 0, 1, ...; the compiled one has been compiled before.

    Before the compiled engine is timed it runs another replication, as in a study, where one follows the other: what it
    keeps in memory is then not what the reference's second has left in the processor's caches.
    """
    sizes = sizes_for(parameters)
    before = draw(1, repeats, sizes)
    found: list[tuple[float, ...]] = []
    rows = 0
    for replication in range(repeats):
        tables(simulate(parameters, before, "compiled"), parameters)
        bare, luck = _timed(draw, 1, replication, sizes)
        first = _timed(simulate, parameters, luck, "compiled")[0]
        fast, trace = _timed(simulate, parameters, luck, "compiled")
        measured = _timed(tables, trace, parameters)[0]
        rows = max(rows, len(trace.time))
        del trace  # the next run may have its memory
        dense = _timed(luck.drawn)[0]
        slow = _timed(simulate, parameters, luck, "simpy")[0]
        found.append((bare + dense, bare + first - fast, slow, fast, measured))
        if progress:
            progress(replication + 1, repeats)
    all_drawn, drawn, slow, fast, measures = (median(times) for times in zip(*found, strict=True))
    engine = median(one[2] / one[3] for one in found)
    whole = median((one[0] + one[2] + one[4]) / (one[1] + one[3] + one[4]) for one in found)
    return Bench(repeats, rows, all_drawn, drawn, slow, fast, measures, engine, whole)


def _timed(function: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:  # noqa: ANN401 - any function
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result
