"""Compile once before workers start, so that they find machine code instead of making it side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import numba
import numpy as np

from revsim.machine.cache import VARIABLE, cache_root, is_temporary
from revsim.machine.kernel import CACHE
from revsim.machine.ready import code_in, is_ready, note_ready

LINE = "Compiling the engine for this machine, once; that takes about a quarter of a minute."
NOT_KEPT = (
    "Compiling the engine for this command alone, which takes about a quarter of a minute each time: {why}. "
    f"Set {VARIABLE} to a folder that can be written."
)
BEAT = 20.0  # seconds between signs of life


def prepare(programs: Mapping[Any, np.dtype[np.void]], say: Callable[[str], None]) -> None:
    """Compile entries, each for an array of these records, unless that has been done; `say` is told that it takes long.

    All of them at once: what is kept then counts as all that there is.
    """
    if (CACHE is not None and is_ready(CACHE)) or all(is_compiled(entry) for entry in programs):
        return
    say(LINE if CACHE is not None and not is_temporary(CACHE) else not_kept())
    with _signs_of_life(say):
        have_at_hand(programs)
    if CACHE is not None and sum(file.suffix == ".nbc" for file in code_in(CACHE)) >= len(programs):
        note_ready(CACHE)  # with some of its settings numba keeps nothing


def is_compiled(entry: Any) -> bool:  # noqa: ANN401 - numba's dispatcher
    """Whether this process has its machine code already."""
    return bool(getattr(entry, "overloads", None))


def not_kept() -> str:
    """That machine code goes with this process, and what would help."""
    root = cache_root()
    return NOT_KEPT.format(why="this user has no home folder" if root is None else f"{root} cannot be written")


def is_shared() -> bool:
    """Whether other processes find the machine code that is made here."""
    return CACHE is not None and is_ready(CACHE)


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

    with suppress(RuntimeError):  # where the system allows no more threads it goes on in silence
        threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        done.set()
