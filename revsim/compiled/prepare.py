"""Compile once before workers start, so that they find machine code instead of making it side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

import numba
import numpy as np

from revsim.compiled import layout
from revsim.compiled._kernel import CACHE
from revsim.compiled.cache import PACKAGE, VARIABLE
from revsim.compiled.company import live

LINE = "Compiling the engine for this machine, once; that takes one to two minutes."
NOWHERE = (
    f"The engine's machine code cannot be kept, so each process compiles it anew, which takes one to two minutes. "
    f"Set {VARIABLE} to a folder that can be written."
)
BEAT = 20.0  # seconds between signs of life
READY = f"ready-{sha256(str(PACKAGE).encode()).hexdigest()[:12]}"  # numba keeps code by the place of its sources


def prepare(say: Callable[[str], None]) -> None:
    """Compile unless that has been done; `say` is told when it takes a while."""
    if CACHE is not None and (CACHE / READY).exists():
        return
    say(LINE if CACHE is not None else NOWHERE)
    compiled: Any = live
    with _signs_of_life(say):
        compiled.compile((numba.typeof(np.zeros(1, layout.FIRM)),))
    if CACHE is not None:
        (CACHE / READY).touch()


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
