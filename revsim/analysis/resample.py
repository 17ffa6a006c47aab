"""Which replications a bootstrap takes, from a fixed seed: SplitMix64, so the same on every machine and version.

This is not the luck of the model (`luck/` alone draws that): it never reaches a trace.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
SEED = 20260101


def picks(replications: int, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int64]:
    """(draws, replications) positions, uniform with replacement."""
    state = np.arange(1, draws * replications + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    uniform = (state >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return (uniform * replications).astype(np.int64).reshape(draws, replications)


def counts(replications: int, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.float64]:
    """(draws, replications): how often each replication is taken."""
    taken = picks(replications, draws, seed)
    flat = taken + np.arange(draws, dtype=np.int64)[:, None] * replications
    return np.bincount(flat.ravel(), minlength=draws * replications).reshape(draws, replications).astype(np.float64)
