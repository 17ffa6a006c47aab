"""Where everything of a study is; no other file builds a path under a results folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

PART = "part"


def slug(name: str) -> str:
    """A name as a file name: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "study"


class Folder(NamedTuple):
    """A results folder."""

    root: Path

    @property
    def manifest(self) -> Path:
        """How to make this again."""
        return self.root / "manifest.json"

    @property
    def quarters(self) -> Path:
        """One row per scenario, replication, quarter."""
        return self.root / "quarters.parquet"

    @property
    def weeks(self) -> Path:
        """One row per scenario, replication, quarter, week."""
        return self.root / "weeks.parquet"

    @property
    def effects(self) -> Path:
        """Paired effects against the baseline."""
        return self.root / "effects.csv"

    @property
    def summary(self) -> Path:
        """Levels."""
        return self.root / "summary.csv"

    @property
    def report(self) -> Path:
        """The page for people."""
        return self.root / "report.html"

    @property
    def parts(self) -> Path:
        """Finished batches that are not yet merged."""
        return self.root / "parts"

    def scenario_files(self, names: Sequence[str]) -> dict[str, Path]:
        """A file for each resolved scenario; names that look alike as file names get a number."""
        files: dict[str, Path] = {}
        for name in names:
            stem, taken, number = slug(name), set(files.values()), 1
            path = self.root / "scenarios" / f"{stem}.yaml"
            while path in taken:
                number += 1
                path = self.root / "scenarios" / f"{stem}-{number}.yaml"
            files[name] = path
        return files

    def figure(self, name: str, kind: str) -> Path:
        """A figure as svg or png."""
        return self.root / "figures" / f"{name}.{kind}"

    def part(self, table: str, replications: list[int]) -> Path:
        """A batch of one table, named by the replications in it."""
        key = crc32(",".join(str(number) for number in replications).encode())
        return self.parts / f"{table}-{replications[0]:07d}-{replications[-1]:07d}-{key:08x}.parquet"

    def parts_of(self, table: str) -> list[Path]:
        """All batches of one table, by name."""
        return sorted(self.parts.glob(f"{table}-*.parquet"))
