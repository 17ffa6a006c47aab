"""Compile the engine as one program: numba would link, optimise and emit every callee again in each of its callers.

The call tree is some ten deep, so that most functions would go through LLVM five times and more. Here each function is
only translated; the root alone is linked with all that it reaches, optimised once and emitted. This leans on numba's
own parts, so it is tried on two small functions first; where that fails, `whole_program` does nothing and the engine
compiles as numba does it, which takes longer and gives the same results. Others who use numba in this process wait
meanwhile, as they do for each other.
"""

# ruff: noqa: SLF001 - numba has no public way to do this
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from numba import njit, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_lock import global_compiler_lock, require_global_compiler_lock
from numba.core.registry import cpu_target
from numba.np import arrayobj


class Part(JITCodeLibrary):
    """A function that waits to be linked into a root; linked and emitted by itself only if somebody calls it."""

    roots: frozenset[str] = frozenset()
    _linked: Any = None
    _own: Any = None

    def finalize(self) -> None:
        """The root: link everything, optimise, emit. A part: its own translation is all."""
        require_global_compiler_lock()
        self._raise_if_finalized()
        if self.name in self.roots:
            self._link()
            self._keep_to_itself()
            self._finish()
        else:
            self._finalized = True

    def _link(self) -> None:
        for library in reached(self):
            self._reload_init.update(library._reload_init)
            module = library.own() if isinstance(library, Part) else library._get_module_for_linking()
            self._final_module.link_in(module, preserve=True)

    def _keep_to_itself(self) -> None:
        """Nobody else calls what was linked in, so that what is called from one place alone is written out there."""
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage.name == "linkonce_odr":
                function.linkage = "internal"

    def _finish(self) -> None:
        self._optimize_final_module()
        self._final_module.verify()
        self._finalize_final_module()

    def own(self) -> Any:  # noqa: ANN401 - an LLVM module
        """The translation, fit to be linked into many: as numba's `_get_module_for_linking`, without what it calls."""
        if self._own is None:
            module = self._final_module.clone()
            for function in module.functions:
                if not function.is_declaration and function.linkage.name == "external":
                    function.linkage = "linkonce_odr"
            self._own = module
        return self._own

    def _get_module_for_linking(self) -> Any:  # noqa: ANN401 - an LLVM module
        """For libraries that are not parts: with all that this one calls, as they expect it."""
        if self._shared_module is None and self.name not in self.roots:
            module = self.own().clone()
            for library in reached(self):
                other = library.own() if isinstance(library, Part) else library._get_module_for_linking()
                module.link_in(other, preserve=True)
            self._shared_module = module
        return super()._get_module_for_linking()

    def get_pointer_to_function(self, name: str) -> int:
        """The address of emitted code; a part is emitted only if it has an entry point of that name."""
        self._ensure_finalized()
        if self.name not in self.roots:
            names = {function.name for function in self._final_module.functions if not function.is_declaration}
            if name not in names:
                return 0
            if self._linked is None:
                self.own()
                self._link()
                self._finish()
                self._linked = True
        pointer: int = super().get_pointer_to_function(name)
        return pointer


def reached(library: Any) -> list[Any]:  # noqa: ANN401 - numba's library
    """All libraries that one needs, each once and after all that call it; what is not a part brings its own along.

    LLVM links a function in only if something there calls it already, so callers come first.
    """
    done: dict[int, Any] = {}

    def visit(one: Any) -> None:  # noqa: ANN401 - numba's library
        for other in one._linking_libraries if isinstance(one, Part) else ():
            if id(other) not in done:
                visit(other)
                done[id(other)] = other

    visit(library)
    return list(done.values())[::-1]


@cache
def works() -> bool:
    """Whether numba's parts are shaped as they are expected here: two functions come out right."""
    by_numba: Any = njit
    half = by_numba(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(lambda x: 0.5 * x)
    probe = by_numba(nogil=True)(lambda x: half(x) + 1.0)
    try:
        with _parts("works.<locals>.<lambda>"):
            probe.compile((types.float64,))
        return bool(probe(3.0) == 0.5 * 3.0 + 1.0)
    except Exception:  # noqa: BLE001 - whatever is amiss in another version of numba
        return False


@contextmanager
def whole_program(*roots: str) -> Iterator[None]:
    """Within, only the functions of these names are emitted, with all that they reach; nobody else compiles."""
    with global_compiler_lock:
        if not works():
            yield
            return
        with names_told_once(), indices_as_they_are(), _parts(*roots):
            yield


@contextmanager
def _parts(*roots: str) -> Iterator[None]:
    """Numba makes parts, and roots of these names."""
    codegen: Any = cpu_target.target_context.codegen()
    set_env = codegen.set_env

    def set_env_if_emitted(name: str, env: object) -> None:
        if codegen._engine.is_symbol_defined(name):
            set_env(name, env)

    codegen._library_class = type("Part", (Part,), {"roots": frozenset(roots)})
    codegen.set_env = set_env_if_emitted
    try:
        yield
    finally:
        del codegen._library_class, codegen.set_env


@contextmanager
def indices_as_they_are() -> Iterator[None]:
    """Within, no index counts from an array's end: else each is asked whether it is negative, with the array's size.

    No kernel has such an index; where indices are checked (`make bounds`) one would be told.
    """
    fix = getattr(arrayobj, "fix_integer_index", None)

    def as_it_is(context: Any, builder: Any, kind: Any, index: Any, _size: Any) -> Any:  # noqa: ANN401 - numba's own
        return context.cast(builder, index, kind, types.intp)

    if fix is None:
        yield
        return
    arrayobj.fix_integer_index = as_it_is
    try:
        yield
    finally:
        arrayobj.fix_integer_index = fix


@contextmanager
def names_told_once() -> Iterator[None]:
    """Within, a record type spells out its hundreds of fields once, not whenever it is asked for its name."""
    told: dict[int, tuple[Any, str]] = {}  # with the record, so that no other gets its id
    record_type: Any = types.Record
    tell = record_type.__repr__

    def tell_once(record: Any) -> str:  # noqa: ANN401 - numba's own type
        if id(record) not in told:
            told[id(record)] = (record, tell(record))
        return told[id(record)][1]

    record_type.__repr__ = tell_once
    try:
        yield
    finally:
        record_type.__repr__ = tell
