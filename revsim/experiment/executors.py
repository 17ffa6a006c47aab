"""Ways to run many replications; each yields outcomes in the order in which they are done."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import types
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from revsim.experiment.replicate import Failure, Outcome, Task, replicate

CHUNKS_A_WORKER = 8
LARGEST_CHUNK = 4
TRIES = 2
AHEAD = 4  # chunks handed out for each worker

_task: Task | None = None


def serial(task: Task, replications: Sequence[int]) -> Generator[Outcome]:
    """One after the other, here."""
    for number in replications:
        yield replicate(task, number)


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
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _chunk(replications: Sequence[int]) -> list[Outcome]:
    """In a worker: a few replications."""
    assert _task is not None, "the pool's initializer has run"
    return [replicate(_task, number) for number in replications]


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Start workers that do not import the caller's script again.

    A script that calls revsim at its top level, without a guard, would otherwise run once more in each worker.
    """
    main = sys.modules.get("__main__")
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        if main is not None:
            sys.modules["__main__"] = main


def _lost(task: Task, chunk: Sequence[int]) -> list[Outcome]:
    """Failures for replications whose worker died each time."""
    why = "the worker process ended (killed, or out of memory)"
    return [Outcome(n, {}, [Failure(case.name, n, "worker", why, "") for case in task.cases]) for n in chunk]


def _one_pool(task: Task, chunks: list[Sequence[int]], workers: int) -> Iterator[tuple[Sequence[int], list[Outcome]]]:
    """Chunks as they are done. Raises BrokenProcessPool when a worker dies; what was yielded is safe."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(workers, len(chunks)), multiprocessing.get_context("spawn"), _start, (task,))
    try:
        left, pending = iter(chunks), dict[Future[list[Outcome]], Sequence[int]]()
        while True:
            with _without_main():
                # never all at once: results wait in memory until they are taken
                for chunk in islice(left, AHEAD * workers - len(pending)):
                    pending[pool.submit(_chunk, chunk)] = chunk
            if not pending:
                break
            finished, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in finished:
                yield pending.pop(future), future.result()
        pool.shutdown()
    except BaseException:
        # Ctrl-C, a caller that stops, a dead worker: nobody waits for chunks under way
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        pool.shutdown(wait=True, cancel_futures=True)
        raise


def _alone(task: Task, number: int) -> list[Outcome]:
    """One replication in a process of its own, so that one that kills its worker harms no other."""
    try:
        return [outcome for _, outcomes in _one_pool(task, [[number]], 1) for outcome in outcomes]
    except BrokenProcessPool:
        return _lost(task, [number])


def _chunks(replications: Sequence[int], workers: int) -> Iterator[Sequence[int]]:
    """Large ones first, single replications at the end, so that no worker waits long for the last of another."""
    at = 0
    while at < len(replications):
        size = max(1, min(LARGEST_CHUNK, (len(replications) - at) // (workers * CHUNKS_A_WORKER)))
        yield replications[at : at + size]
        at += size


def process_pool(task: Task, replications: Sequence[int], workers: int) -> Generator[Outcome]:
    """In `workers` fresh processes. After a worker died, what is left goes on in a new pool, one by one; then alone."""
    left = list(_chunks(replications, workers))
    for _ in range(TRIES):
        try:
            for chunk, outcomes in _one_pool(task, list(left), workers):
                left.remove(chunk)
                yield from outcomes
        except BrokenProcessPool:
            left = [[number] for chunk in left for number in chunk]
            continue
        return
    for chunk in left:
        for number in chunk:
            yield from _alone(task, number)


def execute(task: Task, replications: Sequence[int], workers: int) -> Generator[Outcome]:
    """Serial for one worker or one replication; else a pool. The rows are the same."""
    if workers <= 1 or len(replications) <= 1:
        return serial(task, replications)
    return process_pool(task, replications, workers)
