"""Level and paired effect of each measure, for each scenario: the rows of summary.csv and effects.csv."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis import interval, pairing, relative, tail, volatility
from revsim.analysis.cube import FEWEST, Cube, Floats
from revsim.analysis.forecasting import DATES, FORECAST
from revsim.analysis.futures import futures_of
from revsim.analysis.interval import Interval
from revsim.analysis.measure import Measure
from revsim.analysis.net_value import NET_VALUES
from revsim.analysis.operating import OPERATING
from revsim.analysis.skill import NAIVE, forecast_skill
from revsim.analysis.variance import FORMS, WEEKS_SHOWN, forecast_variance
from revsim.analysis.view import View
from revsim.analysis.words import count_of

MEASURES: list[Measure] = [*volatility.MEASURES, *FORECAST, *OPERATING, *NET_VALUES]
FORM_WORDS = {
    "": "",
    "_common": ", against the baseline's bookings",
    "_structure": ", part of structure",
    "_chance": ", part of chance",
}
SHARES = (
    "plan_met",
    "unbiased_plan_met",
    "own_plan_met",
    "off_by_ten_percent",
)  # of quarters: each of them says yes or no
NO_ORACLE = "left empty; --continuations 4 tells it, and controls/frictionless.yaml shows about the part of chance"
NO_QUARTER_BEFORE = "no number: there is no quarter before, or a naive forecast is always right"
DRIFTS = (
    ("continuation_bookings", "Continuations' bookings less the run's"),
    ("continuation_square", "Continuations' squared error less the run's"),
)
UNCLEAR, BETTER, WORSE, UNJUDGED = "no clear difference", "better", "worse", "not judged"


class Row(NamedTuple):
    """One scenario's level of a measure (`effect` is None for the baseline); NaN is an empty cell."""

    scenario: str
    measure: str
    title: str
    unit: str
    group: str
    level: Interval
    effect: Interval | None
    relative: Interval
    word: str
    note: str
    variance_reduction: float = np.nan  # what pairing bought, see pairing.py; it says nothing of the baseline


def word_of(better: str, effect: Interval) -> str:
    """The word for an effect: clear only if the interval leaves zero out; without an interval nothing is judged."""
    if better == "" or not np.isfinite([effect.low, effect.high]).all():
        return UNJUDGED
    if not effect.clear:
        return UNCLEAR
    return BETTER if (effect.low > 0.0) == (better == "higher") else WORSE


def _missing(read: Floats) -> str:
    """What to say of replications without a number."""
    gone = int((~np.isfinite(read)).sum())
    return f"{gone} of {count_of(len(read), 'replication')} without such a number, left out" if gone else ""


def _sold_nothing(view: View) -> str:
    """What to say of quarters in which no replication books anything: their variance is a share of nothing."""
    empty = view.quarter("bookings").mean(axis=0) <= 0.0
    if empty.all():
        return "no number: nothing is booked in any quarter"
    return (
        f"{count_of(int(empty.sum()), 'quarter')} of {len(empty)} without any bookings, left out" if empty.any() else ""
    )


def _no_interval(level: Interval, replications: int) -> str:
    """What to say where a number stands without an interval though there are replications enough."""
    if replications < FEWEST or not np.isfinite(level.estimate) or np.isfinite(level.low):
        return ""
    return "no interval: some quarter books nothing without one of the replications"


def _headlines(view: View, base: View) -> list[Row]:
    """Forecast variance at three weeks, in four forms."""
    return [headline(view, base, week, form) for week in WEEKS_SHOWN for form in FORMS]


def headline(view: View, base: View, week: int, form: str) -> Row:
    """Forecast variance at a week in one form; `base` looks at the baseline."""
    own, reference = forecast_variance(view, week, form), forecast_variance(base, week, form)
    # structure is a difference of mean squares and may be below zero: it has no logarithm of its own
    level = interval.of_positive(own) if form == "_structure" else interval.of_variance(own)
    share = interval.as_share(interval.log_ratio(own, reference))
    effect = interval.difference(own, reference)
    judged = share if np.isfinite(share.low) else effect  # the ratio's interval covers better
    absent = form in ("_structure", "_chance") and not futures_of(view, week).there.any()
    return Row(
        view.cube.scenarios[view.own],
        f"forecast_variance_week_{week}{form}",
        f"Forecast variance {DATES[week]}{FORM_WORDS[form]}",
        "share^2",
        "headline",
        level,
        None if view.own == view.base else effect,
        share,
        "" if view.own == view.base else word_of("lower", judged),
        _sold_nothing(view) or (NO_ORACLE if absent else _no_interval(level, len(own.without))),
        pairing.of_jackknife(own, reference),
    )


def _skills(view: View, base: View) -> list[Row]:
    """Skill against naive forecasts at three weeks."""
    rows = []
    for week in WEEKS_SHOWN:
        for form, naive in NAIVE.items():
            own, reference = forecast_skill(view, week, form), forecast_skill(base, week, form)
            effect = None if view.own == view.base else interval.difference(own, reference)
            rows.append(
                Row(
                    view.cube.scenarios[view.own],
                    f"forecast_skill_week_{week}{form}",
                    f"Forecast skill {DATES[week]}, against {naive}",
                    "share",
                    "forecast",
                    interval.of_jackknife(own),
                    effect,
                    interval.NOTHING,
                    "" if effect is None else word_of("higher", effect),
                    "" if np.isfinite(own.value) else NO_QUARTER_BEFORE,
                    pairing.of_jackknife(own, reference),
                )
            )
    return rows


def level_of(measure: str, values: Floats) -> Interval:
    """The level of a measure that each replication has."""
    return interval.of_share(values) if measure.startswith(SHARES) else interval.of_level(values)


def plain(view: View, measure: Measure, own: Floats, reference: Floats, money: str) -> Row:
    """A measure that each replication has, here and in the baseline; paired t."""
    effect = interval.of_mean(own - reference)
    return Row(
        view.cube.scenarios[view.own],
        measure.name,
        measure.title,
        measure.unit.replace("money", money),
        measure.group,
        level_of(measure.name, own),
        None if view.own == view.base else effect,
        relative.of_means(own, reference),
        "" if view.own == view.base else word_of(measure.better, effect),
        _missing(own if view.own == view.base else own + reference),
        pairing.of_values(own, reference),
    )


def _tails(view: View, base: View, money: str) -> list[Row]:
    """Revenue at risk and expected shortfall; paired bootstrap."""
    here, there = tail.shortfall(view), tail.shortfall(base)
    level, change = tail.resampled(here, there)
    reference = level.values - change.values
    rows = []
    for k, (name, title) in enumerate(tail.TITLES.items()):
        effect = tail.interval_of(change, k, len(here))
        rows.append(
            Row(
                view.cube.scenarios[view.own],
                name,
                title,
                f"{money}/quarter",
                "risk",
                tail.interval_of(level, k, len(here)),
                None if view.own == view.base else effect,
                relative.of_draws(
                    float(level.values[k]), float(reference[k]), level.draws[:, k], change.draws[:, k], len(here)
                ),
                "" if view.own == view.base else word_of("lower", effect),
                "",
                pairing.of_draws(level.draws[:, k], change.draws[:, k]),
            )
        )
    return rows


def doubtful(level: Interval) -> bool:
    """Whether a check is off by more than luck: twice the 95 % interval from zero, 1 in 10,000 by chance."""
    return bool(np.isfinite(level.low)) and abs(level.estimate) > 2.0 * level.half


def _checks(view: View, base: View) -> list[Row]:
    """Whether run and continuation are exchangeable: both differences are zero on average; nobody is judged by them."""
    rows = []
    for week in WEEKS_SHOWN:
        for (name, title), own, reference in zip(
            DRIFTS, futures_of(view, week).drift(), futures_of(base, week).drift(), strict=True
        ):
            level = interval.of_mean(own)
            if np.isfinite(level.estimate):
                effect = None if view.own == view.base else interval.of_mean(own - reference)
                texts = (f"{name}_week_{week}", f"{title} {DATES[week]}", "share", "check")
                word = "" if effect is None else UNJUDGED
                rows.append(Row(view.cube.scenarios[view.own], *texts, level, effect, interval.NOTHING, word, ""))
        direct = interval.of_jackknife(futures_of(view, week).structure())
        if np.isfinite(direct.estimate):
            texts = (
                f"structure_of_pairs_week_{week}",
                f"Structure, from pairs alone, {DATES[week]}",
                "share^2",
                "pairs",
            )
            rows.append(Row(view.cube.scenarios[view.own], *texts, direct, None, interval.NOTHING, "", ""))
    return rows


def _all_plain(cube: Cube, base: int, money: str) -> list[list[Row]]:
    """Measures that each replication has, by scenario; a measure at a time, so that its columns are read once."""
    views = [View(cube, own, base) for own in range(len(cube.scenarios))]
    found: list[list[Row]] = [[] for _ in views]
    for measure in MEASURES:
        if measure in NET_VALUES and not np.isfinite(cube.margin):
            continue  # frames alone say nothing of a margin
        values = [view.each(measure.read) for view in views]
        for view, own in zip(views, values, strict=True):
            found[view.own].append(plain(view, measure, own, values[base], money))
    return found


def estimates(cube: Cube, base: int, money: str) -> list[Row]:
    """All rows, by scenario, headline first."""
    rows: list[Row] = []
    reference, each = View(cube, base, base), _all_plain(cube, base, money)
    for own in range(len(cube.scenarios)):
        view = View(cube, own, base)
        rows += _headlines(view, reference)
        rows += _skills(view, reference)
        rows += each[own]
        rows += _tails(view, reference, money)
        rows += _checks(view, reference)
    return rows
