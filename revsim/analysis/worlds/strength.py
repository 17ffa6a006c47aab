"""Which assumptions move a contest: Spearman's rank correlation of each axis with the effect over the worlds.

With many axes some correlate by chance: q is the share of false alarms among all axes at least as strong as this one
(Benjamini and Hochberg 1995).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, rankdata
from scipy.stats import t as student

from revsim.analysis.cube import Floats

FEWEST_WORLDS = 20  # a correlation over fewer says nothing among many axes


def strengths(draws: pd.DataFrame, effect: Floats) -> pd.DataFrame:
    """axis, rho, p, q; strongest first.

    `draws` has a column an axis and a row a world, `effect` a number a world; worlds without one are left out, and
    an axis that does not vary has no rho.
    """
    there = np.isfinite(effect)
    count = int(there.sum())
    names = [str(name) for name in draws.columns]
    if count < FEWEST_WORLDS:
        return pd.DataFrame({"axis": names, "rho": np.nan, "p": np.nan, "q": np.nan})
    ranks = rankdata(draws.to_numpy()[there], axis=0)
    ranks -= ranks.mean(axis=0)
    mine = rankdata(effect[there])
    mine -= mine.mean()
    scale = np.sqrt((ranks**2).sum(axis=0) * (mine**2).sum())
    # ranks are whole or half numbers, so that sums are exact and no rho lies beyond one
    rho = np.divide(ranks.T @ mine, scale, out=np.full(len(names), np.nan), where=scale > 0.0)
    with np.errstate(divide="ignore"):
        p = 2.0 * student.sf(np.abs(rho) * np.sqrt((count - 2) / (1.0 - rho**2)), count - 2)
    q = np.full(len(names), np.nan)
    known = np.isfinite(p)
    if known.any():
        q[known] = false_discovery_control(p[known])
    frame = pd.DataFrame({"axis": names, "rho": rho, "p": p, "q": q})
    return frame.sort_values("rho", key=np.abs, ascending=False, kind="stable", na_position="last", ignore_index=True)
