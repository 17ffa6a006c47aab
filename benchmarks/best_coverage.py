"""Whether best.csv keeps its promises: multiple comparison with the best (Hsu 1981), and P(best) by bootstrap.

    python benchmarks/best_coverage.py [STUDIES]

STUDIES (1,000 unless said) made-up contests (coverage_contests.py) of each field and family, with 50 and with 200
replications. Promised, at least 95 % each: the intervals hold for all scenarios at once; one that is truly best is not
ruled out (of several alike each one, not all of them at once). P(best) is no test: it is held against how often a
scenario of which so much is said is truly the best, where every study draws its own truth. With 1,000 studies the
standard error of a share is 0.7 points at 95 %. Writes best_coverage.csv and chance_of_best.csv beside this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from coverage_contests import FIELDS, cube_of, gaps, scattered
from coverage_lines import SIZES, STUDIES, shown, write
from coverage_worlds import FAMILIES

from revsim.analysis.contest import contestants
from revsim.analysis.ranking import chance_of_best

ROUND = 1e-9
EDGES = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0)


class Contest(NamedTuple):
    """Shares of studies."""

    family: str
    size: str
    field: str
    studies: int
    all_hold: float  # every interval holds its truth
    best_kept: float  # one that is truly best is not ruled out; mean over those alike
    kept: float  # mean number of scenarios that are not ruled out
    found: float  # only those that are truly best are left
    none: float  # no contest: some variance has no logarithm


class Chance(NamedTuple):
    """Scenarios whose P(best) lay between two values."""

    family: str
    size: str
    at_least: float
    below: float
    scenarios: int
    told: float  # mean P(best)
    truly_best: float  # share of them that are


def contest(family: str, size: int, field: str, studies: int, seed: list[int]) -> Contest:
    """One field, many studies."""
    rng, truth = np.random.default_rng(seed), gaps(FIELDS[field])
    best, hold, kept, many, alone, none = truth <= ROUND, 0, 0.0, 0, 0, 0
    for _ in range(studies):
        found = contestants(cube_of(family, FIELDS[field], size, rng))
        if not found:
            none += 1
            continue
        able = np.array([one.may_be_best for one in found])
        low, high = (np.array([one.against_best[k] for one in found]) for k in (1, 2))
        ratio = np.expm1(truth)
        hold += bool(((low <= ratio + ROUND) & (ratio - ROUND <= high)).all())
        kept += float(able[best].mean())
        alone += bool((able <= best).all())
        many += int(able.sum())
    there = max(studies - none, 1)
    shares = (hold / there, kept / there, many / there, alone / there, none / studies)
    return Contest(family, str(size), field, studies, *shares)


def chances(family: str, size: int, studies: int, seed: list[int]) -> Iterator[Chance]:
    """P(best) against how often it is so."""
    rng, told, true = np.random.default_rng(seed), [], []
    for _ in range(studies):
        factors = scattered(rng)
        told.append(chance_of_best(cube_of(family, factors, size, rng)))
        true.append(np.arange(len(factors)) == int(np.argmin(factors)))
    said, so = np.concatenate(told), np.concatenate(true)
    for low, high in pairwise(EDGES):
        here = (said >= low) & ((said < high) | (high == EDGES[-1]))
        mean, share = (float(values[here].mean()) if here.any() else float("nan") for values in (said, so))
        yield Chance(family, str(size), low, high, int(here.sum()), mean, share)


def main() -> None:
    """Print both tables and write them."""
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else STUDIES
    cells = [(place, family, size) for place, family in enumerate(FAMILIES) for size in SIZES]
    contests = shown(
        contest(family, size, field, studies, seed=[place, size, k])
        for place, family, size in cells
        for k, field in enumerate(FIELDS)
    )
    reliability = shown(
        line for place, family, size in cells for line in chances(family, size, studies, seed=[place, size, 9])
    )
    if studies >= STUDIES:
        write(contests, Contest._fields, "best_coverage.csv")
        write(reliability, Chance._fields, "chance_of_best.csv")


if __name__ == "__main__":
    main()
