"""How many worker processes a study gets: as many as are asked for and of use; all usable cores unless said."""

from __future__ import annotations

import sys
from collections.abc import Callable

from revsim.cores import counted_cores, most_workers, usable_cores


def workers_for(asked: int | None, replications: int, say: Callable[[str], None]) -> int:
    """The number of processes; `say` is told in one line where that is less than somebody might expect."""
    if asked is not None:
        most = most_workers()
        if min(asked, replications) > most:
            say(f"note: {most} worker processes instead of {asked}, as {_cores(usable_cores())} can be used here.")
        return min(asked, most)
    if _is_one_of_many():
        if replications > 1:
            say("note: this process runs all by itself, as it is one of several at work. `workers` asks for more.")
        return 1
    usable, counted = usable_cores(), counted_cores()
    if usable < min(counted, replications):
        say(f"note: {_processes(usable)}, as {usable} of {_cores(counted)} can be used here.")
    return usable


def _is_one_of_many() -> bool:
    """Whether somebody runs this in a pool of processes, which has taken the cores."""
    process = sys.modules.get("multiprocessing.process")
    if process is None:
        return False
    here = process.current_process()
    return bool(here.daemon) or here.name.startswith("Loky")


def _cores(count: int) -> str:
    return f"{count} core{'s' * (count > 1)}"


def _processes(count: int) -> str:
    return "one process runs all" if count == 1 else f"{count} processes run"
