"""The two tables of a study, as frames."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd


class Rows(NamedTuple):
    """One row per quarter, one per week; in the order of layout.TABLES."""

    quarters: pd.DataFrame
    weeks: pd.DataFrame

    def of_quarters(self, columns: Collection[str]) -> pd.DataFrame:  # noqa: ARG002 - as below
        """The table of quarters, with these columns at least."""
        return self.quarters

    def of_weeks(self, columns: Collection[str]) -> pd.DataFrame:  # noqa: ARG002 - as Kept, which reads only those
        """The table of weeks, with these columns at least."""
        return self.weeks
