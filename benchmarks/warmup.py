"""How long a warm-up: MSER-5 on the mean path of weekly series from the first day on.

    python benchmarks/warmup.py [replications]

MSER-5 (White 1997): batch the series by 5, cut the first d batches where the squared standard error of what is left is
least; not beyond half of the series, where little is left to judge by. Series are means over replications (100 unless
said) of the shipped companies from the first day of the lead-in quarter, over QUARTERS quarters; cuts are in quarters,
lead-in included. Writes warmup.csv beside this file and docs/warmup.svg.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from warmup_plot import save

from revsim.contract.of_scenario import parameters_of
from revsim.contract.sizes import sizes_for
from revsim.contract.trace import Kind
from revsim.luck.draw import draw
from revsim.measures.grouped import Grouped
from revsim.measures.window import Window
from revsim.scenario.load import load
from revsim.simulate import simulate
from revsim.units import DAYS_PER_QUARTER, WEEKS_PER_QUARTER

REPLICATIONS, QUARTERS, BATCH = 100, 40, 5
# growth would be taken for a warm-up
STEADY = ("calendar.warmup_quarters=1", "world.demand.growth=1", "world.leadership.plan_growth=1")
COMPANIES = ("status-quo", "companies/maven", "companies/olist")
KINDS = {"open pipeline": Kind.OPEN_PIPELINE, "pressure": Kind.PRESSURE, "tolerance": Kind.TOLERANCE}

Values = NDArray[np.float64]


class Series(NamedTuple):
    """The mean path of one output, (week,), and the warm-up that its company is shipped with, in quarters."""

    company: str
    output: str
    path: Values
    shipped: int  # lead-in included

    @property
    def scores(self) -> Values:
        """The squared standard error of what is left, by the number of batches cut."""
        batches = self.path[: len(self.path) // BATCH * BATCH].reshape(-1, BATCH).mean(axis=1)
        return np.array([batches[d:].var() / (len(batches) - d) for d in range(len(batches) // 2)])

    @property
    def cuts(self) -> Values:
        """What each of the scores cuts, in quarters."""
        return BATCH * np.arange(len(self.scores)) / WEEKS_PER_QUARTER

    @property
    def least(self) -> float:
        """The cut with the least score, in quarters."""
        return float(self.cuts[int(np.argmin(self.scores))])

    @property
    def lost(self) -> float:
        """By how much the score at the shipped warm-up lies above its least, a share of it."""
        return float(self.scores[self.shipped * WEEKS_PER_QUARTER // BATCH] / self.scores.min() - 1.0)

    @property
    def away(self) -> float:
        """The largest distance of a quarter's mean after the shipped warm-up from the mean of all that follow."""
        later = self.path.reshape(-1, WEEKS_PER_QUARTER).mean(axis=1)[self.shipped :]
        return float(np.abs(later / later.mean() - 1.0).max())


def outputs(trace: Grouped, weeks: int) -> dict[str, Values]:
    """Output -> one run's path by week."""
    won, work = trace.within(Kind.WON), trace.within(Kind.WORK_DONE)
    hours, ended = (np.bincount(rows.week, weights=rows.value, minlength=weeks) for rows in (work, won))
    actual = ended.reshape(-1, WEEKS_PER_QUARTER).sum(axis=1)
    error = np.abs(trace.by_week(Kind.FORECAST)[::WEEKS_PER_QUARTER] - actual) / actual
    return {
        "bookings": ended,
        "day-one error": np.repeat(error, WEEKS_PER_QUARTER),
        "load of reps": hours / trace.by_week(Kind.REPS_HOURS),
        **{name: trace.by_week(kind) for name, kind in KINDS.items()},
    }


def series_of(company: str, replications: int) -> Iterator[Series]:
    """The mean path of every output of a company."""
    name = f"scenarios/{company}.yaml"
    shipped = parameters_of(load(name)).span
    parameters = parameters_of(load(name, (*STEADY, f"calendar.quarters={QUARTERS}")))
    window, sizes = Window(0, QUARTERS + 2), sizes_for(parameters)
    found = [
        outputs(Grouped(simulate(parameters, draw(1, r, sizes)), window), WEEKS_PER_QUARTER * window.quarters)
        for r in range(replications)
    ]
    for output in found[0]:
        path = np.mean([one[output] for one in found], axis=0)
        yield Series(company.rsplit("/", 1)[-1], output, path, int(shipped.measured_from / DAYS_PER_QUARTER))


def main() -> None:
    """Print each series' best cut, what the shipped one loses against it and what still moves after it; write, draw."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    found = []
    for company in COMPANIES:
        for one in series_of(company, replications):
            found.append(one)
            print(f"{one.company:12} {one.output:14} cut {one.least:4.1f}", end=" ")
            print(f"at {one.shipped}: {one.lost:+.0%}, moves {one.away:.1%}")
            quarters = one.path.reshape(-1, WEEKS_PER_QUARTER).mean(axis=1)
            print("   by quarter", np.array2string(quarters / quarters[one.shipped :].mean(), precision=2), flush=True)
    if replications >= REPLICATIONS:
        with Path(__file__).with_name("warmup.csv").open("w", newline="", encoding="utf-8") as file:
            cells = csv.writer(file, lineterminator="\n")
            cells.writerow(["company", "output", "cut_quarters", "score_to_least"])
            for one in found:
                shares = one.scores / one.scores.min()
                pairs = zip(one.cuts, shares, strict=True)
                cells.writerows([one.company, one.output, f"{cut:.3f}", f"{score:.4g}"] for cut, score in pairs)
        save(found, Path(__file__).parents[1] / "docs" / "warmup.svg")


if __name__ == "__main__":
    main()
