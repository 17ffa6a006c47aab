"""What stands: standing twins against a baseline that stands likewise, in rows and balances of their own.

They are in no contest: which scenario is best is asked of those that were given, each as it is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis.balance import Balance, balances
from revsim.analysis.comparison import effects_frame, summary_frame
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import Row, estimates
from revsim.analysis.spans import Twins


class Standing(NamedTuple):
    """Rows and balances of standing twins; `twins` says of whom each is."""

    twins: Twins
    rows: list[Row]
    balances: list[Balance]

    def summary(self) -> pd.DataFrame:
        """Levels as the rows of summary.csv; a baseline that is no twin has its own there already."""
        return summary_frame(row for row in self.rows if row.scenario in self.twins.of)

    def effects(self) -> pd.DataFrame:
        """Effects as the rows of effects.csv."""
        return effects_frame(self.rows)


def standing_of(cube: Cube, baseline: str, money: str, of: Mapping[str, str], longer: Cube | None = None) -> Standing:
    """Those of a cube of twins and their baseline; `longer` has the same scenarios over more quarters."""
    base = cube.scenarios.index(baseline)
    worth = balances(cube, base, cube.margin, longer) if np.isfinite(cube.margin) else []
    return Standing(Twins(cube, base, of), estimates(cube, base, money), worth)
