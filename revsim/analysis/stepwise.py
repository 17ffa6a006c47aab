"""Where an effect begins, with one error rate for the whole search: tests in a fixed order, none after the first fails.

Levels (or quarters, or weeks ahead) are tested from the one where the effect is expected to be largest towards the
reference, each at the full error rate, and the search ends at the first that is not clear. The chance of calling any
level too early is at most that rate, without further adjustment (Hsu and Berger 1999, "Stepwise confidence intervals
without multiplicity adjustment for dose-response and toxicity studies", JASA 94, 468-482; closed testing). Where
several searches are made for one statement, each takes its share of the rate (Bonferroni): `shared`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from revsim.analysis.interval import CONFIDENCE, Interval


def shared(part: Interval, replications: int, searches: int) -> Interval:
    """A 95 % t interval over replications, widened so that `searches` of them are right together with 95 %."""
    degrees = replications - 1
    if degrees < 1 or searches == 1:
        return part
    alone, together = (float(stdtrit(degrees, 1.0 - (1.0 - CONFIDENCE) / 2.0 / count)) for count in (1, searches))
    ratio = together / alone
    return Interval(
        part.estimate,
        part.estimate - ratio * (part.estimate - part.low),
        part.estimate + ratio * (part.high - part.estimate),
    )


def begins(parts: Sequence[Interval]) -> int | None:
    """The first position from which all intervals to the last are clear of zero on one side; None if the last is not.

    An interval without ends is not clear.
    """
    first: int | None = None
    for place in reversed(range(len(parts))):
        part = parts[place]
        is_clear = bool(np.isfinite([part.low, part.high]).all()) and part.clear
        if not is_clear or (part.low > 0.0) != (parts[-1].low > 0.0):
            break
        first = place
    return first
