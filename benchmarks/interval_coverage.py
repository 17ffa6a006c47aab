"""How often 95 % intervals cover a known truth, of every kind that revsim.analysis gives.

    python benchmarks/interval_coverage.py [STUDIES]

STUDIES (1,000 unless said) small studies of each made-up company (coverage_worlds.py), with 50 and with 200
replications, and after stopping by precision (`--precision`: relative half-width of the headline at most WISH, at
least FEWEST replications, at most MOST). Wanted: 93 to 97 %. With 1,000 studies the standard error of a coverage is
0.7 points. Writes interval_coverage.csv beside this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from coverage_lines import HIGH, LOW, SIZES, STUDIES, Line, line_of, shown, write
from coverage_worlds import FAMILIES, WELL, cube_of, truths

from revsim.analysis import interval, tail
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.estimates import level_of
from revsim.analysis.forecasting import far_off
from revsim.analysis.interval import Interval
from revsim.analysis.operating import plan_met
from revsim.analysis.precision import FEWEST, Rule, headline_path, step
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

WISH, MOST = 0.15, 600
WEEK = 7


def intervals(cube: Cube) -> dict[tuple[str, str], Interval]:
    """(measure, level or effect) -> interval, by the very functions that make summary.csv and effects.csv."""
    base, own = View(cube, 0, 0), View(cube, 1, 0)
    theirs, mine = forecast_variance(base, WEEK), forecast_variance(own, WEEK)
    found = {
        ("forecast_variance", "level"): interval.of_variance(theirs),
        ("forecast_variance", "effect"): interval.log_ratio(mine, theirs),
    }
    sales, others = (view.quarter("bookings").mean(axis=1) for view in (base, own))
    found["bookings", "level"] = level_of("bookings", sales)
    found["bookings", "effect"] = interval.of_mean(others - sales)
    for name, read in (("plan_met", plan_met), ("off_by_ten_percent", far_off(WEEK)), ("plan_met_well", well)):
        found[name, "level"] = level_of(name, read(base))
        found[name, "effect"] = interval.of_mean(read(own) - read(base))
    (level, _), (_, change) = (tail.resampled(tail.shortfall(view), tail.shortfall(base)) for view in (base, own))
    for what, one in (("level", level), ("effect", change)):
        for k, name in enumerate(tail.TITLES):
            found[name, what] = tail.interval_of(one, k, len(sales))
    return found


def well(view: View) -> Floats:
    """Share of quarters that beat the plan by far: a rare event."""
    return np.asarray((view.quarter("bookings") >= WELL * view.base_quarter("plan")).mean(axis=1))


def stopped(family: str, rng: np.random.Generator) -> Cube:
    """A study that went on until its headline was precise enough, or to MOST."""
    whole, rule, have = cube_of(family, MOST, rng), Rule(WISH, FEWEST, MOST), FEWEST
    path = headline_path(whole, 0)
    while True:
        found = step(path, have, rule)
        if found.solution is not None or have >= MOST:
            columns = {name: values[:, :have] for name, values in whole.quarterly.items()}
            weekly = {name: values[:, :have] for name, values in whole.weekly.items()}
            return whole._replace(replications=whole.replications[:have], quarterly=columns, weekly=weekly)
        have = max(found.goal, have + 1)


def lines(family: str, size: int | None, studies: int, seed: int) -> Iterator[Line]:
    """The table's rows of one family and size; None stops by precision."""
    rng, truth = np.random.default_rng(seed), truths(family)
    found = [intervals(stopped(family, rng) if size is None else cube_of(family, size, rng)) for _ in range(studies)]
    for measure, what in found[0]:
        true = truth[measure][what == "effect"]
        names = family, "precision" if size is None else str(size), measure, what
        yield line_of(names, [one[measure, what] for one in found], true)


def main() -> None:
    """Print the table and write it."""
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else STUDIES
    table = shown(
        line
        for place, family in enumerate(FAMILIES)
        for size in (*SIZES, None)
        for line in lines(family, size, studies, seed=1000 * place + (size or 0))
    )
    print(f"{sum(line.within == 'yes' for line in table)} of {len(table)} between {LOW} and {HIGH}")
    if studies >= STUDIES:
        write(table, Line._fields, "interval_coverage.csv")


if __name__ == "__main__":
    main()
