"""Whatever fails between a study and its workers is told: nothing waits for ever, and nobody else's code is run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from revsim.experiment import worker_pool
from revsim.experiment.executors import execute
from revsim.experiment.worker_pool import IdleWorkers, WorkerPool
from revsim.experiment.worker_process import WorkerLostError, WorkerProcess
from tests.experiment.fake import Firm, plan

TASK = plan({"base": Firm()}, 4).task
ALL = list(range(4))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "PATIENCE", 0.05)


@pytest.mark.parametrize("module", ["pickle", "struct", "copyreg"])
def test_a_worker_runs_no_module_of_the_working_folder(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{module}.py").write_text(f"open({str(tmp_path / 'it-ran')!r}, 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path])
    workers = IdleWorkers(1)
    workers.processes[0].request(abs, -3)
    assert workers.processes[0].answer() == 3
    workers.stop()
    assert not (tmp_path / "it-ran").exists()


@pytest.mark.parametrize("kind", [AttributeError, SystemExit])
@pytest.mark.parametrize("has_begun", [False, True])
def test_an_answer_that_cannot_be_read_costs_a_worker_and_no_replication(
    monkeypatch: pytest.MonkeyPatch, kind: type[BaseException], *, has_begun: bool
) -> None:
    answer, failed = WorkerProcess.answer, list[bool]()

    def unreadable(process: WorkerProcess) -> object:
        result = answer(process)
        if not failed and (result is not None) == has_begun:
            failed.append(True)
            raise kind("on purpose")
        return result

    monkeypatch.setattr(WorkerProcess, "answer", unreadable)
    assert sorted(outcome.replication for outcome in execute(TASK, ALL, 2)) == ALL
    assert failed


def test_want_of_memory_in_a_serving_thread_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(_: WorkerProcess) -> object:
        raise MemoryError

    monkeypatch.setattr(WorkerProcess, "answer", too_large)
    with pytest.raises(MemoryError):
        list(execute(TASK, ALL, 2))


def test_where_every_serving_thread_has_ended_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkerPool, "_serve", lambda *_: None)
    pool = WorkerPool(TASK, [[0], [1]], IdleWorkers(2))
    with pytest.raises(WorkerLostError):
        list(pool.outcomes())
