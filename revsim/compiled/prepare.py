"""Compile once before workers start, so that they find machine code instead of making it side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numba
import numpy as np

from revsim.compiled import layout
from revsim.compiled._kernel import CACHE
from revsim.compiled.cache import VARIABLE
from revsim.compiled.company import live
from revsim.compiled.ready import is_ready, note_ready

LINE = "Compiling the engine for this machine, once; that takes about a quarter of a minute."
NOWHERE = (
    f"The engine's machine code cannot be kept, so each process compiles it anew, which takes about a quarter of a "
    f"minute. Set {VARIABLE} to a folder that can be written."
)
BEAT = 20.0  # seconds between signs of life


def prepare(say: Callable[[str], None]) -> None:
    """Compile unless that has been done; `say` is told when it takes a while."""
    if CACHE is not None and is_ready(CACHE):
        return
    say(LINE if CACHE is not None else NOWHERE)
    firms = numba.typeof(np.zeros(1, layout.FIRM))
    compile_live: Any = live
    with _signs_of_life(say):
        compile_live.compile((firms,))
    if CACHE is not None:
        note_ready(CACHE)


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
