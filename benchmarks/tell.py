"""Write docs/findings.md from its template: every number on that page is read from a table that is kept.

    python benchmarks/tell.py [--keep STUDY]

`benchmarks/study/findings.md.jinja` is the page with `{{ ... }}` where a number stands; the tables are the csv files
beside it. With --keep they are first copied from the folders of `make study` (e.g. results/study), with manifests.
A test holds the page to its template and tables.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined
from sayings import PLAIN, WORDS, Sayings

from revsim.store.csv_text import read_frame

HERE = Path(__file__).parent / "study"
TEMPLATE, PAGE = "findings.md.jinja", Path(__file__).parents[1] / "docs" / "findings.md"
KEPT = {
    "compare": ("effects", "summary", "balance", "best", "time_to_effect_findings"),
    "attribute": ("attribution", "one_moment"),
    "sweep": ("onset", "early_warning", "masking", "waiting", "points"),
    "stress": ("stress", "stalled"),
    "worlds": ("shares", "best", "conditions", "patterns"),
    "worlds2": ("shares", "conditions"),
    "worlds3": ("shares", "conditions"),
    "parts": ("parts",),
}
SMALLER = {  # of a large table what is told
    "early_warning": ("weeks_ahead", (1, 13, 26)),
    "masking": ("quarter", (0, 1, 8)),
    "attribution": ("measure", ("forecast_variance_week_7", "bookings", "renewals_and_expansion")),
    "stress": ("window", ("event",)),
}
FACTS = ("command", "seed", "replications", "continuations", "code", "engine", "scenarios", "end", "versions")


class Tables:
    """The kept tables; each method finds one number, or one with its interval, as text."""

    def __init__(self, folder: Path) -> None:
        """Tables are read when they are asked for."""
        self._folder, self._read = folder, dict[str, pd.DataFrame]()

    def table(self, name: str) -> pd.DataFrame:
        """`compare-effects` and so on."""
        if name not in self._read:
            self._read[name] = read_frame(self._folder / f"{name}.csv")
        return self._read[name]

    def row(self, name: str, **where: object) -> dict[str, Any]:
        """The one row in which these columns have these values. Raises ValueError if there is not exactly one."""
        found = self.table(name)
        for column, value in where.items():
            found = found[found[column] == value]
        if len(found) != 1:
            msg = f"{name}: {len(found)} rows where {where}"
            raise ValueError(msg)
        return dict(found.iloc[0])

    def manifest(self, name: str) -> dict[str, Any]:
        """What of the study's manifest is kept."""
        kept: dict[str, Any] = json.loads((self._folder / f"{name}.manifest.json").read_text(encoding="utf-8"))
        return kept


def page(folder: Path = HERE) -> str:
    """The page's text."""
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - Markdown
    tables = Tables(folder)
    says = Sayings(tables.row, tables.table)
    finds = {"row": tables.row, "table": tables.table, "manifest": tables.manifest}
    told = {name: getattr(says, name) for name in dir(says) if not name.startswith("_")}
    template = environment.from_string((folder / TEMPLATE).read_text(encoding="utf-8"))
    text: str = template.render(**finds, **told, **WORDS, **PLAIN)
    return text


def keep_table(file: Path, place: Path) -> None:
    """Copy a table, or of a large one the rows that are told."""
    if file.stem not in SMALLER:
        shutil.copyfile(file, place)
        return
    column, values = SMALLER[file.stem]
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    mine = rows[rows[column].isin([str(value) for value in values])]
    place.write_text(mine.to_csv(index=False, lineterminator="\n"), encoding="utf-8")


def keep(study: Path) -> None:
    """Copy the small tables of each study that is there, and what of its manifest says how to make it again."""
    for name, tables in KEPT.items():
        for table in tables:
            file = study / name / f"{table}.csv"
            if file.exists():
                keep_table(file, HERE / f"{name}-{table}.csv")
        manifest = study / name / "manifest.json"
        if manifest.exists():
            facts = json.loads(manifest.read_text(encoding="utf-8"))
            facts["scenarios"] = facts["scenarios"][:20]  # of worlds the first few
            kept = {fact: facts[fact] for fact in FACTS if fact in facts}
            (HERE / f"{name}.manifest.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Keep what is asked for, then write."""
    if "--keep" in sys.argv:
        keep(Path(sys.argv[sys.argv.index("--keep") + 1]))
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")


if __name__ == "__main__":
    main()
