"""Workers that cannot be had are done without: the same rows, and one line that says so."""

from __future__ import annotations

import multiprocessing
import multiprocessing.synchronize
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest

from revsim.errors import UserError
from revsim.experiment import worker_process
from revsim.experiment.executors import begun, execute
from revsim.experiment.run import run_study
from revsim.experiment.task import Outcome
from revsim.experiment.worker_pool import IdleWorkers
from revsim.experiment.worker_process import NoWorkersError
from revsim.store.layout import Folder
from tests.experiment.fake import Firm, plan

PLAN = plan({"base": Firm(), "better": Firm(need=200)}, 5)
ALL = list(range(5))
POPEN = subprocess.Popen


def refuse(*_: object, **__: object) -> None:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def put_in_the_way(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Whatever keeps a process from having workers."""
    if how == "refused":
        monkeypatch.setattr(subprocess, "Popen", refuse)
    elif how == "frozen":
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    elif how == "no threads":
        monkeypatch.setattr(threading.Thread, "start", no_thread)
    elif how == "another program":
        monkeypatch.setattr(worker_process, "_executable", lambda: sys.executable)
        monkeypatch.setattr(worker_process, "BOOT", "raise SystemExit")
    else:
        monkeypatch.setattr(sys, "executable", {"no Python": None, "empty": ""}[how])


def no_thread(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def found(outcomes: list[Outcome]) -> list[tuple[int, bool]]:
    return sorted((outcome.replication, not outcome.failures) for outcome in outcomes)


@pytest.mark.parametrize("how", ["refused", "frozen", "no Python", "empty", "no threads", "another program"])
def test_where_no_worker_can_be_had_all_is_run_here_and_that_is_said_once(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    put_in_the_way(monkeypatch, how)
    said: list[str] = []
    with begun(PLAN.task, ALL, 2, said.append) as at_work:
        outcomes = list(execute(PLAN.task, ALL, 2, at_work, said.append))
    assert found(outcomes) == [(number, True) for number in ALL]
    assert len(said) == 1


def test_where_only_some_workers_can_be_had_they_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []

    def one_alone(*given: Any, **named: Any) -> Any:
        if started:
            refuse()
        started.append(POPEN(*given, **named))
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", one_alone)
    said: list[str] = []
    outcomes = list(execute(PLAN.task, ALL, 2, None, said.append))
    assert found(outcomes) == [(number, True) for number in ALL]
    assert len(said) == 1
    assert started[0].returncode is not None


def test_without_semaphores_and_in_a_daemonic_process_workers_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing.synchronize, "SemLock", refuse)
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    said: list[str] = []
    finished = run_study(PLAN, workers=2, say=said.append)
    monkeypatch.undo()
    assert finished.rows.quarters.equals(run_study(PLAN).rows.quarters)
    assert said == []


def test_what_others_print_at_the_start_of_a_worker_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('hello', end='')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    workers = IdleWorkers(1)
    workers.processes[0].request(abs, -3)
    assert workers.processes[0].answer() == 3
    workers.stop()


def test_what_is_printed_in_a_worker_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    workers = IdleWorkers(1)
    workers.processes[0].request(print, "a library's words")
    workers.processes[0].request(abs, -3)
    assert [workers.processes[0].answer(), workers.processes[0].answer()] == [None, 3]
    workers.stop()
    assert capfd.readouterr().out == ""


def test_what_fails_in_a_worker_is_told_with_its_words() -> None:
    workers = IdleWorkers(1)
    workers.processes[0].request(int, "three")
    with pytest.raises(RuntimeError, match="ValueError: invalid literal"):
        workers.processes[0].answer()
    workers.stop()


def test_if_not_a_single_worker_can_be_started_the_reason_is_the_system_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(NoWorkersError, match="Resource temporarily unavailable"):
        IdleWorkers(3)


def test_without_a_temporary_folder_a_study_without_its_own_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(UserError, match=r"TMPDIR[\s\S]*out="):
        run_study(PLAN)
    assert run_study(PLAN, Folder(tmp_path / "r")).manifest.complete
