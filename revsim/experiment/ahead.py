"""Workers that begin before it is known what they will do: they import while a command reads its scenarios."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from revsim.experiment.worker_pool import IdleWorkers
from revsim.experiment.worker_process import NoWorkersError
from revsim.prepare import have_at_hand, is_kept

_waiting: list[IdleWorkers] = []  # one lot at most
_lock = threading.Lock()


@contextmanager
def workers_ahead(engine: str, many: int) -> Iterator[None]:
    """So many workers import the compiled engine meanwhile; whoever makes a pool inside takes them, else they end.

    Not where machine code has yet to be made: they would all make it.
    """
    if many > 1 and not _waiting and is_kept(engine):
        try:
            _begin(many)
            yield
        finally:
            if (workers := _taken()) is not None:
                workers.stop()
    else:
        yield


def _begin(many: int) -> None:
    try:
        workers = IdleWorkers(many)
    except NoWorkersError:  # whoever makes a pool meets it again, and knows what to do
        return
    with _lock:
        _waiting.append(workers)
    workers.warm_up(have_at_hand)


def _taken() -> IdleWorkers | None:
    with _lock:
        return _waiting.pop() if _waiting else None


def idle_workers(many: int) -> IdleWorkers:
    """Those that wait, if they are as many as are wanted; else others. Raises NoWorkersError."""
    workers = _taken()
    if workers is not None and workers.wanted == many:
        return workers
    if workers is not None:
        workers.stop()
    return IdleWorkers(many)
