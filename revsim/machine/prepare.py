"""Compile once before workers start, so that they find machine code instead of making it side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numba
import numpy as np

from revsim.machine.cache import VARIABLE
from revsim.machine.kernel import CACHE
from revsim.machine.ready import is_ready, note_ready

LINE = "Compiling the engine for this machine, once; that takes about a quarter of a minute."
NOWHERE = (
    f"The engine's machine code cannot be kept, so each process compiles it anew, which takes about a quarter of a "
    f"minute. Set {VARIABLE} to a folder that can be written."
)
BEAT = 20.0  # seconds between signs of life


def prepare(programs: Mapping[Any, np.dtype[np.void]], say: Callable[[str], None], *, runs_here: bool = True) -> None:
    """Compile entries, each for an array of these records, unless that has been done; `say` is told that it takes long.

    All of them at once: what is kept then counts as all that there is. Where nothing can be kept and this process runs
    none of them (`runs_here`) that is only said: its workers could not find what is compiled here.
    """
    if CACHE is not None and is_ready(CACHE):
        return
    say(LINE if CACHE is not None else NOWHERE)
    if CACHE is None and not runs_here:
        return
    with _signs_of_life(say):
        have_at_hand(programs)
    if CACHE is not None:
        note_ready(CACHE)


def have_at_hand(programs: Mapping[Any, np.dtype[np.void]]) -> None:
    """Compile entries, or read what is kept of them, before anybody waits for it."""
    for entry, record in programs.items():
        entry.compile((numba.typeof(np.zeros(1, record)),))


@contextmanager
def _signs_of_life(say: Callable[[str], None]) -> Iterator[None]:
    """Say every now and then that it goes on."""
    done, start = threading.Event(), time.monotonic()

    def beat() -> None:
        while not done.wait(BEAT):
            say(f"... still compiling, {time.monotonic() - start:.0f} s")

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        done.set()
