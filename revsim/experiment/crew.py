"""Worker processes with a task, and the chunks of replications that they have in hand."""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import types
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from typing import Any, Self

from revsim.experiment.replicate import Outcome, Task, replicate

AHEAD = 4  # chunks handed out for each worker

Chunk = Sequence[int]  # replications

_task: Task | None = None


def _end_with_parent() -> None:
    """A worker whose parent was killed would otherwise wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _start(task: Task) -> None:
    """In a worker: keep the task; Ctrl-C is the parent's business."""
    global _task  # noqa: PLW0603 - sent once to a worker, not with every chunk
    _task = task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    # numba would look there for linear algebra, which no kernel asks for and which takes a sixth of a second to read
    sys.modules.setdefault("scipy", None)  # type: ignore[arg-type] # so that an import of it fails at once
    gc.disable()  # what is imported for the first chunk stays
    atexit.register(gc.freeze)  # all of it goes: to look for cycles among it first would take longer than to start
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _chunk(replications: Chunk) -> list[Outcome]:
    """In a worker: a few replications."""
    assert _task is not None, "the pool's initializer has run"
    outcomes = [replicate(_task, number) for number in replications]
    if not gc.isenabled():
        gc.freeze()  # cycles are looked for in what comes from now on
        gc.enable()
    return outcomes


@contextlib.contextmanager
def _apart() -> Iterator[None]:
    """Start workers that do not import the caller's script again, and that Ctrl-C does not reach while they import.

    A script that calls revsim at its top level, without a guard, would otherwise run once more in each worker.
    """
    main = sys.modules.get("__main__")
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        with _ctrl_c_held_back():
            yield
    finally:
        if main is not None:
            sys.modules["__main__"] = main


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """A process that is started inside inherits this; here it is only late, also where another thread is given it."""
    if sys.platform == "win32":
        yield
        return
    noted: list[int] = []
    handler = signal.getsignal(signal.SIGINT)
    ours = threading.current_thread() is threading.main_thread() and handler is not None
    if ours:
        signal.signal(signal.SIGINT, lambda number, _: noted.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if ours:
            signal.signal(signal.SIGINT, handler)
        if noted:
            signal.raise_signal(signal.SIGINT)


class Crew:
    """Fresh processes; they begin at once, and their outcomes are taken later. On leaving, those at work are ended."""

    def __init__(self, task: Task, chunks: Sequence[Chunk], workers: int) -> None:
        """Hand out the first chunks. Raises BrokenProcessPool when a worker dies at once."""
        self._others = set(multiprocessing.active_children())
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(min(workers, len(chunks)), context, _start, (task,))
        self._left, self._pending = iter(chunks), dict[Future[list[Outcome]], Chunk]()
        self._most, self._is_over = AHEAD * workers, False
        try:
            self._hand_out()
        except BaseException:
            self.stop()
            raise

    def _hand_out(self) -> None:
        with _apart():
            # never all at once: results wait in memory until they are taken
            for chunk in islice(self._left, self._most - len(self._pending)):
                self._pending[self._pool.submit(_chunk, chunk)] = chunk

    def outcomes(self) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Chunks as they are done. Raises BrokenProcessPool when a worker dies; what was yielded is safe."""
        with self:
            while self._pending:
                finished, _ = wait(self._pending, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield self._pending.pop(future), future.result()
                self._hand_out()
            self._is_over = True
            self._pool.shutdown()

    def stop(self) -> None:
        """Ctrl-C, a caller that stops, a dead worker: nobody waits for chunks under way."""
        if self._is_over:
            return
        self._is_over = True
        workers = set(multiprocessing.active_children()) - self._others
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()
        # who is ended while it sends leaves a part of a message, and the pool would wait for the rest for as long as
        # anybody could write it: the pool's own end is the last one open
        pool: Any = self._pool
        with contextlib.suppress(AttributeError, OSError):
            pool._result_queue._writer.close()  # noqa: SLF001 - there is no other way to it
        self._pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
