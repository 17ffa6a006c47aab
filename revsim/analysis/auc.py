"""The area under the ROC curve, within quarters and over replications.

    AUC = sum_q sum_{i missed, j not, both in q} [x_i > x_j] + 1/2 [x_i = x_j]  /  sum_q n_missed,q n_met,q

Only pairs of the same quarter are compared, so that growth and season, which every replication shares, announce
nothing. Rank sums give it (Mann-Whitney). Interval: delete-one jackknife over replications, in closed form from the
placement values (DeLong, DeLong and Clarke-Pearson 1988; clusters as in Obuchowski 1997): a replication is one
cluster with all its quarters.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from revsim.analysis.cube import Floats
from revsim.analysis.jackknife import Jackknifed

FEWEST_CASES = 5  # missed quarters, and met ones: with fewer an area is of single fates
SHIFTS = 200
Flags = NDArray[np.bool_]


def ranks(values: Floats) -> Floats:
    """Midranks along the first axis; what is NaN has none."""
    flat = values.reshape(len(values), -1)
    return np.asarray(pd.DataFrame(flat).rank(axis=0).to_numpy().reshape(values.shape))


def area(signal: Floats, missed: Flags) -> Jackknifed:
    """AUC of a signal that is higher where it warns; both are (replication, quarter).

    NaN with fewer than FEWEST_CASES missed or met quarters, or where no missed one has a met one beside it. Infinite
    signals are ranked, NaN is not allowed.
    """
    count = len(signal)
    if not missed.size or min(missed.sum(), (~missed).sum()) < FEWEST_CASES:
        return Jackknifed(np.nan, np.full(count, np.nan))
    hits, others = missed.sum(axis=0), (~missed).sum(axis=0)
    pairs = float((hits * others).sum())
    if pairs == 0.0:
        return Jackknifed(np.nan, np.full(count, np.nan))
    among, of_missed, of_met = ranks(
        np.stack([signal, np.where(missed, signal, np.nan), np.where(missed, np.nan, signal)], axis=1)
    ).swapaxes(0, 1)
    beaten = among - of_missed  # of a missed one: met ones below it
    beating = hits - (among - of_met)  # of a met one: missed ones above it
    own = np.where(missed, beaten, beating)
    won = float(beaten[missed].sum())
    without_pairs = pairs - np.where(missed, others, hits).sum(axis=1)
    without = won - own.sum(axis=1)
    return Jackknifed(won / pairs, without / np.where(without_pairs > 0.0, without_pairs, np.nan))


def shifted(signal: Floats, missed: Flags) -> Floats:
    """AUC of the signal beside the fates of other replications: the cyclic shifts, up to SHIFTS of them.

    Replications are exchangeable, so a shift keeps all but the tie between a signal and its own quarter: what comes out
    is what an empty signal of the same distribution and memory would show.
    """
    count = len(signal)
    hits, others = missed.sum(axis=0), (~missed).sum(axis=0)
    pairs = float((hits * others).sum())
    if pairs == 0.0:  # also of one replication alone
        return np.empty(0)
    steps = np.unique(np.linspace(1, count - 1, min(SHIFTS, count - 1)).astype(int))
    fates = missed[np.arange(count) - steps[:, None]]  # rolled; what is before the first is counted from the last
    sums = fates.reshape(len(steps), -1) @ ranks(signal).ravel() - (hits * (hits + 1) / 2.0).sum()
    return np.asarray(sums / pairs)
