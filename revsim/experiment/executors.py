"""Ways to run many replications; each yields outcomes in the order in which they are done."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from revsim.experiment.ahead import hands_for
from revsim.experiment.crew import Chunk, Crew, Hands
from revsim.experiment.replicate import Failure, Outcome, Task, replicate

CHUNKS_A_WORKER = 8
LARGEST_CHUNK = 4
TRIES = 2


class Begun(NamedTuple):
    """Workers that are at the first of these replications already."""

    replications: list[int]
    crew: Crew


def serial(task: Task, replications: Sequence[int]) -> Generator[Outcome]:
    """One after the other, here."""
    for number in replications:
        yield replicate(task, number)


def _lost(task: Task, chunk: Chunk) -> list[Outcome]:
    """Failures for replications whose worker died each time."""
    why = "the worker process ended (killed, or out of memory)"
    return [Outcome(n, {}, [Failure(case.name, n, "worker", why, "") for case in task.cases]) for n in chunk]


def _alone(task: Task, number: int) -> list[Outcome]:
    """One replication in a process of its own, so that one that kills its worker harms no other."""
    try:
        return [outcome for _, outcomes in Crew(task, [[number]], Hands(1)).outcomes() for outcome in outcomes]
    except BrokenProcessPool:
        return _lost(task, [number])


def _chunks(replications: Sequence[int], workers: int) -> Iterator[Chunk]:
    """Large ones first, single replications at the end, so that no worker waits long for the last of another."""
    at = 0
    while at < len(replications):
        size = max(1, min(LARGEST_CHUNK, (len(replications) - at) // (workers * CHUNKS_A_WORKER)))
        yield replications[at : at + size]
        at += size


def _crew(task: Task, chunks: Sequence[Chunk], workers: int) -> Crew:
    return Crew(task, list(chunks), hands_for(min(workers, len(chunks))))


def process_pool(task: Task, replications: Sequence[int], workers: int, crew: Crew | None = None) -> Generator[Outcome]:
    """In `workers` fresh processes, or in those that have begun.

    After a worker died, what is left goes on in a new pool, one by one; then alone.
    """
    left = list(_chunks(replications, workers))
    for _ in range(TRIES):
        try:
            crew = crew or _crew(task, left, workers)
            for chunk, outcomes in crew.outcomes():
                left.remove(chunk)
                yield from outcomes
        except BrokenProcessPool:
            left, crew = [[number] for chunk in left for number in chunk], None
            continue
        return
    for chunk in left:
        for number in chunk:
            yield from _alone(task, number)


@contextlib.contextmanager
def begun(task: Task, replications: Sequence[int], workers: int) -> Iterator[Begun | None]:
    """Workers at work until this is left; None where there is no need of any."""
    if _is_serial(replications, workers):
        yield None
        return
    try:
        crew = _crew(task, list(_chunks(list(replications), workers)), workers)
    except BrokenProcessPool:  # whoever executes meets it again, and knows what to do
        yield None
        return
    with crew:
        yield Begun(list(replications), crew)


def execute(task: Task, replications: Sequence[int], workers: int, at_work: Begun | None = None) -> Generator[Outcome]:
    """Serial for one worker or one replication; else a pool. The rows are the same.

    Workers that have begun go on if it was with these replications of this task; else they are stopped.
    """
    crew = at_work.crew if at_work is not None and at_work.replications == list(replications) else None
    if at_work is not None and crew is None:
        at_work.crew.stop()
    if _is_serial(replications, workers):
        return serial(task, replications)
    return process_pool(task, replications, workers, crew)


def _is_serial(replications: Sequence[int], workers: int) -> bool:
    return workers <= 1 or len(replications) <= 1
