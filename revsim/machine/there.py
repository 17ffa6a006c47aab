"""Whether machine code can be made here at all."""

from __future__ import annotations

from functools import cache

from revsim.machine.ready import is_known_to_work
from revsim.refusals import lacks_memory


@cache
def why_not_compiled() -> str:
    """Why the compiled engine cannot run here, in words; empty if it can."""
    if is_known_to_work():
        return ""
    try:
        from numba import config  # noqa: PLC0415 - numba is paid for only when something runs
    except Exception as error:
        if lacks_memory(error):  # the other engine would not get far either
            raise
        return f"the package numba is wanted and cannot be imported ({str(error).partition(chr(10))[0]})"
    return "numba is switched off by NUMBA_DISABLE_JIT" if getattr(config, "DISABLE_JIT", 0) else ""
