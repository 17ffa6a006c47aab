"""`@kernel` and `@entry` mark functions of the compiled engine; the door to numba, beside `formulas/_formula.py`.

Formulas are the very functions that the reference calls: they are handed to numba before any kernel is compiled.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from llvmlite import ir
from numba import carray, config, njit, types  # type: ignore[attr-defined] # numba exports them
from numba.core import cgutils
from numba.extending import intrinsic

from revsim.compiled.cache import cache_folder
from revsim.compiled.ready import is_ready
from revsim.compiled.whole import whole_program
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
LINE = 64  # bytes of a line of the processor's cache


def kernel(function: Function) -> Function:
    """Translate without fastmath, so that every float is the reference's; called by other kernels, never by Python."""
    return translated(function)


def inlined(function: Function) -> Function:
    """A kernel that is small or called very often: written out wherever it is called."""
    return translated(function, forceinline=True)


def entry(function: Function) -> Function:
    """A kernel that Python calls: compiled with all that it reaches as one program, its machine code kept between runs.

    numba looks only at a function's own file to see whether kept machine code still holds, so what is kept lies in a
    folder named by the content of all sources. Where it cannot be read or written it is made again, or not kept.
    """
    settings: Any = config
    before = settings.CACHE_DIR
    if CACHE is not None:
        settings.CACHE_DIR = str(CACHE)
    try:
        compiled: Any = jit(function, cache=CACHE is not None, no_cfunc_wrapper=True)
    finally:
        settings.CACHE_DIR = before  # other users of numba in this process keep theirs
    compile_it, kept = compiled.compile, CACHE

    def compile_whole(signature: Any) -> Any:  # noqa: ANN401 - numba's own types
        is_kept = kept is not None and is_ready(kept)  # then it is only read
        with nullcontext() if is_kept else whole_program(function.__qualname__):
            try:
                return compile_it(signature)
            except Exception:
                if compiled.overloads:  # it is there; only keeping it failed, e.g. on a full disk
                    return next(reversed(compiled.overloads.values())).entry_point
                if kept is None or not forgotten(kept, function):
                    raise
                return compile_it(signature)  # what was kept was torn

    compiled.compile = compile_whole
    return by_kind(compiled)  # type: ignore[no-any-return] # it is called as the function is


def forgotten(kept: Path, function: Callable[..., Any]) -> bool:
    """Throw a function's kept machine code away; whether there was any."""
    found = [*kept.rglob(f"*.{function.__name__}-*.nb[ic]"), *kept.rglob(f"{function.__qualname__}-*.nb[ic]")]
    for file in found:
        file.unlink(missing_ok=True)
    return bool(found)


def translated(function: Function, **settings: bool) -> Function:
    """A kernel without an entry point of its own."""
    inner = jit(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, **settings)
    return by_kind(inner)  # type: ignore[no-any-return] # it is called as the function is


def jit(function: Function, **settings: bool) -> Any:  # noqa: ANN401 - numba's dispatcher
    """By numba, which may run while Python does something else."""
    by_numba: Any = njit
    return by_numba(nogil=True, **settings)(function)


def by_kind(compiled: Any) -> Any:  # noqa: ANN401 - numba's dispatcher
    """Numba would compile a kernel once for each constant that it is given: let it look at their kinds alone."""
    template = compiled.get_call_template
    compiled.get_call_template = lambda args, kws: template(tuple(plain(kind) for kind in args), kws)
    return compiled


def plain(kind: Any) -> Any:  # noqa: ANN401 - numba's own types
    """The type of an argument without its value."""
    if isinstance(kind, types.IntEnumMember):
        return kind.dtype
    return types.unliteral(kind)


@intrinsic
def lowest_bit(_context: Any, _word: Any) -> Any:  # noqa: ANN401 - numba's own types
    """Place of the lowest bit that is set in an unsigned word, which is not zero."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


@intrinsic
def fetch(_context: Any, lines: Any) -> Any:  # noqa: ANN401 - numba's own types
    """Have a record brought into the processor's cache, line by line: it is read soon."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), (byte, word, word, word))
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        read, near, data = (ir.Constant(word, number) for number in (0, 3, 1))
        first = builder.bitcast(arguments[0], byte)
        for at in range(0, lines.size, LINE):
            builder.call(function, (builder.gep(first, [ir.Constant(word, at)]), read, near, data))
        return context.get_dummy_value()

    return types.void(lines), generate


@intrinsic
def pointer(_context: Any, _address: Any) -> Any:  # noqa: ANN401 - numba's own types
    """An address, held in the firm's record as a whole number, as a pointer."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
        return builder.inttoptr(arguments[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.int64), generate


__all__ = ["carray", "entry", "fetch", "inlined", "kernel", "lowest_bit", "pointer"]
