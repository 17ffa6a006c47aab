"""How many weeks ahead each weekly signal announces a missed quarter.

A signal at the start of week w of the same quarter is 14 - w weeks ahead of its end, in the quarter before 27 - w.
"Announces from h weeks on" is analysis.stepwise: the AUC's interval is above one half for each of 1 .. h weeks ahead,
tested from the end of the quarter back, every signal with its share of the error rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval
from revsim.analysis.auc import FEWEST_CASES, Flags, area, shifted
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.signals import SIGNALS, WATCHED, missed
from revsim.analysis.stepwise import begins, shared
from revsim.analysis.view import View
from revsim.units import WEEKS_PER_QUARTER

CHANCE = 0.5
NUMBER = "forecast"  # what a company forecasts anyway, against plan
FARTHEST = 2 * WEEKS_PER_QUARTER
RANGE = (0.025, 0.975)


class Warned(NamedTuple):
    """One row of early_warning.csv.

    `others` is the 95 % range of AUC beside the fates of other replications, `against` the AUC less that of the
    company's own number.
    """

    scenario: str
    signal: str
    title: str
    weeks_ahead: int
    area: Interval
    others: tuple[float, float]
    against: Interval
    announces: bool
    missed: int
    quarters: int


def early_warnings(cube: Cube) -> list[Warned]:
    """Rows of each scenario, signal and number of weeks ahead."""
    found: list[Warned] = []
    for own, name in enumerate(cube.scenarios):
        view = View(cube, own, own)
        fates = missed(view)
        number = _areas(WATCHED[NUMBER][1](view), fates)
        for signal, (title, read) in WATCHED.items():
            found += _of_signal(read(view), fates, (name, signal, title), number)
    return found


def ahead(values: Floats, fates: Flags, weeks: int) -> tuple[Floats, Flags]:
    """The signal so many weeks before the end of a quarter, and whether that quarter was missed."""
    if weeks <= WEEKS_PER_QUARTER:
        return values[:, :, WEEKS_PER_QUARTER - weeks], fates
    return values[:, :-1, FARTHEST - weeks], fates[:, 1:]


def _areas(values: Floats, fates: Flags) -> list[Jackknifed]:
    """The area for each number of weeks ahead, from 1."""
    return [area(*ahead(values, fates, weeks)) for weeks in range(1, FARTHEST + 1)]


def _of_signal(values: Floats, fates: Flags, words: tuple[str, str, str], number: Sequence[Jackknifed]) -> list[Warned]:
    own = _areas(values, fates)
    areas, ranges, counts = [], [], []
    for weeks in range(1, FARTHEST + 1):
        signal, missing = ahead(values, fates, weeks)
        part = interval.of_jackknife(own[weeks - 1])
        areas.append(part)
        is_told = np.isfinite(part.estimate)
        low, high = np.quantile(shifted(signal, missing), RANGE) if is_told else (np.nan, np.nan)
        ranges.append((float(low), float(high)))
        counts.append((int(missing.sum()), missing.size))
    above = [shared(Interval(*(each - CHANCE for each in part)), len(values), len(SIGNALS)) for part in areas]
    # the search goes from the end of the quarter back, so the farthest comes first
    first = begins(above[::-1])
    far = 0 if first is None or above[0].low <= 0.0 else FARTHEST - first
    return [
        Warned(
            *(*words, place + 1, part, ranges[place], interval.difference(own[place], number[place]), place < far),
            *counts[place],
        )
        for place, part in enumerate(areas)
    ]


def farthest(rows: Sequence[Warned], scenario: str, signal: str) -> int:
    """How many weeks ahead a signal announces a miss; 0 if it does not."""
    return max(
        (row.weeks_ahead for row in rows if (row.scenario, row.signal) == (scenario, signal) and row.announces),
        default=0,
    )


def too_few(rows: Sequence[Warned], scenario: str) -> bool:
    """Whether a scenario misses, or meets, too few quarters to tell anything."""
    first = next(row for row in rows if row.scenario == scenario)
    return min(first.missed, first.quarters - first.missed) < FEWEST_CASES


def frame(rows: Sequence[Warned]) -> pd.DataFrame:
    """The rows of early_warning.csv."""
    return pd.DataFrame(
        [(*row[:2], row.weeks_ahead, *row.area, *row.others, *row.against, *row[7:], row.title) for row in rows],
        columns=[
            *("scenario", "signal", "weeks_ahead", "auc", "low", "high", "shifted_low", "shifted_high"),
            *(
                "against_number",
                "against_number_low",
                "against_number_high",
                "announces",
                "missed",
                "quarters",
                "title",
            ),
        ],
    )
