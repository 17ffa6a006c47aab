"""Faults that change nothing that a user could see, each with its reason: kept in equivalent.txt.

    path | line of code | before -> after | reason

"*" stands for any text of its part. A reason says why no test can tell, never that none does yet.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from mutation.faults import Fault

FILE = Path(__file__).with_name("equivalent.txt")
PARTS = 4


class Equivalent(NamedTuple):
    """Some faults, and why they are none."""

    path: str
    code: str
    change: str
    reason: str

    def covers(self, fault: Fault) -> bool:
        """Whether a fault is one of these."""
        given = (fault.path, fault.code, f"{fault.before} -> {fault.after}")
        return all(fnmatchcase(_plain(one), _plain(rule)) for one, rule in zip(given, self[:3], strict=True))


def _plain(text: str) -> str:
    """Brackets are text here, not sets of letters."""
    return text.replace("[", "(").replace("]", ")").replace("?", "!")


def equivalents(file: Path = FILE) -> list[Equivalent]:
    """All that are known; raises ValueError for a line without its four parts."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            parts = [part.strip() for part in line.split(" | ")]
            if len(parts) != PARTS or not all(parts):
                raise ValueError(f"{file.name}: `{line}` must be: path | line of code | before -> after | reason")
            found.append(Equivalent(*parts))
    return found


def reason_of(fault: Fault, known: list[Equivalent]) -> str:
    """Why a fault is none; "" for one that is."""
    return next((one.reason for one in known if one.covers(fault)), "")
