"""What a stress does: each scenario with it against itself without it, and against what the reference suffers.

    effect        Y(s, hit) - Y(s, calm)                                         same replications, paired
    difference    [Y(s, hit) - Y(s, calm)] - [Y(0, hit) - Y(0, calm)]            difference in differences

s is a scenario, 0 the reference (the first). Variances are compared by their logarithms: the effect is
V(hit)/V(calm) - 1, the difference [V(s, hit)/V(s, calm)] / [V(0, hit)/V(0, calm)] - 1; the same form of means is the
`relative_difference`: who books more loses more money by the same share. Intervals: jackknife over
replications for variances, paired t for means, bootstrap of replications for tails. Shortfalls are against the plan of
the reference without the stress in all cases, so that a tightened target does not raise what is at risk by itself.
Leakage, hours and people who leave are amounts: whether they are better is judged beyond the business, or the people,
behind them (analysis/business.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis import business, interval, relative, tail
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.estimates import BETTER, MEASURES, UNCLEAR, UNJUDGED, WORSE, word_of
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.jackknife import Jackknifed, mean_of, ratio_of
from revsim.analysis.measure import Measure
from revsim.analysis.span import from_event, within
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

EVENT, WHOLE = "event", "whole"  # the quarter of the event and the two after it; all measured quarters
ASSUMED = "size of the stress is chosen, no direct evidence"
VARIANCES = {
    "forecast_variance_week_7": ("Forecast variance at mid-quarter", 7, ""),
    "forecast_variance_week_7_common": ("Forecast variance at mid-quarter, against bookings without it", 7, "_common"),
    "forecast_variance_week_12": ("Forecast variance two weeks before the end", 12, ""),
    "forecast_variance_week_12_common": (
        "Forecast variance two weeks before the end, against bookings without it",
        12,
        "_common",
    ),
}
PLAIN = (
    *("wape_week_7", "wape_week_12", "bookings", "leaked_expected_value", "heroics_hours", "reconciliation_hours"),
    "exits",
)
SUFFERS = {BETTER: "suffers less", WORSE: "suffers more", UNCLEAR: UNCLEAR, UNJUDGED: UNJUDGED}


class Pair(NamedTuple):
    """A scenario without and with a stress: their places in the cube; `week` as of scenario.stressed.Event."""

    scenario: str
    stress: str
    calm: int
    hit: int
    week: int | None
    assumed: bool


class Blow(NamedTuple):
    """One row of stress.csv; differences are empty for the reference, the relative one also for tails."""

    scenario: str
    stress: str
    window: str
    quarters: str
    measure: str
    title: str
    unit: str
    calm: float
    hit: float
    effect: Interval
    relative: Interval
    word: str
    difference: Interval
    difference_word: str
    relative_difference: Interval
    note: str
    beyond: tuple[Interval, ...] = (NOTHING,) * len(business.COLUMNS)  # of amounts, in the order of COLUMNS


class _Change(NamedTuple):
    """Levels and effect of one measure, and what a difference in differences is made of."""

    calm: float
    hit: float
    effect: Interval
    relative: Interval
    parts: Floats  # one number a replication, or a resample
    ratio: Jackknifed  # hit / calm


def blows(cube: Cube, pairs: Sequence[Pair], money: str) -> list[Blow]:
    """All rows; the scenario of the first pair is the reference. Pairs of one stress must share its week."""
    reference = pairs[0].scenario
    against = {pair.stress: pair for pair in pairs if pair.scenario == reference}
    found: list[Blow] = []
    for pair in pairs:
        for window, first, last in _windows(cube, pair.week):
            part = within(cube, first, last)
            theirs = None if pair.scenario == reference else against.get(pair.stress)
            found += _rows(_Place(part, pairs[0].calm, window, f"{first}-{last}"), pair, theirs, money)
    return found


def _windows(cube: Cube, week: int | None) -> list[tuple[str, int, int]]:
    """The whole, and where the event has a week its quarter and the two after it."""
    whole = (WHOLE, 1, len(cube.quarters))
    return [whole] if week is None else [(EVENT, *from_event(cube, week)), whole]


class _Place(NamedTuple):
    """The quarters looked at, and whose plan shortfalls are against."""

    cube: Cube
    plan: int
    window: str
    quarters: str


def _rows(place: _Place, pair: Pair, theirs: Pair | None, money: str) -> list[Blow]:
    variances = [
        _row(place, pair, (name, title, "share^2", "lower"), _of_variances(place, pair, theirs, (week, form)))
        for name, (title, week, form) in VARIANCES.items()
    ]
    plain = [_plain(place, pair, theirs, _measure(name, money)) for name in PLAIN]
    return [*variances, *plain, *_tails(place, pair, theirs, money)]


def _measure(name: str, money: str) -> Measure:
    """A measure by its name, its unit in the scenario's currency."""
    found = next(measure for measure in MEASURES if measure.name == name)
    return found._replace(unit=found.unit.replace("money", money))


def _plain(place: _Place, pair: Pair, theirs: Pair | None, measure: Measure) -> Blow:
    """A measure that each replication has; an amount is judged beyond what is behind it."""
    calm, hit = _ends(place, pair, measure)
    own = _of_means(calm, hit)
    there = theirs and _of_means(*_ends(place, theirs, measure))
    difference = interval.of_mean(own.parts - there.parts) if there else NOTHING
    words = (measure.name, measure.title, measure.unit, measure.better)
    row = _row(place, pair, words, (own, difference, _of_shares(own, there) if there else NOTHING))
    return _judged(row, place, (pair, theirs), measure) if measure.name in business.BASES else row


def _ends(place: _Place, pair: Pair, measure: Measure) -> tuple[Floats, Floats]:
    """The measure without and with the stress."""
    calm, hit = (measure.read(View(place.cube, own, pair.calm)) for own in (pair.calm, pair.hit))
    return calm, hit


def _judged(row: Blow, place: _Place, pairs: tuple[Pair, Pair | None], measure: Measure) -> Blow:
    """The row of an amount in the words of analysis/business.py."""
    basis = business.BASES[measure.name]

    def behind(pair: Pair) -> business.Business:
        calm, hit = (View(place.cube, own, pair.calm) for own in (pair.calm, pair.hit))
        return business.business_of(calm, hit, basis)

    pair, theirs = pairs
    mine = behind(pair)
    own = business.beyond(*_ends(place, pair, measure), mine)
    left = {name: interval.of_jackknife(part) for name, part in own.items()}
    row = row._replace(
        word=business.word_beyond(measure.better, row.effect, left, mine, basis),
        beyond=tuple(left.get(name, NOTHING) for name in business.COLUMNS),
    )
    if theirs is None:
        return row
    there = business.beyond(*_ends(place, theirs, measure), behind(theirs))
    apart = {name: interval.difference(part, there[name]) for name, part in own.items()}
    return row._replace(difference_word=SUFFERS[business.difference_word(measure.better, row.difference, apart)])


def _row(
    place: _Place, pair: Pair, words: tuple[str, str, str, str], found: tuple[_Change, Interval, Interval]
) -> Blow:
    name, title, unit, better = words
    change, difference, apart = found
    is_there = np.isfinite(difference.estimate)
    # of a variance the ratio's interval covers better
    judged = change.relative if unit == "share^2" and np.isfinite(change.relative.low) else change.effect
    return Blow(
        *(pair.scenario, pair.stress, place.window, place.quarters, name, title, unit),
        *(change.calm, change.hit, change.effect, change.relative, word_of(better, judged), difference),
        SUFFERS[word_of(better, difference)] if is_there else "",
        apart,
        ASSUMED if pair.assumed else "",
    )


def _of_variances(
    place: _Place, pair: Pair, theirs: Pair | None, what: tuple[int, str]
) -> tuple[_Change, Interval, Interval]:
    """Effect on a variance, and the ratio of the two ratios less one."""
    calm, hit = _both(place.cube, pair, what)
    share = interval.as_share(interval.log_ratio(hit, calm))
    change = _Change(calm.value, hit.value, interval.difference(hit, calm), share, np.empty(0), ratio_of(hit, calm))
    if theirs is None:
        return change, NOTHING, NOTHING
    there = _both(place.cube, theirs, what)
    difference = interval.as_share(interval.log_ratio(ratio_of(hit, calm), ratio_of(there[1], there[0])))
    return change, difference, difference


def _both(cube: Cube, pair: Pair, what: tuple[int, str]) -> tuple[Jackknifed, Jackknifed]:
    """V without and with the stress; the denominator of `_common` is the bookings without it."""
    calm, hit = (forecast_variance(View(cube, own, pair.calm), *what) for own in (pair.calm, pair.hit))
    return calm, hit


def _of_means(calm: Floats, hit: Floats) -> _Change:
    """Paired t of what each replication has."""
    effect, level = interval.of_mean(hit - calm), interval.of_mean(calm).estimate
    ratio = ratio_of(mean_of(hit), mean_of(calm))
    share = relative.of_means(hit, calm)
    return _Change(level, interval.of_mean(hit).estimate, effect, share, hit - calm, ratio)


def _of_shares(own: _Change, there: _Change) -> Interval:
    """By what share more one is left with after the stress than the other."""
    return interval.as_share(interval.log_ratio(own.ratio, there.ratio))


def _tails(place: _Place, pair: Pair, theirs: Pair | None, money: str) -> list[Blow]:
    """Revenue at risk and expected shortfall; the same resamples everywhere, so differences pair."""
    own = _of_tails(place, pair)
    there = _of_tails(place, theirs) if theirs else None
    rows = []
    for k, (name, title) in enumerate(tail.TITLES.items()):
        difference = NOTHING
        if there:
            gap = (own[k].hit - own[k].calm) - (there[k].hit - there[k].calm)
            difference = interval.of_bootstrap(gap, own[k].parts - there[k].parts, len(place.cube.replications))
        rows.append(_row(place, pair, (name, title, f"{money}/quarter", "lower"), (own[k], difference, NOTHING)))
    return rows


def _of_tails(place: _Place, pair: Pair) -> list[_Change]:
    calm, hit = (tail.shortfall(View(place.cube, own, place.plan)) for own in (pair.calm, pair.hit))
    levels, moved = tail.tail_of(calm), tail.tail_of(hit)
    own, change = tail.resampled(hit, calm)
    found = []
    for k in range(len(tail.TITLES)):
        effect = tail.interval_of(change, k, len(calm))
        level = float(levels[k])
        ratio = Jackknifed(np.nan, np.full(len(calm), np.nan))
        share = relative.of_draws(float(moved[k]), level, own.draws[:, k], change.draws[:, k], len(calm))
        found.append(_Change(level, float(moved[k]), effect, share, change.draws[:, k], ratio))
    return found


def frame(rows: Sequence[Blow]) -> pd.DataFrame:
    """The rows of stress.csv, intervals spread over columns."""
    spread = ("estimate", "low", "high")
    found = [
        {
            **{name: value for name, value in row._asdict().items() if isinstance(value, (str, float))},
            **{f"effect_{part}": getattr(row.effect, part) for part in spread},
            **{f"relative_{part}": getattr(row.relative, part) for part in spread},
            **{f"difference_{part}": getattr(row.difference, part) for part in spread},
            **{f"relative_difference_{part}": getattr(row.relative_difference, part) for part in spread},
            **{
                f"beyond_{name}_{part}": getattr(own, part)
                for name, own in zip(business.COLUMNS, row.beyond, strict=True)
                for part in spread
            },
        }
        for row in rows
    ]
    first = ["scenario", "stress", "window", "quarters", "measure", "calm", "hit"]
    moved = [f"effect_{part}" for part in spread] + ["unit", "word"] + [f"relative_{part}" for part in spread]
    apart = [f"difference_{part}" for part in spread] + ["difference_word"]
    apart += [f"relative_difference_{part}" for part in spread]
    left = [f"beyond_{name}_{part}" for name in business.COLUMNS for part in spread]
    return pd.DataFrame(found)[[*first, *moved, *apart, "title", "note", *left]]
