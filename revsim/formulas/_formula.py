"""`@formula` marks a scalar equation that both engines share, as the very same function.

The reference calls it as plain Python. `compile_all()` hands every formula to numba, so that compiled code inlines
it; numba is imported only then. Rules that keep both bit-equal: floats in and out, no constant powers, no library
sums, own guard of the domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., float]")
FORMULAS: list[Callable[..., float]] = []
_compiled: set[str] = set()


def formula(function: Function) -> Function:
    """Register a formula; it stays the plain function that it is."""
    FORMULAS.append(function)
    return function


def compile_all() -> None:
    """Let numba inline every formula in compiled code."""
    from numba.extending import register_jitable  # noqa: PLC0415 - half a second that the reference need not pay

    for function in FORMULAS:
        if function.__qualname__ not in _compiled:  # once a process: numba would keep both
            _compiled.add(function.__qualname__)
            # whether it is written out is for LLVM to say; told, or each is compiled once more for inlined callers
            register_jitable(no_cfunc_wrapper=True, forceinline=False)(function)
