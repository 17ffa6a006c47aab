"""Where to start: each hand-off alone, which is best, and by which quarter its running effect is clear of zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval
from revsim.analysis.attribution import widened
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.estimates import WORSE, word_of
from revsim.analysis.gains import Gains
from revsim.analysis.interval import Interval
from revsim.analysis.view import View

MID = 7
RUNNING: dict[str, Callable[[View], Floats]] = {
    "absolute_error_week_7": lambda view: np.abs(view.forecast(MID) - view.quarter("bookings")),
    "leaked_expected_value": lambda view: view.quarter("leaked_expected_value"),
}
TITLES = {"absolute_error_week_7": "Forecast error |F - A| at mid-quarter", "leaked_expected_value": "Leakage"}


class Running(NamedTuple):
    """A running sum's paired effect at the end of each quarter; from `quarter` on it is clear to the end, or None."""

    measure: str
    path: list[Interval]
    quarter: int | None
    word: str


class Beside(NamedTuple):
    """A measure that a choice of hand-off should be seen with."""

    measure: str
    title: str
    unit: str
    effect: Interval
    word: str


class Moment(NamedTuple):
    """One hand-off alone: its effect on the measure asked for, on others beside it, and on running sums."""

    name: str
    effect: Interval
    word: str
    running: list[Running]
    beside: list[Beside]


class Moments(NamedTuple):
    """All of them, best first if the measure has a better side; `gap` is best less second, None if there is no best."""

    measure: str
    unit: str
    found: list[Moment]
    gap: Interval | None

    def frame(self) -> pd.DataFrame:
        """The rows of one_moment.csv: effects a quarter (quarter 0) and on running sums by quarter."""
        rows: list[tuple[object, ...]] = []
        for rank, each in enumerate(self.found, start=1):
            rows.append((each.name, rank, self.measure, 0, *each.effect, each.word, None))
            rows += [(each.name, rank, other.measure, 0, *other.effect, other.word, None) for other in each.beside]
            rows += [
                (each.name, rank, f"running_{sum_.measure}", quarter, *part, sum_.word, sum_.quarter)
                for sum_ in each.running
                for quarter, part in enumerate(sum_.path, start=1)
            ]
        columns = ["scenario", "rank", "measure", "quarter", "estimate", "low", "high", "better", "clear_from"]
        return pd.DataFrame(rows, columns=columns).astype({"clear_from": "Int64"})


def clear_from(path: Sequence[Interval]) -> int | None:
    """The first quarter, from 1, from which a path is clear of zero to its end and on one side; None if there is none.

    A path that is clear for a while and then no more has not arrived.
    """
    found = None
    for quarter in range(len(path), 0, -1):
        part, last = path[quarter - 1], path[-1]
        if not part.clear or (part.low > 0.0) != (last.low > 0.0):
            break
        found = quarter
    return found


def _running(measure: str, own: View, base: View) -> Running:
    """A running sum; both measures are better lower."""
    sums = np.cumsum(RUNNING[measure](own) - RUNNING[measure](base), axis=1)
    path = [interval.of_mean(column) for column in sums.T]
    return Running(measure, path, clear_from(path), word_of("lower", path[-1]))


def _against(game: Gains, own: int, other: int) -> Interval:
    """The effect of one scenario against another."""
    return game.interval(float(game.whole[own] - game.whole[other]), game.spread[own] - game.spread[other])


def moments(cube: Cube, games: Sequence[Gains], base: int, places: Sequence[int]) -> Moments:
    """Rank scenarios at `places` of a cube by their effect on the first measure; the others are shown beside it."""
    reference, (game, *others) = View(cube, base, base), games
    sign = -1.0 if game.better == "higher" else 1.0
    order = sorted(places, key=lambda own: sign * game.whole[own]) if game.better else list(places)
    found = []
    for own in order:
        effect, view = _against(game, own, base), View(cube, own, base)
        running = [_running(measure, view, reference) for measure in RUNNING]
        beside = [
            Beside(other.measure, other.title, other.unit, part, word_of(other.better, part))
            for other in others
            for part in [_against(other, own, base)]
        ]
        found.append(Moment(cube.scenarios[own], effect, word_of(game.better, effect), running, beside))
    gap = None
    if game.better and len(order) > 1 and found[0].word != WORSE:
        gap = widened(_against(game, order[0], order[1]), len(order) - 1, game.spread.shape[1])
    return Moments(game.measure, game.unit, found, gap)
