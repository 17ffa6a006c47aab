"""Ways to run many replications; each yields outcomes in the order in which they are done."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import NamedTuple

from revsim.experiment.ahead import idle_workers
from revsim.experiment.replicate import replicate
from revsim.experiment.task import Failure, Outcome, Task
from revsim.experiment.worker_pool import Chunk, IdleWorkers, WorkerPool
from revsim.experiment.worker_process import NoWorkersError, WorkerLostError
from revsim.notices import silent

CHUNKS_A_WORKER = 8
LARGEST_CHUNK = 4
TRIES = 2

Say = Callable[[str], None]


class Begun(NamedTuple):
    """Workers that are at the first of these replications already."""

    replications: list[int]
    pool: WorkerPool


def serial(task: Task, replications: Sequence[int]) -> Generator[Outcome]:
    """One after the other, here."""
    for number in replications:
        yield replicate(task, number)


def _lost(task: Task, number: int) -> Outcome:
    """Failures of a replication whose worker died each time."""
    why = "the worker process ended (killed, or out of memory)"
    return Outcome(number, {}, [Failure(case.name, number, "worker", why, "") for case in task.cases])


def _alone(task: Task, number: int) -> list[Outcome]:
    """One replication in a process of its own, so that one that kills its worker harms no other."""
    try:
        return [each for _, outcomes in WorkerPool(task, [[number]], IdleWorkers(1)).outcomes() for each in outcomes]
    except (WorkerLostError, NoWorkersError):
        return [_lost(task, number)]


def _chunks(replications: Sequence[int], workers: int) -> Iterator[Chunk]:
    """Large ones first, single replications at the end, so that no worker waits long for the last of another."""
    at = 0
    while at < len(replications):
        size = max(1, min(LARGEST_CHUNK, (len(replications) - at) // (workers * CHUNKS_A_WORKER)))
        yield replications[at : at + size]
        at += size


def _pool(task: Task, chunks: Sequence[Chunk], workers: int, say: Say) -> WorkerPool:
    wanted = min(workers, len(chunks))
    idle = idle_workers(wanted)
    pool = WorkerPool(task, chunks, idle)
    if pool.size < wanted:
        many = f"{pool.size} worker process{'es' * (pool.size > 1)}"
        say(f"note: {many} instead of {wanted}: the system allows no more ({idle.refused}).")
    return pool


def process_pool(
    task: Task, replications: Sequence[int], workers: int, pool: WorkerPool | None = None, say: Say = silent
) -> Generator[Outcome]:
    """In `workers` fresh processes, or in those that have begun; here, where none can be had.

    After a worker died, what is left goes on in a new pool, one by one; then alone.
    """
    left = list(_chunks(replications, workers))
    for _ in range(TRIES):
        try:
            pool = pool or _pool(task, left, workers, say)
            for chunk, outcomes in pool.outcomes():
                left.remove(chunk)
                yield from outcomes
        except WorkerLostError:
            left, pool = [[number] for chunk in left for number in chunk], None
            continue
        except NoWorkersError as error:
            say(f"note: this process runs all by itself, with the same rows: no worker process can be had ({error}).")
            yield from serial(task, [number for chunk in left for number in chunk])
        return
    for chunk in left:
        for number in chunk:
            yield from _alone(task, number)


@contextlib.contextmanager
def begun(task: Task, replications: Sequence[int], workers: int, say: Say = silent) -> Iterator[Begun | None]:
    """Workers at work until this is left; None where there is no need of any, or none can be had."""
    if _is_serial(replications, workers):
        yield None
        return
    try:
        pool = _pool(task, list(_chunks(list(replications), workers)), workers, say)
    except NoWorkersError:  # whoever executes meets it again, and knows what to do
        yield None
        return
    with pool:
        yield Begun(list(replications), pool)


def execute(
    task: Task, replications: Sequence[int], workers: int, at_work: Begun | None = None, say: Say = silent
) -> Generator[Outcome]:
    """Serial for one worker or one replication; else a pool. The rows are the same.

    Workers that have begun go on if it was with these replications of this task; else they are stopped.
    """
    pool = at_work.pool if at_work is not None and at_work.replications == list(replications) else None
    if at_work is not None and pool is None:
        at_work.pool.stop()
    if _is_serial(replications, workers):
        return serial(task, replications)
    return process_pool(task, replications, workers, pool, say)


def _is_serial(replications: Sequence[int], workers: int) -> bool:
    return workers <= 1 or len(replications) <= 1
