"""History matching: which worlds' baselines look like companies that are known, by the patterns of model.md, 11.

The misfit of a pattern is how far its value lies outside its range, in widths of that range (in units of 2 where the
range is a point); a world's misfit is that of its worst pattern. A world passes if its misfit is at most the slack
(Craig, Goldstein, Seheult and Smith 1997 keep what is not implausible, and never look for the best fit).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
import pandas as pd

from revsim.analysis.patterns import Pattern
from revsim.analysis.worlds.table import Seen

POINT = 2.0


def misfit(pattern: Pattern) -> float:
    """How far outside its range, in widths; 0 inside, infinite without a value."""
    if not np.isfinite(pattern.value):
        return float("inf")
    outside = max(pattern.low - pattern.value, pattern.value - pattern.high, 0.0)
    return outside / (pattern.high - pattern.low or POINT)


def history_rows(seen: Sequence[Seen], slack: float | None) -> pd.DataFrame:
    """world, misfit (of its worst pattern), worst_pattern, plausible; worlds without rows are left out.

    Without a slack all are plausible: they were matched before, by more than these rows.
    """
    most = inf if slack is None else slack
    rows = []
    for one in seen:
        if one.patterns:
            worst = max(one.patterns, key=misfit)
            rows.append((one.world, misfit(worst), worst.name if misfit(worst) > 0.0 else "", misfit(worst) <= most))
    return pd.DataFrame(rows, columns=["world", "misfit", "worst_pattern", "plausible"])


def pattern_rows(seen: Sequence[Seen], slack: float | None) -> pd.DataFrame:
    """pattern, low, high, and over all worlds: median value, share of worlds in range, and within the slack."""
    most = inf if slack is None else slack
    found = [one.patterns for one in seen if one.patterns]
    rows = []
    for same in zip(*found, strict=True):
        off = np.array([misfit(pattern) for pattern in same])
        median = float(np.median([pattern.value for pattern in same]))
        rows.append((same[0].name, same[0].low, same[0].high, median, (off == 0.0).mean(), (off <= most).mean()))
    return pd.DataFrame(rows, columns=["pattern", "low", "high", "median", "in_range", "within_slack"])
