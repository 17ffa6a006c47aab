"""Compile once before workers start, so that they find machine code instead of making it side by side."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import numba
import numpy as np
from llvmlite.binding import get_host_cpu_name

from revsim.compiled import layout
from revsim.compiled._kernel import CACHE
from revsim.compiled.cache import PACKAGE, VARIABLE
from revsim.compiled.company import live

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
    with _signs_of_life(say):
        compile_live: Any = live
        compile_live.compile((firms,))
    if CACHE is not None:
        note_ready(CACHE)


def marker(kept: Path) -> Path:
    """The file that lists what is kept for this place of the sources, this Python and this processor.

    numba keeps code by the place of its sources, and for one processor.
    """
    told = f"{PACKAGE} {sys.implementation.cache_tag} {get_host_cpu_name()}"
    return kept / f"ready-{sha256(told.encode()).hexdigest()[:12]}"


def note_ready(kept: Path) -> None:
    """List the files of machine code with their sizes; where that cannot be written the next command compiles again."""
    with contextlib.suppress(OSError):
        listed = {str(file.relative_to(kept)): file.stat().st_size for file in code_in(kept)}
        marker(kept).write_text(json.dumps(listed), encoding="utf-8")  # torn, it does not hold


def is_ready(kept: Path) -> bool:
    """Whether all that was listed is there, whole."""
    try:
        listed = json.loads(marker(kept).read_text(encoding="utf-8"))
        return bool(listed) and all((kept / name).stat().st_size == size for name, size in listed.items())
    except (OSError, ValueError, AttributeError):
        return False


def code_in(kept: Path) -> list[Path]:
    """Files of machine code and their indices."""
    return sorted(file for ending in ("nbi", "nbc") for file in kept.rglob(f"*.{ending}"))


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
