"""A study's rows on disk: parts while it runs, whole tables when it is done, and the read side."""

from __future__ import annotations

import shutil
from typing import NamedTuple

import pandas as pd

from revsim.store.layout import Folder
from revsim.store.tables import KEYS, read_table, write_table


class Rows(NamedTuple):
    """The two tables of a study."""

    quarters: pd.DataFrame
    weeks: pd.DataFrame


def _pairs(frame: pd.DataFrame) -> set[tuple[str, int]]:
    """(scenario, replication) that stand in a table."""
    unique = frame[["scenario", "replication"]].drop_duplicates()
    return set(zip(unique["scenario"].tolist(), unique["replication"].tolist(), strict=True))


def _table(folder: Folder, table: str) -> pd.DataFrame | None:
    """A whole table and its parts together; None if there is nothing. Doubled rows are equal rows: one is kept."""
    whole = folder.quarters if table == "quarters" else folder.weeks
    paths = [path for path in [whole, *folder.parts_of(table)] if path.exists()]
    if not paths:
        return None
    keys = KEYS[table]
    return pd.concat([read_table(path, keys) for path in paths], ignore_index=True).drop_duplicates(list(keys))


def read_rows(folder: Folder) -> Rows | None:
    """What is done, parts included; only (scenario, replication) that stand in both tables."""
    quarters, weeks = _table(folder, "quarters"), _table(folder, "weeks")
    if quarters is None or weeks is None:
        return None
    both = _pairs(quarters) & _pairs(weeks)
    kept = []
    for frame in (quarters, weeks):
        pairs = zip(frame["scenario"].tolist(), frame["replication"].tolist(), strict=True)
        kept.append(frame[[pair in both for pair in pairs]].reset_index(drop=True))
    return Rows(*kept)


def done(rows: Rows | None, scenarios: list[str]) -> set[int]:
    """Replications that every scenario has."""
    if rows is None:
        return set()
    pairs = _pairs(rows.quarters)
    return {number for _, number in pairs if all((name, number) in pairs for name in scenarios)}


def sort_rows(rows: Rows, scenarios: list[str]) -> Rows:
    """By order of the scenarios, replication, quarter, week: the same rows whoever made them in whatever order."""
    rank = {name: place for place, name in enumerate(scenarios)}
    sorted_tables = []
    for table, frame in zip(("quarters", "weeks"), rows, strict=True):
        place = frame["scenario"].map(rank)
        order = frame.assign(scenario=place).sort_values(list(KEYS[table]), kind="stable").index
        sorted_tables.append(frame.loc[order].reset_index(drop=True))
    return Rows(*sorted_tables)


def write_part(folder: Folder, rows: Rows, replications: list[int]) -> None:
    """Keep a finished batch. Quarters come last: a batch counts once both are there."""
    write_table(rows.weeks, folder.part("weeks", replications), KEYS["weeks"])
    write_table(rows.quarters, folder.part("quarters", replications), KEYS["quarters"])


def merge(folder: Folder, rows: Rows) -> None:
    """Write the whole tables; only then drop the parts."""
    write_table(rows.weeks, folder.weeks, KEYS["weeks"])
    write_table(rows.quarters, folder.quarters, KEYS["quarters"])
    shutil.rmtree(folder.parts, ignore_errors=True)
