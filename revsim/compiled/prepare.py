"""Compile once before workers start, so that they find machine code instead of making it side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from revsim.compiled import layout
from revsim.compiled._kernel import CACHE
from revsim.compiled.cache import READY
from revsim.compiled.company import live

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = "Compiling the engine for this machine, once; takes about a minute."


def prepare(say: Callable[[str], None]) -> None:
    """Compile unless that has been done; `say` is told when it takes a while."""
    if CACHE is not None and (CACHE / READY).exists():
        return
    say(LINE)
    compiled: Any = live
    compiled.compile((numba.typeof(np.zeros(1, layout.FIRM)),))
    if CACHE is not None:
        (CACHE / READY).touch()
