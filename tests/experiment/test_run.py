"""Many replications: the rows do not depend on workers, interruptions, order, or what else is in the study."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from revsim.errors import IncompleteError, UserError
from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.store.layout import Folder
from revsim.store.manifest import read_manifest
from revsim.store.results import Store, read_rows
from tests.experiment import kills
from tests.experiment.fake import Firm, plan

TWO = {"base": Firm(), "better": Firm(error=0.1)}


def same(left: pd.DataFrame, right: pd.DataFrame) -> bool:
    pd.testing.assert_frame_equal(left, right, check_exact=True)
    return True


def test_processes_give_the_rows_of_one_process() -> None:
    serial, pool = run_study(plan(TWO, 9)), run_study(plan(TWO, 9), workers=2)
    assert same(serial.rows.quarters, pool.rows.quarters)
    assert same(serial.rows.weeks, pool.rows.weeks)


def test_a_scenario_has_the_same_rows_alone_and_beside_others() -> None:
    both = run_study(plan({"hungry": Firm(need=300), **TWO}, 4)).rows.quarters
    alone = run_study(plan({"better": TWO["better"]}, 4)).rows.quarters
    assert same(both[both["scenario"] == "better"].reset_index(drop=True), alone)


def test_few_replications_are_the_first_of_many() -> None:
    many, few = run_study(plan(TWO, 8)).rows.quarters, run_study(plan(TWO, 3)).rows.quarters
    assert same(many[many["replication"] < 3].reset_index(drop=True), few)


def test_rows_on_disk_are_the_rows_in_memory(tmp_path: Path) -> None:
    memory, folder = run_study(plan(TWO, 4)), Folder(tmp_path / "s")
    run_study(plan(TWO, 4), folder)
    stored = read_rows(folder)
    assert same(stored.quarters, memory.rows.quarters)
    assert same(stored.weeks, memory.rows.weeks)


def test_a_study_extended_later_has_the_rows_of_one_run_at_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    run_study(plan(TWO, 3), folder)
    longer = run_study(plan(TWO, 7), folder)
    assert same(longer.rows.quarters, run_study(plan(TWO, 7)).rows.quarters)
    assert longer.manifest.replications == 7


def test_an_interrupted_study_keeps_parts_and_resumes_to_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "BATCH", 4)
    folder = Folder(tmp_path)

    def stop(done: int, _of: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_study(plan(TWO, 9), folder, progress=stop)
    assert len(folder.parts_of("quarters")) == 3
    assert not folder.quarters.exists()
    manifest = read_manifest(folder.manifest)
    assert manifest is not None
    assert (manifest.complete, manifest.replications) == (False, 5)
    steps: list[tuple[int, int]] = []
    resumed = run_study(plan(TWO, 9), folder, progress=lambda *step: steps.append(step))
    assert steps == [(done, 9) for done in (5, 6, 7, 8, 9)]
    assert same(resumed.rows.quarters, run_study(plan(TWO, 9)).rows.quarters)
    assert read_rows(folder).weeks.equals(resumed.rows.weeks)


def test_an_interruption_while_a_part_is_written_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "BATCH", 4)
    keep, folder = Store.keep, Folder(tmp_path)

    def interrupted(*_: Any) -> None:
        monkeypatch.setattr(Store, "keep", keep)
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "keep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_study(plan(TWO, 9), folder)
    manifest = read_manifest(folder.manifest)
    assert manifest is not None
    assert manifest.replications == 2


def test_a_failure_is_kept_in_the_manifest_and_the_study_goes_on(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    finished = run_study(plan({"base": Firm(), "torn": Firm(breaks=((1, "error"),))}, 3), folder)
    assert len(finished.rows.quarters) == 2 * (3 + 2)
    facts = json.loads(folder.manifest.read_text(encoding="utf-8"))
    assert (facts["complete"], facts["replications"]) == (False, 2)
    assert [(row["scenario"], row["replication"], row["stage"]) for row in facts["failed"]] == [("torn", 1, "simulate")]


def test_a_worker_that_dies_costs_only_its_own_replication() -> None:
    finished = run_study(plan({"base": Firm(breaks=((3, "die"),))}, 6), workers=2)
    assert sorted(set(finished.rows.quarters["replication"])) == [0, 1, 2, 4, 5]
    assert [(failure.replication, failure.stage) for failure in finished.failed] == [(3, "worker")]


def test_a_study_in_which_all_fails_says_what_failed() -> None:
    with pytest.raises(IncompleteError, match="on purpose") as caught:
        run_study(plan({"base": Firm(breaks=((0, "error"), (1, "error")))}, 2))
    assert "Traceback" not in str(caught.value)  # which a command shows
    assert "Traceback" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (plan({"base": Firm(), "better": Firm(error=0.3)}, 2), "other content"),
        (plan(TWO, 2, seed=2), "--seed 1, not 2"),
        (plan({"base": Firm()}, 2), "holds the scenarios base, better"),
    ],
)
def test_another_study_in_the_same_folder_is_refused_with_a_way_out(tmp_path: Path, other: object, why: str) -> None:
    run_study(plan(TWO, 2), Folder(tmp_path))
    with pytest.raises(UserError, match=why) as refused:
        run_study(other, Folder(tmp_path))  # type: ignore[arg-type]
    assert "Choose another --out, or delete" in str(refused.value)


SCRIPT = """
import signal
import sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have let it be ignored
from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.store.layout import Folder
from tests.experiment import kills
from tests.experiment.fake import Firm, plan
keeper.SOON = 0.2
print("starts")
found = run_study(plan({{"base": Firm(seconds={seconds})}}, {count}), Folder(Path(sys.argv[1])), workers=2)
print(len(found.rows.quarters))
"""
ROOT = Path(__file__).resolve().parents[2]


def started(tmp_path: Path, count: int, seconds: float) -> subprocess.Popen[str]:
    """A script that runs a study at its top level, without a guard."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(count=count, seconds=seconds), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(tmp_path / "out")]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_script_without_a_guard_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    out, err = started(tmp_path, 4, 0.0).communicate(timeout=60)
    assert (out.split(), err) == (["starts", "8"], "")


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as on POSIX")
def test_a_process_that_is_interrupted_leaves_parts_from_which_the_same_study_ends_the_same(tmp_path: Path) -> None:
    process, folder = started(tmp_path, 4000, 0.01), Folder(tmp_path / "out")
    deadline = time.monotonic() + 60
    while not folder.parts_of("quarters") and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode != 0
    manifest = read_manifest(folder.manifest)
    assert manifest is not None
    count = manifest.replications
    assert 0 < count < 4000
    steps: list[int] = []
    more = count + 40  # beyond all that was in hand, of which later ones may have been done before earlier ones
    whole = run_study(plan({"base": Firm(seconds=0.01)}, more), folder, progress=lambda done, _of: steps.append(done))
    assert steps[0] > 0
    assert same(whole.rows.weeks, run_study(plan({"base": Firm(seconds=0.01)}, more)).rows.weeks)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as on POSIX")
def test_a_study_that_is_killed_ends_with_the_bytes_of_an_undisturbed_one(tmp_path: Path) -> None:
    # `make kill-test` does it thirty times
    found = kills.kill(3, 7, tmp_path)
    assert (found.kills, found.differing) == (3, 0)
