"""What the engine's files become machine code by (see revsim/machine)."""

from __future__ import annotations

from revsim.machine.intrinsics import carray, fetch, high_word, lowest_bit, pointer
from revsim.machine.kernel import entry, inlined, kernel, share, stand_for

__all__ = ["carray", "entry", "fetch", "high_word", "inlined", "kernel", "lowest_bit", "pointer", "share", "stand_for"]
