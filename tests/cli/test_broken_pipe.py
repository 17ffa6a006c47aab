"""Whoever reads the output may go away, as `head` does: no failed check, and nothing to say."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = "from revsim.cli.app import main; main()"


@pytest.mark.parametrize("unbuffered", ["", "1"])  # the write fails, or what is left at the end
@pytest.mark.parametrize("arguments", [("show", "status-quo.yaml"), ("--version",)])
def test_a_reader_that_went_away_is_141_without_a_message(arguments: tuple[str, ...], unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        check=False,
    )
    os.close(writing)
    said = [line for line in done.stderr.decode().splitlines() if not line.startswith("note: using the shipped")]
    assert (done.returncode, said) == (141, [])
