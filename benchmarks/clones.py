"""Two clones of this project side by side: what a command of each takes of processor and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parents[1]
PROGRAM = "from revsim.cli.app import main; main()"  # older ones are no module to run
COMPILE = "from revsim.prepare import prepare; prepare('compiled', print)"
MEGABYTE = 1024.0 if sys.platform != "darwin" else 1024.0**2  # of what the system counts memory in


class Used(NamedTuple):
    """Seconds of processor of a command and all that it started, and MB at the peak of the largest of them."""

    seconds: float
    peak: float


class Clone(NamedTuple):
    """A clone and the Python that has what it needs."""

    root: Path
    python: str

    def used(self, *words: str) -> Used:
        """What Python takes with these words, in a folder of its own. Raises CalledProcessError if it fails."""
        way = {**os.environ, "PYTHONPATH": str(self.root), "MPLBACKEND": "agg"}
        with tempfile.TemporaryDirectory() as place:
            line = [self.python, *words]
            process = subprocess.Popen(line, cwd=place, env=way, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
            _, status, spent = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise subprocess.CalledProcessError(process.returncode, line)
        return Used(spent.ru_utime + spent.ru_stime, spent.ru_maxrss / MEGABYTE)

    def told(self, *words: str) -> str:
        """What Python says with these words."""
        way = {**os.environ, "PYTHONPATH": str(self.root)}
        line = [self.python, *words]
        done = subprocess.run(line, check=True, capture_output=True, text=True, env=way)  # noqa: S603 - ours
        return done.stdout

    def command(self, words: Sequence[str], replications: int) -> Used:
        """What a command of revsim's takes, into a fresh folder."""
        return self.used("-c", PROGRAM, *words, "--replications", str(replications), "--quiet", "--out", "study")

    def compile(self) -> None:
        """Have the machine code at hand before anything is timed."""
        self.used("-c", COMPILE)


def clones(other: str, python: str | None = None) -> tuple[Clone, Clone]:
    """The clone at hand and another; the other's Python is that of its environment where it has one, else this one."""
    root = Path(other).resolve()
    own = root / ".venv" / "bin" / "python"
    pair = Clone(HERE, sys.executable), Clone(root, python or (str(own) if own.exists() else sys.executable))
    for clone in pair:
        clone.compile()
    return pair
