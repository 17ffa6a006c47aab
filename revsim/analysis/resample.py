"""Which replications a bootstrap takes, from a fixed seed: SplitMix64, so the same on every machine and version.

This is not the luck of the model (`luck/` alone draws that): it never reaches a trace. Draws come in blocks, so that
memory does not grow with them; a block holds the same numbers whatever the size of the blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
SEED = 20260101
CELLS = 500_000  # numbers in a block, 4 MB each array
KEPT = 3  # blocks; all that there are for some 700 replications, which a dozen measures ask for

Whole = NDArray[np.int64]


def spans(draws: int, each: int, cells: int = CELLS) -> Iterator[tuple[int, int]]:
    """First and last draw (not included) of blocks that hold about `cells` numbers where a draw has `each`."""
    step = max(1, cells // max(each, 1))
    return ((at, min(at + step, draws)) for at in range(0, draws, step))


def picks(replications: int, draws: int | tuple[int, int] = DRAWS, seed: int = SEED) -> Whole:
    """(draws, replications) positions, uniform with replacement; of all draws, or of those from one to another."""
    first, last = (0, draws) if isinstance(draws, int) else draws
    state = np.arange(first * replications + 1, last * replications + 1, dtype=np.uint64)
    state *= np.uint64(0x9E3779B97F4A7C15)
    state += np.uint64(seed)
    state ^= state >> np.uint64(30)
    state *= np.uint64(0xBF58476D1CE4E5B9)
    state ^= state >> np.uint64(27)
    state *= np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    uniform = (state >> np.uint64(11)).astype(np.float64)
    uniform *= 2.0**-53
    uniform *= replications
    return uniform.astype(np.int64).reshape(last - first, replications)


@lru_cache(KEPT)
def counts(replications: int, draws: int | tuple[int, int] = DRAWS, seed: int = SEED) -> NDArray[np.float64]:
    """(draws, replications): how often each replication is taken; not to be written into, as others get the same."""
    taken = picks(replications, draws, seed)
    taken += np.arange(len(taken), dtype=np.int64)[:, None] * replications
    found = np.bincount(taken.ravel(), minlength=taken.size).reshape(taken.shape).astype(np.float64)
    found.flags.writeable = False
    return found
