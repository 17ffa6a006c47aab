"""Outcomes as the two tables of a part: content, replication, quarter (and week), then everything measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from revsim.experiment.task import Columns, Outcome
from revsim.store.ledger import Run
from revsim.store.rows import Rows

KEYS = ("quarter", "week")


def _joined(name: str, parts: list[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """Keys and whole numbers as int64, all else as float64."""
    whole = name in KEYS or all(part.dtype.kind in "iub" for part in parts)
    return np.concatenate(parts, dtype=np.int64 if whole else np.float64, casting="unsafe")


def _frame(tables: list[tuple[Run, Columns]]) -> pd.DataFrame:
    """Content and replication in front of each table's columns."""
    if not tables:
        return pd.DataFrame()
    lengths = [len(next(iter(columns.values()))) for _, columns in tables]
    front = {
        "content": np.repeat(np.asarray([run.content for run, _ in tables], dtype=object), lengths),
        "replication": np.repeat(np.asarray([run.replication for run, _ in tables], dtype=np.int64), lengths),
    }
    names = list(tables[0][1])
    ordered = [key for key in KEYS if key in names] + [name for name in names if name not in KEYS]
    rest = {name: _joined(name, [columns[name] for _, columns in tables]) for name in ordered}
    frame = pd.DataFrame({**front, **rest})
    frame["content"] = frame["content"].astype("str")
    return frame


def rows_of(outcomes: Sequence[Outcome]) -> tuple[list[Run], Rows]:
    """The runs that were made, by content and replication, and their rows in this order."""
    found = sorted(
        (
            (Run(content, outcome.replication), tables)
            for outcome in outcomes
            for content, tables in outcome.tables.items()
        ),
        key=lambda one: one[0],
    )
    quarters = _frame([(run, quarters) for run, (quarters, _) in found])
    return [run for run, _ in found], Rows(quarters, _frame([(run, weeks) for run, (_, weeks) in found]))
