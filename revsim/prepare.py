"""Compile all that workers run as machine code, once, before they start: the engine, and the passes of the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.simulate import engine_of, why_not_compiled

if TYPE_CHECKING:
    from collections.abc import Callable


def prepare(engine: str, say: Callable[[str], None]) -> None:
    """Compile what is not compiled yet, so that workers find it; `say` is told what takes a while."""
    if engine_of(engine) == "compiled":
        from revsim.machine.ready import is_known_to_work  # noqa: PLC0415 - not on the way to --help

        if not is_known_to_work():
            compile_all(say)
    elif engine == "auto":
        say(f"SimPy runs, more than thirty times slower, with the same rows: {why_not_compiled()}.")


def compile_all(say: Callable[[str], None]) -> None:
    """Compile unless that has been done."""
    from revsim.compiled.company import live  # noqa: PLC0415 - numba is paid for only here
    from revsim.compiled.layout import FIRM  # noqa: PLC0415 - as above
    from revsim.machine.prepare import prepare as compile_once  # noqa: PLC0415 - as above
    from revsim.measures.kernels.counting import ROWS, count_rows  # noqa: PLC0415 - as above
    from revsim.measures.kernels.joining import DEALS, sum_by_deal  # noqa: PLC0415 - as above

    compile_once({live: FIRM, count_rows: ROWS, sum_by_deal: DEALS}, say)
