"""Where everything of a study is; no other file builds a path under a results folder."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

TABLES = ("quarters", "weeks")
PROBE = re.compile(r"\.probe-[0-9a-f]{8}\.parquet")
PART = re.compile(r"(?:quarters|weeks)-[0-9]{7,}\.parquet")


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

    def table(self, name: str) -> Path:
        """A table for people that only some studies have, by its name."""
        return self.root / f"{name}.csv"

    @property
    def best(self) -> Path:
        """Each scenario against the best of the others, where there are three or more."""
        return self.root / "best.csv"

    @property
    def report(self) -> Path:
        """The page for people."""
        return self.root / "report.html"

    @property
    def parts(self) -> Path:
        """The store: a ledger of what is done, and parts that hold the rows."""
        return self.root / "parts"

    @property
    def probe(self) -> Path:
        """A table that is written and removed before a study begins; another name each time."""
        return self.root / f".probe-{secrets.token_hex(4)}.parquet"

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders inside."""
        return (self.parts, self.scenarios, self.figures)

    @property
    def scenarios(self) -> Path:
        """Each scenario, resolved."""
        return self.root / "scenarios"

    @property
    def figures(self) -> Path:
        """Pictures."""
        return self.root / "figures"

    @property
    def longer(self) -> Folder:
        """The same scenarios over more quarters, a study of its own, for net value."""
        return Folder(self.root / "longer")

    @property
    def ledger(self) -> Path:
        """Which runs are done, and in which part; SQLite."""
        return self.parts / "ledger.sqlite"

    def scenario_files(self, names: Sequence[str]) -> dict[str, Path]:
        """A file for each resolved scenario; names that look alike as file names get a number."""
        files: dict[str, Path] = {}
        for name in names:
            stem, taken, number = slug(name), set(files.values()), 1
            path = self.scenarios / f"{stem}.yaml"
            while path in taken:
                number += 1
                path = self.scenarios / f"{stem}-{number}.yaml"
            files[name] = path
        return files

    def figure(self, name: str, kind: str) -> Path:
        """A figure as svg or png."""
        return self.figures / f"{name}.{kind}"

    def whole(self, table: str) -> Path:
        """A table of all runs, `quarters` or `weeks`."""
        return self.quarters if table == "quarters" else self.weeks

    def part(self, table: str, number: int) -> Path:
        """One table of a part."""
        return self.parts / f"{table}-{number:07d}.parquet"

    def parts_of(self, table: str) -> list[Path]:
        """All that is named as a part of one table, by name; whether it counts is the ledger's to say."""
        try:
            named = [path for path in self.parts.iterdir() if PART.fullmatch(path.name)]
        except FileNotFoundError:
            return []
        return sorted(path for path in named if path.name.startswith(f"{table}-"))
