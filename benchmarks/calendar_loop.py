"""What an event costs: a hand-written C loop, the compiled engine's calendar, and the model itself.

    python benchmarks/calendar_loop.py [repeats]

Lines of queues in tandem (tandem.c), on the same numbers drawn before, once by the C loop and once by the functions
that the model schedules with; both must end with the same departures and the same sum of departure times, to the last
bit. About as many events wait as in the model. Then the model's own time for an event: everything that its loop does,
against the C loop that does next to nothing. Repeats are paired and alternate; figures are medians of one run.
Wanted: calendar at most 1.5 times the C loop, model at most 5 times. Without a C compiler only our own are shown.
"""

from __future__ import annotations

import ctypes
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from revsim.compiled.calendar import ENTITY_BITS, at, take_first, turn
from revsim.compiled.company import live, lived
from revsim.compiled.memory import memory_for
from revsim.compiled.room import first_room
from revsim.compiled.views import calendar
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.sizes import sizes_for
from revsim.luck.draw import draw
from revsim.scenario.load import load

LINES, STATIONS, BUYERS = 400, 3, 250_000
LOAD = 0.8  # of a server: with one arrival a line, 400 + 0.8 * 1,200 events wait on average
EVENTS = BUYERS * (1 + STATIONS)
ARRIVED, SERVED = 2, 3  # ranks of events
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")
SOURCE = Path(__file__).with_name("tandem.c")
WANTED_CALENDAR, WANTED_MODEL = 1.5, 5.0


class Found(NamedTuple):
    """Who left, the sum of when, and for C the most events that waited at once."""

    departed: int
    total: float
    most_waiting: int = 0


class _Found(ctypes.Structure):
    _fields_ = (("departed", ctypes.c_int64), ("most_waiting", ctypes.c_int64), ("sum", ctypes.c_double))


class Draws(NamedTuple):
    """Exponential times, read in the order of events."""

    gaps: NDArray[np.float64]
    services: NDArray[np.float64]


def draws() -> Draws:
    """The same numbers each time."""
    generator = np.random.default_rng(1)
    return Draws(generator.exponential(1.0, BUYERS), LOAD * generator.exponential(1.0, BUYERS * STATIONS))


def compiler() -> str | None:
    """A C compiler's name, if there is one."""
    return next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)


def c_loop(name: str, folder: Path, numbers: Draws) -> Callable[[], Found]:
    """The loop in C, compiled into `folder`."""
    library = folder / "tandem.so"
    subprocess.run([name, *FLAGS, "-o", str(library), str(SOURCE)], check=True)  # noqa: S603 - our own source
    function = ctypes.CDLL(str(library)).tandem
    pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in numbers]
    sizes = [ctypes.c_int64(size) for size in (BUYERS, LINES, STATIONS)]

    def run() -> Found:
        found = _Found()
        if function(*pointers, *sizes, ctypes.byref(found)) != 0:
            raise MemoryError
        return Found(found.departed, found.sum, found.most_waiting)

    return run


@numba.njit(nogil=True)
def tandem(firms: Any, gaps: Any, services: Any, here: Any) -> Any:  # noqa: ANN401 - numba types them
    """What tandem.c does, with the model's calendar. `here` counts who is at each station."""
    firm = firms[0]
    heap = calendar(firm)
    gap, service, departed, total = 0, 0, 0, 0.0
    for line in range(LINES):
        at(firm, gaps[gap], ARRIVED, line, line)
        gap += 1
    for _ in range(EVENTS):
        if firm.n_calendar == 0:
            turn(firm)
        first = heap[0]
        now, kind, place = first.time, first.rank >> ENTITY_BITS, first.what
        take_first(firm)
        if kind == ARRIVED:
            follower = place * STATIONS
            if gap < BUYERS:
                at(firm, now + gaps[gap], ARRIVED, place, place)
                gap += 1
        else:
            here[place] -= 1
            if here[place] > 0:
                at(firm, now + services[service], SERVED, place, place)
                service += 1
            follower = place + 1
            if follower % STATIONS == 0:
                departed += 1
                total += now
                continue
        here[follower] += 1
        if here[follower] == 1:
            at(firm, now + services[service], SERVED, follower, follower)
            service += 1
    return departed, total


def our_loop(parameters: Parameters, numbers: Draws) -> Callable[[], tuple[float, Found]]:
    """Seconds and findings of the loop with the model's calendar, on a firm's memory as on its first day."""

    def run() -> tuple[float, Found]:
        memory, here = memory_for(parameters, first_room(parameters)), np.zeros(LINES * STATIONS, np.int64)
        start = time.perf_counter()
        departed, total = tandem(memory.firms, *numbers, here)
        return time.perf_counter() - start, Found(departed, total)

    return run


def model_seconds(parameters: Parameters, repeats: int) -> tuple[list[float], int, int]:
    """Seconds in the model's loop for one replication again and again; its scheduled events and rows."""
    luck = draw(1, 0, sizes_for(parameters))
    room = lived(parameters, luck, inf, None).room  # enough, so that no run is made twice
    seconds = []
    for _ in range(repeats):
        memory = memory_for(parameters, room)
        memory.firms[0]["fork_at"] = inf
        memory.deal_out(0, luck)
        start = time.perf_counter()
        live(memory.firms)
        seconds.append(time.perf_counter() - start)
    firm = memory.firms[0]
    return seconds, int(firm["number_of_events"]), int(firm["n_rows"])


def paired(ours: Callable[[], tuple[float, Found]], plain: Callable[[], Found] | None, repeats: int) -> Any:  # noqa: ANN401 - two lists and what was found
    """Seconds of our loop and of C's, in turn. Raises AssertionError if they do not end alike."""
    mine, theirs, found = [], [], None
    ours()  # compiles
    for _ in range(repeats):
        seconds, what = ours()
        mine.append(seconds)
        if plain:
            start = time.perf_counter()
            found = plain()
            theirs.append(time.perf_counter() - start)
            assert (found.departed, found.total) == (what.departed, what.total), (found, what)
    return mine, theirs, found


def _say(name: str, seconds: float, events: int) -> None:
    print(f"{name:34} {1e9 * seconds / events:8.1f} ns an event {events / seconds / 1e6:8.2f} million events/s")


def main() -> None:
    """Print the table."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    parameters, numbers, name = parameters_of(load("scenarios/status-quo.yaml")), draws(), compiler()
    with tempfile.TemporaryDirectory() as folder:
        plain = c_loop(name, Path(folder), numbers) if name else None
        mine, theirs, found = paired(our_loop(parameters, numbers), plain, repeats)
    model, events, rows = model_seconds(parameters, repeats)
    _say("the engine's calendar, tandem", statistics.median(mine), EVENTS)
    _say(f"the model, {events:,} events", statistics.median(model), events)
    print(f"the model records {rows:,} rows in {1e3 * statistics.median(model):.1f} ms")
    if found is None:
        print("no C compiler (cc, gcc, clang) is there: not compared with a loop in C")
        return
    _say(f"{name} {' '.join(FLAGS[:2])}, tandem", statistics.median(theirs), EVENTS)
    print(
        f"both loops: {found.departed:,} departures, sum of times {found.total!r}, most waiting {found.most_waiting:,}"
    )
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    of_model = statistics.median(model) / events / (statistics.median(theirs) / EVENTS)
    print(f"calendar against C, median of {repeats} pairs   {ratio:6.2f}   wanted: at most {WANTED_CALENDAR}")
    print(f"model's event against C's               {of_model:6.2f}   wanted: at most {WANTED_MODEL}")


if __name__ == "__main__":
    main()
