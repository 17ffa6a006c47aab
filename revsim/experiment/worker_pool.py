"""Worker processes with a task, and the chunks of replications that they have in hand."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from revsim.experiment.replicate import replicate
from revsim.experiment.task import Outcome, Task
from revsim.experiment.worker import collect_garbage_again
from revsim.experiment.worker_process import NoWorkersError, WorkerLostError, WorkerProcess

Chunk = Sequence[int]  # replications
READY_RESULTS = 4  # finished chunks that wait in memory, for each worker
IN_HAND = 2  # chunks that a worker has been given: it need not wait for the next
PATIENCE = 1.0  # seconds: how often whoever waits looks up, so that Ctrl-C is heard on every system


_task_of_worker: list[Task] = []


def take_task(task: Task) -> None:
    """In a worker: keep the task; that it could be unpacked has imported what it takes."""
    _task_of_worker[:] = [task]


def run_chunk(replications: Chunk) -> list[Outcome]:
    """In a worker: a few replications of its task."""
    [task] = _task_of_worker
    outcomes = [replicate(task, number) for number in replications]
    collect_garbage_again()
    return outcomes


class IdleWorkers:
    """Started processes that nobody has given a task yet; as many as could be had, at least one."""

    def __init__(self, wanted: int) -> None:
        """Start them. Raises NoWorkersError if not a single one can be started."""
        self.wanted, self.processes, self.pending = wanted, list[WorkerProcess](), 0
        self.refused = ""  # why there are fewer
        for _ in range(wanted):
            try:
                self.processes.append(WorkerProcess())
            except NoWorkersError as error:
                self.refused = str(error)
                break
            except BaseException:
                self.stop()
                raise
        if not self.processes:
            raise NoWorkersError(self.refused)

    def warm_up(self, function: Callable[[], object]) -> None:
        """Let each of them do something meanwhile; it is of no account what comes of it."""
        for process in self.processes:
            try:
                process.request(function)
            except WorkerLostError:  # whoever waits for its answer meets it again
                continue
        self.pending += 1

    def stop(self) -> None:
        """Nobody wants them."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.close()


class WorkerPool:
    """Workers with a task; they begin at once, their outcomes are taken later. On leaving, those at work are ended."""

    def __init__(self, task: Task, chunks: Sequence[Chunk], workers: IdleWorkers) -> None:
        """Hand out the first chunks."""
        self._task, self._left, self._count = task, deque(chunks), len(chunks)
        self._workers, self._lock, self._is_over = workers, threading.Lock(), False
        self._results: queue.Queue[tuple[Chunk, list[Outcome]] | Exception] = queue.Queue(
            READY_RESULTS * len(workers.processes)
        )
        self._threads: list[threading.Thread] = []
        try:
            self._start_threads()
        except BaseException:
            self.stop()
            raise

    @property
    def size(self) -> int:
        """How many workers there are."""
        return len(self._threads)

    def _start_threads(self) -> None:
        for process in self._workers.processes:
            thread = threading.Thread(target=self._serve, args=(process,), daemon=True)
            try:
                thread.start()
            except RuntimeError as error:  # the system allows no more of them
                process.kill()
                self._workers.refused = str(error)
                continue
            self._threads.append(thread)
        if not self._threads:
            raise NoWorkersError(self._workers.refused)

    def _serve(self, process: WorkerProcess) -> None:
        """In a thread for each worker: give it chunks, take what comes of them."""
        has_begun = False
        try:
            for _ in range(self._workers.pending):
                _ignoring_failures(process)
            process.request(take_task, self._task)
            process.answer()
            has_begun = True
            self._run_chunks(process)
        except BaseException as error:  # noqa: BLE001 - whoever takes the outcomes would wait for ever
            self._put(_reported(error, has_begun=has_begun))

    def _run_chunks(self, process: WorkerProcess) -> None:
        in_hand: deque[Chunk] = deque()
        while not self._is_over:
            while len(in_hand) < IN_HAND and (chunk := self._next(is_idle=not in_hand)) is not None:
                process.request(run_chunk, chunk)
                in_hand.append(chunk)
            if not in_hand:
                return
            self._put((in_hand[0], process.answer()))
            in_hand.popleft()

    def _next(self, *, is_idle: bool) -> Chunk | None:
        """The next chunk; the last ones only for workers that have none, so that nobody waits for another's second."""
        with self._lock:
            enough = len(self._left) > 0 if is_idle else len(self._left) > self.size
            return self._left.popleft() if enough else None

    def _put(self, result: tuple[Chunk, list[Outcome]] | Exception) -> None:
        """Wait until there is room for it, or nobody wants it any more."""
        while not self._is_over:
            try:
                self._results.put(result, timeout=PATIENCE)
            except queue.Full:
                continue
            return

    def outcomes(self) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Chunks as they are done. What was yielded is safe when it raises.

        Raises WorkerLostError when a worker dies; NoWorkersError when none got as far as to begin.
        """
        with self:
            waiting, beginners = self._count, self.size
            while waiting:
                result = self._take()
                if isinstance(result, NoWorkersError):
                    beginners -= 1
                    if not beginners:
                        raise result
                elif isinstance(result, Exception):
                    raise result
                else:
                    waiting -= 1
                    yield result

    def _take(self) -> tuple[Chunk, list[Outcome]] | Exception:
        while True:
            is_served = any(thread.is_alive() for thread in self._threads)  # before the queue is looked at
            try:
                return self._results.get(timeout=PATIENCE)
            except queue.Empty:
                if not is_served:
                    raise WorkerLostError("nobody waits for its answers any more") from None

    def stop(self) -> None:
        """End all workers: all is done, or nobody waits for chunks under way."""
        if not self._is_over:
            self._is_over = True
            for process in self._workers.processes:
                process.kill()
            for thread in self._threads:
                thread.join()
            for process in self._workers.processes:
                process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _reported(error: BaseException, *, has_begun: bool) -> Exception:
    """What a thread failed with, as whoever takes the outcomes knows it."""
    if isinstance(error, MemoryError):  # of this process: more of the same would not help
        return error
    if has_begun:
        return WorkerLostError(str(error))
    is_lost = isinstance(error, WorkerLostError)
    return NoWorkersError("they end as soon as they have begun" if is_lost else str(error) or type(error).__name__)


def _ignoring_failures(process: WorkerProcess) -> None:
    """Take an answer that is of no account."""
    try:
        process.answer()
    except RuntimeError:
        return
