"""Any measure's value for many scenarios, in a scale in which effects add up, with what intervals need.

Variances are taken as logarithms, whose differences are log ratios; all other measures in their own unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np

from revsim.analysis import interval, tail
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.estimates import FORM_WORDS, MEASURES
from revsim.analysis.forecasting import DATES
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.measure import Measure
from revsim.analysis.variance import FORMS, WEEKS_SHOWN, forecast_variance
from revsim.analysis.view import View
from revsim.errors import UserError

LOGS = "log ratio"
VARIANCES = {f"forecast_variance_week_{week}{form}": (week, form) for week in WEEKS_SHOWN for form in FORMS}
PLAIN = {measure.name: measure for measure in MEASURES}
NAMES = (*VARIANCES, *PLAIN, *tail.TITLES)


class Gains(NamedTuple):
    """One measure: `whole` (scenario,) and `spread` (scenario, m), leave-one-out values or, if `resampled`, draws."""

    measure: str
    title: str
    unit: str
    better: str
    whole: Floats
    spread: Floats
    resampled: bool
    note: str = ""
    replications: int = 0  # behind draws

    @property
    def usable(self) -> bool:
        """Whether every scenario has the number."""
        return bool(np.isfinite(self.whole).all())

    def interval(self, estimate: float, spread: Floats) -> Interval:
        """The 95 % interval of what was worked out from `whole` and, in the same way, from `spread`."""
        if self.resampled:
            return interval.of_bootstrap(estimate, spread, self.replications)
        return interval.of_jackknife(Jackknifed(estimate, spread))


def check_measure(name: str) -> None:
    """Raise UserError for a measure that there is not."""
    if name not in NAMES:
        near = get_close_matches(name, NAMES, n=3, cutoff=0.5)
        words = " or ".join(f"`{one}`" for one in near or (NAMES[0], "bookings"))
        hint = f"Did you mean {words}?" if near else f"Ask e.g. for {words}."
        raise UserError(f"--measure {name}: there is no such measure. {hint}\n  `revsim show --measures` lists all.")


def gains_of(cube: Cube, name: str, base: int, money: str) -> Gains:
    """A measure of all scenarios of a cube; NaN where it cannot be had. Raises UserError for an unknown one."""
    check_measure(name)
    views = [View(cube, own, base) for own in range(len(cube.scenarios))]
    if name in VARIANCES:
        return _variance(views, name)
    return _mean(views, PLAIN[name], money) if name in PLAIN else _tail(views, name, money)


def _variance(views: Sequence[View], name: str) -> Gains:
    """Logarithms of forecast variance; as it is where not above zero throughout, as structure may be."""
    week, form = VARIANCES[name]
    found = [forecast_variance(view, week, form) for view in views]
    values, spread = np.asarray([one.value for one in found]), np.stack([one.without for one in found])
    title = f"Forecast variance {DATES[week]}{FORM_WORDS[form]}"
    if (values > 0.0).all() and (spread > 0.0).all():
        return Gains(name, title, LOGS, "lower", np.log(values), np.log(spread), resampled=False)
    note = "not above zero throughout, so that differences are told, not ratios"
    note = note if np.isfinite(values).all() else "some scenario has no such number with these replications"
    return Gains(name, title, "share^2", "lower", values, spread, resampled=False, note=note)


def _mean(views: Sequence[View], measure: Measure, money: str) -> Gains:
    """Means over the replications that have the number in every scenario."""
    read = np.stack([measure.read(view) for view in views])
    there = np.isfinite(read).all(axis=0)
    gone, count = int((~there).sum()), int(there.sum())
    read = read[:, there]
    means = read.mean(axis=1) if count else np.full(len(views), np.nan)
    without = means[:, None] + (means[:, None] - read) / max(count - 1, 1)
    note = f"{gone} replications without such a number, left out" if gone else ""
    unit = measure.unit.replace("money", money)
    return Gains(measure.name, measure.title, unit, measure.better, means, without, resampled=False, note=note)


def _tail(views: Sequence[View], name: str, money: str) -> Gains:
    """Revenue at risk or expected shortfall."""
    place = list(tail.TITLES).index(name)
    short = [tail.shortfall(view) for view in views]
    values = np.asarray([tail.tail_of(each)[place] for each in short])
    spread = np.stack([tail.resampled(each, each)[0].draws[:, place] for each in short])
    return Gains(
        name, tail.TITLES[name], f"{money}/quarter", "lower", values, spread, resampled=True, replications=len(short[0])
    )
