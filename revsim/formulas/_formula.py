"""`@formula` marks a scalar equation that both engines share, as the very same function.

The reference calls it as plain Python; the compiled engine hands it to numba (revsim/machine/kernel.py). Rules that
keep both bit-equal: floats in and out, no constant powers, no library sums, own guard of the domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., float]")
FORMULAS: list[Callable[..., float]] = []


def formula(function: Function) -> Function:
    """Register a formula; it stays the plain function that it is."""
    FORMULAS.append(function)
    return function
