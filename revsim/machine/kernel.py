"""`@kernel` and `@entry` mark functions that become machine code; the door to numba."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from numba import config, njit, types

from revsim.machine.cache import cache_folder, temporary_folder
from revsim.machine.ready import is_ready
from revsim.machine.whole import whole_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Function = TypeVar("Function", bound="Callable[..., Any]")

CACHE: Path | None = cache_folder() or temporary_folder()
_stand_ins: dict[Callable[..., Any], Any] = {}
_settings_lock = threading.Lock()  # numba's settings are of the whole process


def kernel(function: Function) -> Function:
    """Translate without fastmath, so that every float is the reference's; called by other kernels, never by Python."""
    return translated(function, forceinline=False)  # told, or one that an inlined kernel calls is compiled twice


def inlined(function: Function) -> Function:
    """A kernel that is small or called very often: written out wherever it is called."""
    return translated(function, forceinline=True)


def entry(function: Function) -> Function:
    """A kernel that Python calls: compiled with all that it reaches as one program, its machine code kept between runs.

    numba looks only at a function's own file to see whether kept machine code still holds, so what is kept lies in a
    folder named by the content of all sources. Where it cannot be read or written it is made again, or not kept.
    """
    settings: Any = config
    with _settings_lock:
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


def share(functions: Iterable[Callable[..., Any]]) -> None:
    """Let kernels call plain functions, as the very same functions; what Python calls stays as it is."""
    for function in functions:
        stand_for(function, kernel(function))


def stand_for(asked: Callable[..., Any], compiled: Any) -> None:  # noqa: ANN401 - numba's dispatcher
    """Where kernels call a plain function, a kernel is called.

    Numba asks any object by this name for its type. Its `overload` would do, too, and compile all once more for each
    kind of caller.
    """
    if asked not in _stand_ins:
        _stand_ins[asked] = compiled  # numba's type does not hold on to it
        asked._numba_type_ = compiled._numba_type_  # type: ignore[attr-defined]
