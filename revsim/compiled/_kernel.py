"""What the engine's files become machine code by (see revsim/machine).

Formulas are the very functions that the reference calls: they are handed to numba before any kernel is compiled.
"""

from __future__ import annotations

from revsim.formulas import (  # noqa: F401 - importing them registers them
    building,
    cooling,
    demand,
    drift,
    energy,
    follow_up,
    forecast,
    judgement,
    leadership,
    ownership,
    quantiles,
    reconciliation,
    record,
    renewal,
    selling,
    stage_odds,
    timing,
)
from revsim.formulas._formula import compile_all
from revsim.machine.intrinsics import carray, fetch, lowest_bit, pointer
from revsim.machine.kernel import entry, inlined, kernel

compile_all()

__all__ = ["carray", "entry", "fetch", "inlined", "kernel", "lowest_bit", "pointer"]
