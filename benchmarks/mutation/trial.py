"""A fault is put into a copy of the tree, and the tests of its matter run there until the first of them fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mutation.faults import Fault

COPIED = ("revsim", "tests", "scenarios", "benchmarks", "docs", "pyproject.toml", "README.md", "Makefile")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "study")
# no conftest of the whole suite: it would compile the engine anew for every fault, and these tests need none
PYTEST = ("-m", "pytest", "-o", "addopts=", "-x", "-q", "--noconftest", "-p", "no:cacheprovider")
PLAIN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # none of them is needed, and each takes its time to start
WRONG_USE, NOTHING_RUN = 4, 5  # pytest's own codes


class Ran(NamedTuple):
    """How the tests of a matter ended."""

    passed: bool
    first: str  # the test that failed, or why none did


class Tree:
    """A copy of the project in which one fault at a time stands."""

    def __init__(self, root: Path, folder: Path, seconds: float) -> None:
        """Copies what code and tests need; a run of tests may take so many seconds."""
        self.root, self.folder, self.seconds = root, folder, seconds
        self._edits = 0
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, folder / name, ignore=LEFT_OUT)
            elif (root / name).exists():
                shutil.copy(root / name, folder / name)

    def run(self, tests: Sequence[str], times: float = 1.0) -> Ran:
        """These tests, until the first fails; what does not end in so many times its seconds is a failure too."""
        way = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONHASHSEED": "0", **PLAIN}
        command, limit = [sys.executable, *PYTEST, *tests], times * self.seconds
        try:
            done = subprocess.run(  # noqa: S603 - this Python, and words of our own
                command, cwd=self.folder, env=way, capture_output=True, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return Ran(passed=False, first="no end")
        told = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        first = told[0].split(" - ")[0].partition(" ")[2] if told else f"pytest ended with {done.returncode}"
        if done.returncode == WRONG_USE:
            raise RuntimeError(f"pytest could not be asked: {done.stderr.strip() or done.stdout.strip()}")
        if done.returncode == NOTHING_RUN:
            return Ran(passed=True, first="no test of the matter")
        return Ran(passed=done.returncode == 0, first="" if done.returncode == 0 else first)

    def with_fault(self, fault: Fault, tests: Sequence[str]) -> Ran:
        """The same while a fault stands in the copy."""
        try:
            self._write(fault.path, fault.text)
            return self.run(tests)
        finally:
            self._write(fault.path, (self.root / fault.path).read_text(encoding="utf-8"))

    def _write(self, path: str, text: str) -> None:
        """With a time of its own: Python takes a compiled file for fresh by its time and size."""
        self._edits += 1
        file = self.folder / path
        file.write_text(text, encoding="utf-8")
        stamp = file.stat().st_mtime + 10.0 * self._edits
        os.utime(file, (stamp, stamp))
