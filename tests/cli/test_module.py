"""`python -m revsim` is the command, however Python is set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from revsim.cli import streams

PACKAGE = Path(__file__).resolve().parents[2]


def module(*words: str, flags: tuple[str, ...] = (), at: Path) -> str:
    done = subprocess.run(
        [sys.executable, *flags, "-m", "revsim", *words],
        cwd=at,
        env=os.environ | {"PYTHONPATH": str(PACKAGE)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("flags", [("-OO",), ("-X", "dev", "-W", "error")])
@pytest.mark.parametrize("words", ["--help", "compare --help", "schema"])
def test_it_says_the_same_with_and_without_docstrings(words: str, flags: tuple[str, ...], tmp_path: Path) -> None:
    plain = module(*words.split(), at=tmp_path)
    assert len(plain.splitlines()) > 10
    assert module(*words.split(), flags=flags, at=tmp_path) == plain


def test_its_name_in_the_usage_is_the_command_s(tmp_path: Path) -> None:
    assert module("run", "--help", at=tmp_path).split()[:3] == ["Usage:", "revsim", "run"]


def test_what_libraries_print_while_a_study_runs_is_no_part_of_its_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with streams.libraries_on_stderr():
        print("[cache] index loaded")  # noqa: T201 - as numba does with NUMBA_DEBUG_CACHE
    assert capsys.readouterr() == ("", "[cache] index loaded\n")
