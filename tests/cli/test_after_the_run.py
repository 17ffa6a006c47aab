"""What goes wrong after the last replication costs no study: exit code 3, and the answer is out where it can be."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from revsim.store import atomic
from tests.cli.conftest import Call
from tests.tiny import SMALL

RUN = ["--workers", "1", "--quiet", "-n", "3", "--out", "r"]
SETS = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
COMMANDS = [["run", "status-quo"], ["stress", "status-quo", "--stress", "stress/top-performer-leaves"]]


def before_writing(monkeypatch: pytest.MonkeyPatch, ending: str, do: Callable[[], None]) -> None:
    """Do something just before a file with this ending is written."""
    real = atomic._write

    def write(path: Path, fill: Callable[..., object]) -> None:
        if path.name.endswith(ending):
            do()
        real(path, fill)

    monkeypatch.setattr(atomic, "_write", write)


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("words", COMMANDS, ids=["run", "stress"])
@pytest.mark.parametrize("ending", [".csv", ".svg", ".html"])
def test_a_disk_that_is_full_by_then_leaves_the_answer_and_the_rows(
    words: list[str], ending: str, revsim: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_writing(monkeypatch, ending, full)
    answer = revsim(*words, *RUN, *SETS)
    assert answer.code == 3
    assert "3 replications, seed 1." in answer.out
    assert "free some space" in answer.err
    assert Path("r/quarters.parquet").exists()


@pytest.mark.parametrize("words", COMMANDS, ids=["run", "stress"])
def test_a_folder_that_goes_away_by_then_is_told_as_lost(
    words: list[str], revsim: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_writing(monkeypatch, ".csv", lambda: shutil.rmtree("r", ignore_errors=True))
    answer = revsim(*words, *RUN, *SETS)
    assert answer.code == 3
    assert "was removed, moved or replaced" in answer.err
    assert not Path("r").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["worlds", "status-quo", "design", "--worlds", "3", "-n", "2"],
        ["attribute", "status-quo", "one-moment", "-n", "1"],
        ["attribute", "status-quo", "one-moment", "-n", "1", "--measure", "forecast_variance_week_1"],
    ],
    ids=" ".join,
)
def test_too_few_replications_for_an_answer_are_refused_before_anything_is_run(words: list[str], revsim: Call) -> None:
    answer = revsim(*words, "--workers", "1", "-q", "--out", "r")
    assert answer.code == 2
    assert "--replications" in answer.err
    assert not Path("r").exists()
