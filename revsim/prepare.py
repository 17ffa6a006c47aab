"""Compile all that workers run as machine code, once, before they start: the engine, and the passes of the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.machine.there import why_not_compiled
from revsim.simulate import engine_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np


def prepare(engine: str, say: Callable[[str], None]) -> None:
    """Compile what is not compiled yet, so that workers find it; `say` is told what takes a while."""
    if engine_of(engine) == "compiled":
        from revsim.machine.ready import is_known_to_work  # noqa: PLC0415 - not on the way to --help

        if not is_known_to_work():
            compile_all(say)
    elif engine == "auto":
        say(f"SimPy runs, more than thirty times slower, with the same rows: {why_not_compiled()}.")


def is_kept(engine: str) -> bool:
    """Whether an engine is the compiled one and its machine code is kept here; False where that is not sure."""
    from revsim.machine.ready import is_known_to_work  # noqa: PLC0415 - not on the way to --help

    return engine in {"auto", "compiled"} and is_known_to_work()


def workers_find_it(engine: str) -> bool:
    """Whether workers can run an engine without compiling it each for itself; asked when it is prepared here."""
    if engine_of(engine) != "compiled" or is_kept(engine):
        return True
    from revsim.machine.prepare import is_shared  # noqa: PLC0415 - numba is paid for only here

    return is_shared()


def have_at_hand() -> None:
    """In a process that will run the compiled engine: import it, and read the machine code that is kept."""
    from revsim.machine.prepare import have_at_hand as read  # noqa: PLC0415 - numba is paid for only here

    read(programs())


def compile_all(say: Callable[[str], None]) -> None:
    """Compile unless that has been done."""
    from revsim.machine.prepare import prepare as compile_once  # noqa: PLC0415 - numba is paid for only here

    compile_once(programs(), say)


def programs() -> dict[Any, np.dtype[np.void]]:
    """All that Python calls of machine code, each with the record that it takes an array of."""
    from revsim.compiled.company import live  # noqa: PLC0415 - numba is paid for only here
    from revsim.compiled.layout import FIRM  # noqa: PLC0415 - as above
    from revsim.measures.kernels.counting import ROWS, count_rows  # noqa: PLC0415 - as above
    from revsim.measures.kernels.joining import DEALS, sum_by_deal  # noqa: PLC0415 - as above

    return {live: FIRM, count_rows: ROWS, sum_by_deal: DEALS}
