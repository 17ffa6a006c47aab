"""Outcomes as the two frames of interface.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from revsim.experiment.replicate import Case, Columns, Outcome
from revsim.store.results import Rows

KEYS = ("quarter", "week")


def _plain(name: str, values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Keys and whole numbers as int64, all else as float64."""
    whole = name in KEYS or values.dtype.kind in "iub"
    return values.astype(np.int64 if whole else np.float64)


def _frame(tables: list[tuple[str, int, Columns]]) -> pd.DataFrame:
    """Scenario and replication in front of each table's columns."""
    if not tables:
        return pd.DataFrame()
    lengths = [len(next(iter(columns.values()))) for _, _, columns in tables]
    front = {
        "scenario": np.repeat(np.asarray([name for name, _, _ in tables], dtype=object), lengths),
        "replication": np.repeat(np.asarray([number for _, number, _ in tables], dtype=np.int64), lengths),
    }
    names = list(tables[0][2])
    ordered = [key for key in KEYS if key in names] + [name for name in names if name not in KEYS]
    rest = {name: np.concatenate([_plain(name, columns[name]) for _, _, columns in tables]) for name in ordered}
    frame = pd.DataFrame({**front, **rest})
    frame["scenario"] = frame["scenario"].astype("str")
    return frame


def rows_of(outcomes: Sequence[Outcome], cases: Sequence[Case]) -> Rows:
    """Both tables; equal contents are reported under each of their names."""
    found = [
        (case.name, outcome.replication, outcome.tables[case.content])
        for case in cases
        for outcome in outcomes
        if case.content in outcome.tables
    ]
    return Rows(
        _frame([(name, number, quarters) for name, number, (quarters, _) in found]),
        _frame([(name, number, weeks) for name, number, (_, weeks) in found]),
    )


def together(frames: Sequence[Rows]) -> Rows | None:
    """Rows of several batches in one; None if there are none."""
    there = [rows for rows in frames if len(rows.quarters)]
    if not there:
        return None
    return Rows(
        pd.concat([rows.quarters for rows in there], ignore_index=True),
        pd.concat([rows.weeks for rows in there], ignore_index=True),
    )
