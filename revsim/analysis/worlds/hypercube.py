"""Points that cover a space of many assumptions evenly: a Latin hypercube (McKay, Beckman and Conover 1979)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import qmc

from revsim.analysis.cube import Floats


def latin_hypercube(worlds: int, axes: int, seed: int | Sequence[int]) -> Floats:
    """(world, axis) in 0..1: on each axis, one world in each of `worlds` equal slices; equal seeds, equal points."""
    sampler = qmc.LatinHypercube(axes, rng=np.random.default_rng(seed))
    return np.asarray(sampler.random(worlds))
