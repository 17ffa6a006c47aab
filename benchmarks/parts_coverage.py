"""How often the 95 % intervals of chance and structure cover their truth.

    python benchmarks/parts_coverage.py [STUDIES]

STUDIES (1,000 unless said) small studies of each made-up company (coverage_futures.py), with 50 and with 200
replications, one continued quarter each and four (the default), by how much of the baseline's V is chance: 15 % (the
shipped company at mid-quarter: 16), half, and 80 %. Wanted: 93 to 97 %; the standard error is 0.7 points. Writes
parts_coverage.csv beside this file.

The effect is the log ratio, and the difference of both where that has no interval, as effects.csv has it; `without` is
the share of studies without a ratio.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from coverage_futures import SHARES, cube_of, truths
from coverage_lines import HIGH, LOW, SIZES, STUDIES, Line, line_of, shown, write
from coverage_worlds import FAMILIES

from revsim.analysis import interval
from revsim.analysis.interval import Interval
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from revsim.settings import DEFAULT_CONTINUATIONS

WEEK = 7
PARTS = ("chance", "structure")
CONTINUED = (1, DEFAULT_CONTINUATIONS)


def intervals(
    family: str, share: float, size: int, many: int, rng: np.random.Generator
) -> dict[tuple[str, str], Interval]:
    """(part, level, effect or difference) -> interval, by the very functions that make summary.csv and effects.csv."""
    cube = cube_of(family, share, size, rng, many)
    found = {}
    for part in PARTS:
        theirs, mine = (forecast_variance(View(cube, own, 0), WEEK, f"_{part}") for own in (0, 1))
        level = interval.of_positive if part == "structure" else interval.of_variance
        found[part, "level"] = level(theirs)
        found[part, "ratio"] = interval.log_ratio(mine, theirs)
        found[part, "difference"] = interval.difference(mine, theirs)
    return found


def lines(family: str, name: str, size: int, many: int, studies: int) -> Iterator[Line]:
    """The table's rows of one family, share of chance, size and number of continued quarters: the same companies."""
    seed = [list(FAMILIES).index(family), size, list(SHARES).index(name)]
    rng, truth = np.random.default_rng(seed), truths(family, SHARES[name])
    found = [intervals(family, SHARES[name], size, many, rng) for _ in range(studies)]
    for part in PARTS:
        level, logs = truth[part]
        names = family, str(size), f"{part} ({name} chance, {many} continued)"
        yield line_of((*names, "level"), [one[part, "level"] for one in found], level)
        ratios = [one[part, "ratio"] for one in found]
        yield line_of((*names, "ratio"), ratios, logs)
        # in the unit of the ratio's logarithm less the truth, so that both kinds have their truth at zero
        change = level * np.expm1(logs)
        effects = [
            less(one[part, "difference"], change) if np.isnan(ratio.low) else less(ratio, logs)
            for one, ratio in zip(found, ratios, strict=True)
        ]
        yield line_of((*names, "effect"), effects, 0.0)


def less(one: Interval, true: float) -> Interval:
    """An interval of what is left without its truth."""
    return Interval(*(end - true for end in one))


def main() -> None:
    """Print the table and write it."""
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else STUDIES
    table = shown(
        line
        for family in FAMILIES
        for size in SIZES
        for name in SHARES
        for many in CONTINUED
        for line in lines(family, name, size, many, studies)
    )
    print(f"{sum(line.within == 'yes' for line in table)} of {len(table)} between {LOW} and {HIGH}")
    if studies >= STUDIES:
        write(table, Line._fields, "parts_coverage.csv")


if __name__ == "__main__":
    main()
