"""Streams that cannot be written are the environment's fault, told where somebody can still hear it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from revsim.cli import app, kept_rows, streams
from revsim.errors import UserError
from revsim.store.layout import Folder

posix = pytest.mark.skipif(os.name != "posix", reason="redirections are a shell's")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
PACKAGE = Path(__file__).resolve().parents[2]


def shell(words: str, at: Path) -> tuple[int, str, str]:
    """`revsim WORDS` with a shell's redirections: code, stdout, stderr."""
    line = f'"{sys.executable}" -m revsim {words}'
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=at,
        env=os.environ | {"PYTHONPATH": str(PACKAGE)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@posix
@pytest.mark.parametrize(
    ("words", "code", "is_told"),
    [
        ("--version >&-", 2, True),
        pytest.param("--version >/dev/full", 2, True, marks=full),
        ("--version </dev/null 1<&0", 2, True),  # only to be read
        ("--version <&-", 0, False),
        ("--version >&- 2>&-", 2, False),
    ],
)
def test_an_answer_that_would_be_lost_is_refused_before_anything_is_run(
    tmp_path: Path, words: str, code: int, *, is_told: bool
) -> None:
    found, out, err = shell(words, tmp_path)
    assert found == code
    assert ("standard output" in err) == is_told
    assert "Traceback" not in out + err


@posix
@pytest.mark.parametrize("to", ["2>&-", pytest.param("2>/dev/full", marks=full)])
def test_a_study_whose_notes_would_be_lost_is_refused_on_stdout(to: str, tmp_path: Path) -> None:
    code, out, _ = shell(f"run status-quo.yaml -n 2 --workers 1 --out r {to}", tmp_path)
    assert code == 2
    assert "standard error" in out
    assert not list(tmp_path.iterdir())


@full
@pytest.mark.parametrize(("has_run", "code"), [(False, 2), (True, 3)])
def test_a_disk_that_becomes_full_while_it_runs_leaves_what_was_run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: int,
    *,
    has_run: bool,
) -> None:
    def answered(**_: object) -> None:
        if has_run:
            kept_rows.remember(Folder(Path("r")))
        print("the answer")  # noqa: T201 - what is tried

    monkeypatch.setattr(app, "build", lambda: answered)
    monkeypatch.setattr(streams, "check_stdout", lambda: None)  # it was not full then
    with Path("/dev/full").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert app.exit_code([]) == code
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert ("is kept in r" in said) == has_run


@pytest.mark.parametrize("kind", [MemoryError, PermissionError])
def test_what_the_system_refuses_is_no_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: type[Exception]
) -> None:
    def refused(**_: object) -> None:
        raise kind

    monkeypatch.setattr(app, "build", lambda: refused)
    assert app.exit_code([]) == 2
    assert "fault of revsim" not in capsys.readouterr().err


def test_where_stderr_cannot_be_written_stdout_hears_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    streams.tell("what went wrong")
    assert capsys.readouterr().out == "what went wrong\n"


def test_where_nobody_can_hear_it_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    streams.tell("what went wrong")
    assert streams.flush() is None
    with pytest.raises(UserError, match="it is closed"):
        streams.check_stdout()


@posix
def test_a_reader_that_went_away_is_known_without_writing() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        assert streams.refusal(stream) is None
        os.close(reading)
        error = streams.refusal(stream)
        assert error is not None
        assert error.errno == errno.EPIPE


@posix
@pytest.mark.parametrize("arguments", ["run --help", "show status-quo.yaml", "run status-quo.yaml -n 2 --out r --json"])
def test_with_a_progress_that_nobody_reads_it_is_141(arguments: str, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "revsim", *arguments.split()],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PACKAGE)},
        stdout=writing,
        stderr=writing,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 141
