"""`@kernel` marks a function of the compiled engine; this is the door to numba, beside `formulas/_formula.py`.

Formulas are the very functions that the reference calls: they are handed to numba before any kernel is compiled.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from numba import carray, config, njit, types  # type: ignore[attr-defined] # numba exports them
from numba.extending import intrinsic

from revsim.compiled.cache import cache_folder
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

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")

compile_all()


CACHE: Path | None = cache_folder()


def kernel(function: Function) -> Function:
    """Compile without fastmath, so that every float is the reference's; keep the machine code between runs.

    numba looks only at a function's own file to see whether kept machine code still holds, so what is kept lies in a
    folder named by the content of all sources.
    """
    settings: Any = config
    before = settings.CACHE_DIR
    if CACHE is not None:
        settings.CACHE_DIR = str(CACHE)
    try:
        compiled: Any = njit(cache=CACHE is not None, nogil=True)(function)
    finally:
        settings.CACHE_DIR = before  # other users of numba in this process keep theirs
    template = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: template(tuple(plain(kind) for kind in args), kws)
    return compiled  # type: ignore[no-any-return] # it is called as the function is


def plain(kind: Any) -> Any:  # noqa: ANN401 - numba's own types
    """The type of an argument without its value: numba would compile a kernel once for each constant it is given."""
    if isinstance(kind, types.IntEnumMember):
        return kind.dtype
    return types.unliteral(kind)


@intrinsic
def pointer(_context: Any, _address: Any) -> Any:  # noqa: ANN401 - numba's own types
    """An address, held in the firm's record as a whole number, as a pointer."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        return builder.inttoptr(arguments[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.int64), generate


__all__ = ["carray", "kernel", "pointer"]
