"""The two tables of a study, as frames."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Rows(NamedTuple):
    """One row per quarter, one per week; in the order of layout.TABLES."""

    quarters: pd.DataFrame
    weeks: pd.DataFrame
