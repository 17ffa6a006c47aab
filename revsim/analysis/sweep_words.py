"""What a sweep of one factor shows, in sentences with numbers; also where it does not show what was expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from revsim.analysis.early_warning import CHANCE, NUMBER, Warned, farthest, too_few
from revsim.analysis.estimates import UNCLEAR
from revsim.analysis.interval import Interval
from revsim.analysis.masking import ERROR, NORMALISED, NOTICED, TOLERANCE, Masked
from revsim.analysis.onset import MEAN, SWING, TITLES, VARIANCE, WHOLE, Onset, first_level, first_quarter
from revsim.analysis.signals import BENCHMARKS, SIGNALS, WATCHED
from revsim.analysis.variance import HEADLINE
from revsim.analysis.waiting import Wait
from revsim.analysis.words import count_of, percent, together

MIDDLE, DAY_ONE = 7, 13  # weeks ahead


def bracketed(part: Interval, scale: float = 100.0, unit: str = " %") -> str:
    """`+12.3 % [+4.5, +20.1]`."""
    estimate, low, high = together([scale * each for each in part], money=scale == 1.0)
    return f"{estimate}{unit} [{low}, {high}]"


def onset_words(rows: Sequence[Onset], factor: str) -> list[str]:
    """Where each measure leaves zero, and which is first."""
    said = [_left(rows, measure, factor) for measure in TITLES]
    order = [_order(rows, measure) for measure in (VARIANCE, SWING)]
    top = max(row.level for row in rows)
    sizes = {row.measure: row.strict for row in rows if row.level == top and row.quarter == WHOLE}
    fine = (
        f"At {factor} {top:g} the change of forecast variance is known to ±{100.0 * sizes[VARIANCE].half:.2g} points, "
        f"that of the mean to ±{100.0 * sizes[MEAN].half:.2g}: which leaves zero first also hangs on how finely each "
        "is measured."
    )
    return [*said, *order, fine]


def _order(rows: Sequence[Onset], measure: str) -> str:
    """Which of a variance and the mean leaves zero first."""
    variance, mean, title = first_level(rows, measure), first_level(rows, MEAN), TITLES[measure]
    if variance and mean and variance.level == mean.level:
        return f"{title} and the mean leave zero at the same level."
    if variance and (mean is None or variance.level < mean.level):
        return f"{title} leaves zero before the mean{'' if mean else ', which does not'}."
    if mean:
        return f"The mean leaves zero before {title[0].lower()}{title[1:]}{'' if variance else ', which does not'}."
    return f"Neither {title[0].lower()}{title[1:]} nor the mean leaves zero for good."


def _left(rows: Sequence[Onset], measure: str, factor: str) -> str:
    found, title = first_level(rows, measure), TITLES[measure]
    top = max(row.level for row in rows)
    last = next(row for row in rows if (row.level, row.quarter, row.measure) == (top, WHOLE, measure))
    end = f"at {factor} {top:g} it is {bracketed(last.effect)}"
    if found is None:
        own = [row for row in rows if row.measure == measure and row.quarter == WHOLE and row.effect.clear]
        single = (
            f" (by its single intervals it is clear at {', '.join(f'{row.level:g}' for row in own)})" if own else ""
        )
        return f"{title} does not leave zero for good{single}; {end}."
    quarter = first_quarter(rows, measure, top)
    when = f", there clear from quarter {quarter} on" if quarter else ", there clear in no quarter up to the last"
    return f"{title} leaves zero from {factor} {found.level:g} on ({bracketed(found.effect)}); {end}{when}."


def warning_words(rows: Sequence[Warned], scenario: str) -> str:
    """How far ahead each signal announces a missed quarter, and which announce none."""
    first = next(row for row in rows if row.scenario == scenario)
    share = percent(first.missed / max(first.quarters, 1))
    start = f"At “{scenario}” {share} of {count_of(first.quarters, 'quarter')} miss the plan by more than a tenth"
    if too_few(rows, scenario):
        return f"{start}: too few to tell what announces them."
    far = {signal: farthest(rows, scenario, signal) for signal in WATCHED}
    at = {(row.signal, row.weeks_ahead): row for row in rows if row.scenario == scenario}
    order = sorted(SIGNALS, key=lambda one: -far[one])
    told = [_told(signal, far[signal], at) for signal in order if far[signal]]
    silent = [called(signal) for signal in SIGNALS if not far[signal]]
    turned = [called(signal) for signal in SIGNALS if at[signal, MIDDLE].area.high < CHANCE]
    other = f" At mid-quarter misses follow the opposite of: {', '.join(turned)}." if turned else ""
    sharper = [
        f"{called(signal)} ({_pairs(at[signal, DAY_ONE])})"
        for signal in SIGNALS
        if at[signal, DAY_ONE].against.low > 0.0
    ]
    first_day = (
        f" On day one the {called(NUMBER)} tells {_pairs(at[NUMBER, DAY_ONE])}; clearly more tells "
        f"{', '.join(sharper) or 'no signal'}."
    )
    plain = [_told(signal, far[signal], at) for signal in BENCHMARKS]
    return (
        f"{start}. A signal tells a quarter that misses from one that does not in so many of 100 pairs (50 is chance). "
        f"Announced without a break up to the end of the quarter by: {'; '.join(told) or 'no signal'}. "
        f"By none of: {', '.join(silent) or '-'}. For comparison: {'; '.join(plain)}."
        f"{first_day}{other}"
    )


def called(signal: str) -> str:
    """A signal in words."""
    title = WATCHED[signal][0]
    return title[0].lower() + title[1:]


def _told(signal: str, weeks: int, at: Mapping[tuple[str, int], Warned]) -> str:
    """From how many weeks ahead a signal announces, and how surely there."""
    return f"{called(signal)} {_weeks(weeks)}" + (f" ({_pairs(at[signal, weeks])})" if weeks else "")


def _pairs(row: Warned) -> str:
    """The area under the ROC curve as a count of pairs."""
    return f"{100.0 * row.area.estimate:.0f} of 100"


def _weeks(count: int) -> str:
    return f"{count_of(count, 'week')} ahead" if count else "not at all"


def masking_words(rows: Sequence[Masked], factor: str) -> list[str]:
    """Error and tolerance at the highest level, over all quarters and in the last, and whether the error is noticed."""
    top, last = max(row.level for row in rows), max(row.quarter for row in rows)
    times = {WHOLE: f"At {factor} {top:g}", last: f"In quarter {last}, there,"}
    return [_masked(rows, (top, quarter), start) for quarter, start in times.items()]


def _masked(rows: Sequence[Masked], at: tuple[float, int], start: str) -> str:
    found = {row.measure: row for row in rows if (row.level, row.quarter) == at}
    grown, taken, seen = found[ERROR].effect, found[TOLERANCE].effect, found[NOTICED].effect
    share = found[NORMALISED].value
    part = f"; {percent(share.estimate)} [{percent(share.low)}, {percent(share.high)}] of it has become normal"
    kept = part if np.isfinite(share.estimate) else ""
    how = "rises" if seen.low > 0.0 else "falls" if seen.high < 0.0 else "does not clearly change"
    return (
        f"{start} the day-one error is {bracketed(grown, unit=' points')} larger than at the first level and the error "
        f"taken as normal {bracketed(taken, unit=' points')}{kept}; the share of quarters whose error is above what is "
        f"taken as normal {how} ({bracketed(seen, unit=' points')})."
    )


def waiting_words(rows: Sequence[Wait]) -> list[str]:
    """What each wait costs."""
    found = []
    for quarters in dict.fromkeys(row.quarters for row in rows):
        at = {row.measure: row for row in rows if row.quarters == quarters}
        sold, kept, whole, spread = at["bookings"], at["renewals"], at["net"], at[f"{HEADLINE}_common"]
        found.append(
            f"Waiting {count_of(quarters, 'quarter')} changes new business by {bracketed(sold.effect, 1.0, '')} "
            f"{sold.unit} over the measured time ({_plain(sold.word)}), renewed and expanded business by "
            f"{bracketed(kept.effect, 1.0, '')} {kept.unit} ({_plain(kept.word)}), all business less spend by "
            f"{bracketed(whole.effect, 1.0, '')} {whole.unit} ({_plain(whole.word)}), and forecast variance, against "
            f"the same bookings, by {bracketed(spread.relative)} ({_plain(spread.word)})."
        )
    return found


def _plain(word: str) -> str:
    return "not clear" if word == UNCLEAR else word
