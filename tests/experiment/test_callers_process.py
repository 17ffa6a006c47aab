"""The process is the caller's: what it had before studies in threads, it has after them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from revsim.analysis import view
from revsim.experiment.executors import execute
from revsim.model import company
from tests.experiment.fake import Firm, plan

TASK = plan({"base": Firm()}, 4).task


def state() -> list[Any]:
    """What is of the whole process."""
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE") if hasattr(signal, name)]
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, []) if hasattr(signal, "pthread_sigmask") else None
    return [
        id(sys.modules["__main__"]),
        [signal.getsignal(number) for number in numbers],
        mask,
        dict(os.environ),
        list(warnings.filters),
        os.getcwd(),  # noqa: PTH109 - text, to be compared
        gc.isenabled(),
        gc.get_threshold(),
        multiprocessing.get_start_method(allow_none=True),
        sys.unraisablehook,
        np.geterr(),
    ]


def test_after_studies_in_threads_the_process_is_as_it_was() -> None:
    before, mains, found = state(), set[int](), list[int]()

    def study() -> None:
        for _ in range(2):
            for outcome in execute(TASK, list(range(4)), 2):
                mains.add(id(sys.modules["__main__"]))
                found.append(outcome.replication)

    threads = [threading.Thread(target=study) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(4 * list(range(4)))
    assert state() == before
    assert mains == {before[0]}  # also meanwhile


SCRIPT = """
import pickle, sys, threading
from revsim.experiment.executors import execute
from tests.experiment.fake import Firm, plan
class Mine: pass
print("script")
task = plan({"base": Firm()}, 4).task
threads = [threading.Thread(target=lambda: list(execute(task, list(range(4)), 2))) for _ in range(2)]
for thread in threads: thread.start()
while any(thread.is_alive() for thread in threads): pickle.loads(pickle.dumps(Mine()))
print(type(pickle.loads(pickle.dumps(Mine()))) is Mine, sys.modules["__main__"].Mine is Mine)
"""


def test_a_script_without_a_guard_runs_once_and_its_classes_pickle(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
        env=env,
        cwd=Path.cwd(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("script\nTrue True\n", "")


@pytest.mark.parametrize("enabled", [True, False])
def test_cycles_are_looked_for_again_after_the_last_of_several_runs(*, enabled: bool) -> None:
    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    first, second = company._without_search_for_cycles(), company._without_search_for_cycles()
    try:
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert not gc.isenabled()
        second.__exit__(None, None, None)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("axis", [-1, 0, (0, 1)])
def test_means_and_medians_are_numpy_s_and_say_nothing_of_what_is_empty(axis: Any) -> None:
    values = np.random.default_rng(1).normal(size=(7, 9, 5))
    values[values > 1.0] = np.nan
    values[2] = np.nan
    values[:, 3, :] = np.nan
    values[:, :, 4] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = np.nanmean(values, axis=axis), np.nanmedian(values, axis=axis)
    found = view.mean(values, axis), view.middle(values, axis)
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_array_equal(found[1], expected[1])
    assert np.isnan(expected[0]).any()
