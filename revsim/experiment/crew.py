"""Worker processes with a task, and the chunks of replications that they have in hand."""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from typing import Any, Self, TypeVar

from revsim.experiment.replicate import Outcome, Task, replicate

AHEAD = 4  # chunks handed out for each worker

Chunk = Sequence[int]  # replications
Result = TypeVar("Result")


def _end_with_parent() -> None:
    """A worker whose parent was killed would otherwise wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _start() -> None:
    """In a worker: Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    # numba would look there for linear algebra, which no kernel asks for and which takes a sixth of a second to read
    sys.modules.setdefault("scipy", None)  # type: ignore[arg-type] # so that an import of it fails at once
    gc.disable()  # what is imported for the first chunk stays
    atexit.register(gc.freeze)  # all of it goes: to look for cycles among it first would take longer than to start
    threading.Thread(target=_end_with_parent, daemon=True).start()


@lru_cache(1)
def _unpacked(task: bytes) -> Task:
    """In a worker: the task, which comes with each chunk and is always the same."""
    unpacked: Task = pickle.loads(task)  # noqa: S301 - of our own parent
    return unpacked


def _chunk(task: bytes, replications: Chunk) -> list[Outcome]:
    """In a worker: a few replications."""
    outcomes = [replicate(_unpacked(task), number) for number in replications]
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


class Hands:
    """Fresh processes, that begin with the first that is asked of them."""

    def __init__(self, many: int) -> None:
        """Of so many."""
        self.many, self._is_over = many, False
        self._pool = ProcessPoolExecutor(many, multiprocessing.get_context("spawn"), _start)

    def do(self, work: Callable[..., Result], *given: object) -> Future[Result]:
        """Ask for some work. Raises BrokenProcessPool when one of them has died, or none can be started."""
        try:
            with _apart():
                return self._pool.submit(work, *given)
        except OSError as error:  # also where others die while this one is started
            raise BrokenProcessPool(str(error)) from error

    def end(self) -> None:
        """All is done."""
        self._is_over = True
        self._pool.shutdown()

    def stop(self) -> None:
        """Ctrl-C, a caller that stops, a dead worker: nobody waits for work under way."""
        if self._is_over:
            return
        self._is_over = True
        pool: Any = self._pool
        workers = list((getattr(pool, "_processes", None) or {}).values())
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()
        # who is ended while it sends leaves a part of a message, and the pool would wait for the rest for as long as
        # anybody could write it: the pool's own end is the last one open
        with contextlib.suppress(AttributeError, OSError):
            pool._result_queue._writer.close()  # noqa: SLF001 - there is no other way to it
        self._pool.shutdown(wait=True, cancel_futures=True)


class Crew:
    """Workers with a task; they begin at once, their outcomes are taken later. On leaving, those at work are ended."""

    def __init__(self, task: Task, chunks: Sequence[Chunk], hands: Hands) -> None:
        """Hand out the first chunks. Raises BrokenProcessPool when a worker dies at once."""
        self._hands, self._task = hands, pickle.dumps(task)
        self._left, self._pending = iter(chunks), dict[Future[list[Outcome]], Chunk]()
        try:
            self._hand_out()
        except BaseException:
            self.stop()
            raise

    def _hand_out(self) -> None:
        # never all at once: results wait in memory until they are taken
        for chunk in islice(self._left, AHEAD * self._hands.many - len(self._pending)):
            self._pending[self._hands.do(_chunk, self._task, chunk)] = chunk

    def outcomes(self) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Chunks as they are done. Raises BrokenProcessPool when a worker dies; what was yielded is safe."""
        with self:
            while self._pending:
                finished, _ = wait(self._pending, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield self._pending.pop(future), future.result()
                self._hand_out()
            self._hands.end()

    def stop(self) -> None:
        """Nobody waits for chunks under way."""
        self._hands.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
