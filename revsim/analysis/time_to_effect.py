"""How fast a remedy shows: paired effects by quarter since it began, relief and fade, worse before better.

One quarter's forecast variance rests on one number a replication: its interval is wide, and is shown as it is. The
absolute error and the means beside it say more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import methodcaller
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import interval
from revsim.analysis.break_even import Return, return_of
from revsim.analysis.cube import FEWEST, Cube, Floats
from revsim.analysis.estimates import word_of
from revsim.analysis.fade import Fade, fade_of
from revsim.analysis.gains import LOGS
from revsim.analysis.interval import Interval
from revsim.analysis.path import Path, Resamples, of_means, of_variances
from revsim.analysis.ranking import candidates
from revsim.analysis.variance import HEADLINE
from revsim.analysis.view import View, mean
from revsim.units import WEEKS_PER_QUARTER

MID = 7
EFFECTS = (
    *("scenario", "measure", "step", "since", "measured", "estimate", "low", "high", "unit", "better"),
    *("running", "running_low", "running_high", "title"),
)
FINDINGS = (
    *("scenario", "measure", "step", "unit", "peak_at", "peak", "peak_low", "peak_high"),
    *("half_life", "half_life_low", "half_life_high", "fade"),
    *("trough_at", "trough", "trough_low", "trough_high", "break_even", "break_even_low", "break_even_high", "return"),
)


class Timed(NamedTuple):
    """A measure by quarter: its read gives (replication, quarter); None reads the log ratio of forecast variance.

    By week it is read week by week of the quarter: the column is the measure.
    """

    measure: str
    title: str
    unit: str
    better: str
    step: str
    read: Callable[[View], Floats] | None


class Timing(NamedTuple):
    """One scenario and measure: effects by time, from the time `first` (from 0) in which the remedy begins.

    By week there are no running sums, and `fade` and `back` are None: within a quarter a forecast lives by its
    calendar, not by a remedy's age.
    """

    scenario: str
    timed: Timed
    effects: list[Interval]
    running: list[Interval]
    first: int
    fade: Fade | None
    back: Return | None


def _error(view: View) -> Floats:
    """(replication, quarter): |F - A| at mid-quarter."""
    return np.abs(view.forecast(MID) - view.quarter("bookings"))


def _after_cost(view: View) -> Floats:
    """(replication, quarter): bookings less what the remedies cost."""
    return view.quarter("bookings") - view.quarter("remedy_cost_design") - view.quarter("remedy_cost_coordination")


def _by_quarter(column: str) -> Callable[[View], Floats]:
    """(replication, quarter); it can be pickled, as a study with its timings is."""
    return methodcaller("quarter", column)


def _disagreement(view: View) -> Floats:
    """(replication, quarter): how far the three forecasts lie apart, over the weeks."""
    return view.each(lambda some: mean(some.week("disagreement")))


TIMED = (
    Timed(HEADLINE, "Forecast variance at mid-quarter", LOGS, "lower", "quarter", None),
    Timed("absolute_error_week_7", "Forecast error |F - A| at mid-quarter", "money", "lower", "quarter", _error),
    Timed("bookings", "New business", "money", "higher", "quarter", _by_quarter("bookings")),
    Timed("bookings_after_cost", "New business less cost of remedies", "money", "higher", "quarter", _after_cost),
    Timed(
        "leaked_expected_value",
        "Leaked at hand-offs",
        "money",
        "lower",
        "quarter",
        _by_quarter("leaked_expected_value"),
    ),
    Timed(
        "selling_share", "Selling hours of reps' paid hours", "share", "higher", "quarter", _by_quarter("selling_share")
    ),
    Timed(
        "disagreement",
        "Disagreement of the three forecasts",
        "share of plan",
        "lower",
        "quarter",
        _disagreement,
    ),
    Timed("disagreement", "Disagreement of the three forecasts", "share of plan", "lower", "week", None),
)


def _path(timed: Timed, own: View, base: View, weights: Resamples) -> Path:
    """The effect of one scenario by time."""
    if timed.read is not None:
        return of_means(timed.read(own), timed.read(base), weights)
    mine, theirs = ((view.forecast(MID) - view.quarter("bookings"), view.quarter("bookings")) for view in (own, base))
    return of_variances(mine, theirs, weights)


def timings(cube: Cube, base: int, plans: Mapping[str, tuple[int, float]] | None = None) -> list[Timing]:
    """Every scenario but baseline and control, every measure that has its numbers. Empty below 3 replications.

    `plans` says of a scenario in which quarter, from 1, its remedy begins, and how many weeks lie between renewals (0:
    none); (1, 0) unless said.
    """
    if len(cube.replications) < FEWEST:
        return []
    found, weights = [], Resamples(len(cube.replications))
    for own in (own for own in candidates(cube) if own != base):
        name = cube.scenarios[own]
        plan = (plans or {}).get(name, (1, 0.0))
        for timed in TIMED:
            views = View(cube, own, base), View(cube, base, base)
            if timed.step == "week":
                found += _by_week(name, timed, *views, plan[0])
                continue
            path = _path(timed, *views, weights)
            if path.usable:
                found.append(_timing(name, timed, path, plan))
    return found


def _by_week(name: str, timed: Timed, own: View, base: View, begins: int) -> list[Timing]:
    """The effect in each week of the window, which is only shown; empty where some week has no number."""
    quarters = len(own.cube.quarters)
    weeks = []
    for week in range(1, WEEKS_PER_QUARTER + 1):
        path = of_means(own.at_week(timed.measure, week), base.at_week(timed.measure, week), None)
        if not path.usable:
            return []
        weeks.append([path.at(quarter) for quarter in range(quarters)])
    effects = [week[quarter] for quarter in range(quarters) for week in weeks]
    first = WEEKS_PER_QUARTER * (min(begins, quarters) - 1)
    return [Timing(name, timed, effects, [interval.NOTHING] * len(effects), first, None, None)]


def _timing(name: str, timed: Timed, path: Path, plan: tuple[int, float]) -> Timing:
    """Effects, relief and fade, worse before better, of a path by quarter."""
    begins, renewed = plan
    first = min(begins, len(path.whole)) - 1
    gains = path.since(first).signed(-1.0 if timed.better == "lower" else 1.0)
    sums, times = path.running(), range(len(path.whole))
    effects, running = [path.at(time) for time in times], [sums.at(time) for time in times]
    return Timing(name, timed, effects, running, first, fade_of(gains, renewed / WEEKS_PER_QUARTER), return_of(gains))


def effects_frame(found: list[Timing], money: str) -> pd.DataFrame:
    """The rows of time_to_effect.csv: `since` is 1 in the quarter (week) in which the remedy begins."""
    rows = []
    for one in found:
        timed = one.timed
        for time, (effect, running) in enumerate(zip(one.effects, one.running, strict=True)):
            place = (time - one.first + 1, time + 1)
            about = (timed.unit.replace("money", money), word_of(timed.better, effect))
            rows.append((one.scenario, timed.measure, timed.step, *place, *effect, *about, *running, timed.title))
    return pd.DataFrame(rows, columns=[*EFFECTS])


def findings_frame(found: list[Timing], money: str) -> pd.DataFrame:
    """The rows of time_to_effect_findings.csv; gains are above zero where better; `inf` is beyond the window."""
    rows = [
        (
            *(one.scenario, one.timed.measure, one.timed.step, one.timed.unit.replace("money", money)),
            *(one.fade.peak_at, *one.fade.peak, *one.fade.half_life, one.fade.words),
            *(one.back.trough_at, *one.back.trough, *one.back.break_even, one.back.words),
        )
        for one in found
        if one.fade is not None and one.back is not None
    ]
    return pd.DataFrame(rows, columns=[*FINDINGS])


def frames(found: list[Timing], money: str) -> dict[str, pd.DataFrame]:
    """Both tables by the names of their files, without ending; none where there is nothing to tell."""
    if not found:
        return {}
    return {
        "time_to_effect": effects_frame(found, money),
        "time_to_effect_findings": findings_frame(found, money),
    }
