"""Uniforms to the laws of the register, all at once; the same floats that the formulas give one by one.

Arithmetic and roots are the same for arrays as for numbers, to the last bit; logarithms are not (arrays take them by
another library), so that each is taken by itself.
"""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revsim.formulas.quantiles import CENTRE, FAR, TINY, centre, far_tail, near_tail

Array = NDArray[np.float64]


def normals(uniform: Array) -> Array:
    """Standard normal quantiles of uniforms in [0, 1), any shape: `formulas.quantiles.normal` of each."""
    flat = uniform.ravel()
    q = flat - 0.5
    found = by_number(centre, q)
    outer = np.flatnonzero((q < -CENTRE) | (q > CENTRE))
    below = q[outer] < 0.0
    side = np.where(below, flat[outer], 1.0 - flat[outer])
    r = np.sqrt(-logs(np.maximum(side, TINY)))
    z, far = by_number(near_tail, r), np.flatnonzero(r > FAR)
    z[far] = by_number(far_tail, r[far])
    found[outer] = np.where(below, -z, z)
    return found.reshape(uniform.shape)


def clock(uniform: Array) -> Array:
    """Running sum of unit exponentials, (n,)."""
    return np.cumsum(-logs(1.0 - uniform))


def logs(x: Array) -> Array:
    """Natural logarithms, (n,), by the library that numbers use."""
    return np.array(list(map(log, x.tolist())), dtype=np.float64)


def by_number(formula: Any, x: Array) -> Array:  # noqa: ANN401 - of a float, which is all that its annotation says
    """A formula of plain arithmetic, worked out for all numbers of an array."""
    return np.asarray(formula(x), dtype=np.float64)
