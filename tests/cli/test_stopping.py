"""Signals end a command as Ctrl-C does: what is done is kept and told; a caller's handlers stay as they are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from revsim.cli import app, kept_study, reading, stopping
from revsim.cli.stopping import Stopped, heard
from revsim.errors import IncompleteError, UserError
from revsim.store.layout import Folder

posix = pytest.mark.skipif(os.name != "posix", reason="elsewhere there are no such signals")
PROGRAM = "from revsim.cli.app import main; main()"
DEAF = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); {PROGRAM}"
TINY = ["calendar.warmup_quarters=1", "calendar.quarters=2", "world.demand.inquiries_per_week=40"]
RUN = ["run", "status-quo.yaml", "--continuations", "0", *(word for one in TINY for word in ("--set", one))]


def handlers() -> list[Any]:
    return [signal.getsignal(getattr(signal, name)) for name in stopping.NAMES if hasattr(signal, name)]


@posix
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_raises_once_and_handlers_are_as_before(name: str, code: int) -> None:
    before, number = handlers(), getattr(signal, name)
    with heard(), pytest.raises(Stopped) as stop:
        signal.raise_signal(number)
    assert stopping.code_of(stop.value) == code
    assert handlers() == before


@posix
def test_a_second_signal_during_the_clean_up_changes_nothing_and_a_later_one_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with heard():
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        monkeypatch.setattr(stopping, "GRACE", 0.0)
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGINT)
        stopping.is_at_its_end()
        monkeypatch.setattr(stopping, "GRACE", 10.0)
        signal.raise_signal(signal.SIGTERM)


@posix
def test_signals_that_are_ignored_or_somebody_s_stay_so() -> None:
    heard_of: list[int] = []
    ignored = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    another = signal.signal(signal.SIGTERM, lambda number, _: heard_of.append(number))
    try:
        with heard():
            signal.raise_signal(signal.SIGHUP)
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGHUP, ignored)
        signal.signal(signal.SIGTERM, another)
    assert heard_of == [signal.SIGTERM]


@posix
def test_a_signal_that_python_could_only_ignore_comes_again() -> None:
    class Untimely:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    with heard(), pytest.raises(Stopped):  # noqa: PT012 - it comes a little later
        Untimely()
        threading.Event().wait(20.0)


def test_in_another_thread_nothing_is_installed() -> None:
    before, seen = handlers(), list[Any]()

    def inside() -> None:
        with heard():
            seen.append(handlers())

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    assert seen == [before]


@pytest.mark.parametrize(("number", "code", "word"), [(2, 130, "interrupted"), (15, 143, "SIGTERM")])
def test_a_command_that_is_ended_before_it_has_begun_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, code: int, word: str
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise Stopped(number)

    monkeypatch.setattr(reading, "read", stopped)
    assert app.exit_code(["run", "status-quo.yaml"]) == code
    assert word in capsys.readouterr().err


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(28, "No space left on device"), RuntimeError("can't start new thread")]
)
@pytest.mark.parametrize(("done", "kind"), [(0, UserError), (3, IncompleteError)])
def test_what_the_system_refuses_is_wrong_use_before_the_first_row_and_incomplete_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, done: int, kind: type[Exception]
) -> None:
    monkeypatch.setattr(kept_study, "counts", lambda _: (done, 9))
    with pytest.raises(kind), kept_study.stoppable(Folder(tmp_path)):
        raise error


def test_a_recursion_without_end_is_a_fault_of_ours(tmp_path: Path) -> None:
    with pytest.raises(RecursionError), kept_study.stoppable(Folder(tmp_path)):
        raise RecursionError


@posix
def test_sigterm_in_the_middle_keeps_what_is_done_and_the_same_command_ends_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, *RUN, "-n", "400", "--workers", "2", "--out", "r"]
    package = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(package)}, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        while "%" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGTERM)
        said = process.stderr.read()
    words = said.strip().splitlines()[-1].split()
    assert process.returncode == 143
    assert words[:3] == ["Ended", "by", "SIGTERM."]
    assert 0 < int(words[3]) < 400
    assert "Traceback" not in said
    there = {path.name for path in (tmp_path / "r").iterdir()}
    assert there == {"manifest.json", "parts"}


@posix
def test_a_sighup_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    package = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", DEAF, *RUN, "-n", "6", "--workers", "1", "--out", "r"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(package)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline()
        process.send_signal(signal.SIGHUP)
        process.stderr.read()
    assert process.returncode == 0
