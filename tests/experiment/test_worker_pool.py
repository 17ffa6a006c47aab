"""Workers may begin before anybody takes what they find; whatever becomes of the study, none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.experiment import executors
from revsim.experiment.executors import begun, execute
from revsim.experiment.run import run_study
from revsim.experiment.worker_pool import IdleWorkers, WorkerPool
from revsim.store.layout import Folder
from tests.experiment.fake import Firm, plan

TWO = {"base": Firm(), "better": Firm(need=200)}


def test_workers_that_have_begun_find_the_same_rows(tmp_path: Path) -> None:
    wanted = plan(TWO, 9)
    with begun(wanted.task, range(9), 2) as at_work:
        assert at_work is not None
        early = run_study(wanted, Folder(tmp_path), 2, at_work=at_work)
    alone = run_study(wanted)
    assert early.rows.quarters.equals(alone.rows.quarters)
    assert early.rows.weeks.equals(alone.rows.weeks)


def test_workers_that_have_begun_are_the_ones_that_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    task = plan(TWO, 9).task
    with begun(task, range(9), 2) as at_work:
        monkeypatch.setattr(executors, "WorkerPool", None)  # no other can be made
        found = sorted(outcome.replication for outcome in execute(task, list(range(9)), 2, at_work))
    assert found == list(range(9))


def test_workers_that_began_with_other_replications_end_and_what_is_missing_is_run(tmp_path: Path) -> None:
    folder, wanted = Folder(tmp_path), plan(TWO, 9)
    run_study(plan(TWO, 4), folder)
    with begun(wanted.task, range(9), 2) as at_work:
        steps: list[int] = []
        finished = run_study(wanted, folder, 2, lambda done, _of: steps.append(done), at_work)
    assert steps == [4, 5, 6, 7, 8, 9]
    assert finished.rows.quarters.equals(run_study(wanted).rows.quarters)


def test_a_study_that_is_refused_leaves_no_worker_behind(tmp_path: Path) -> None:
    folder, wanted = Folder(tmp_path), plan({"base": Firm(seconds=5.0), "better": Firm(need=200)}, 9)
    run_study(plan({"other": Firm()}, 2), folder)
    with begun(wanted.task, range(9), 2) as at_work:
        assert at_work is not None
        workers = at_work.pool._workers.processes
        with pytest.raises(UserError, match="holds another study"):
            run_study(wanted, folder, 2, at_work=at_work)
    assert [each._process.returncode is None for each in workers] == [False, False]


def test_a_worker_that_dies_early_costs_what_it_would_cost_later(tmp_path: Path) -> None:
    wanted = plan({"base": Firm(breaks=((3, "die"),))}, 6)
    with begun(wanted.task, range(6), 2) as at_work:
        finished = run_study(wanted, Folder(tmp_path), 2, at_work=at_work)
    assert [failure.replication for failure in finished.failed] == [3]
    assert len(finished.rows.quarters["replication"].unique()) == 5


def test_one_worker_or_one_replication_needs_no_pool() -> None:
    task = plan(TWO, 9).task
    with begun(task, range(9), 1) as alone, begun(task, range(1), 2) as single:
        assert alone is None
        assert single is None


SCRIPT = """
import time
from revsim.experiment.executors import begun
from tests.experiment.fake import Firm, plan
try:
    with begun(plan({"base": Firm()}, 9).task, range(9), 2):
        print("begun", flush=True)
        time.sleep(60.0)
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere there is no such signal to a group")
def test_ctrl_c_while_workers_import_is_told_by_nobody_but_the_parent() -> None:
    command = [sys.executable, "-c", SCRIPT]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "begun\n"
        os.killpg(parent.pid, signal.SIGINT)
        said, faults = parent.communicate(timeout=60)
    assert said == "stopped\n"
    assert faults == ""


def test_a_pool_that_is_stopped_at_once_holds_nobody_up() -> None:
    pool = WorkerPool(plan(TWO, 8).task, [[0], [1]], IdleWorkers(2))
    ends = threading.Thread(target=pool.stop, daemon=True)
    ends.start()
    ends.join(30.0)
    assert not ends.is_alive()
    assert [each._process.returncode is None for each in pool._workers.processes] == [False, False]


def test_a_study_that_ends_leaves_the_workers_of_another_alone() -> None:
    task = plan({"base": Firm(seconds=0.02)}, 12).task
    with begun(task, range(12), 2) as one, begun(task, range(12), 2) as other:
        assert one is not None
        assert other is not None
        one.pool.stop()
        found = sorted(outcome.replication for _, chunk in other.pool.outcomes() for outcome in chunk)
    assert found == list(range(12))
