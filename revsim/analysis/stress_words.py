"""What a stress does, in sentences: for each scenario, how scenarios differ, and how many differences look clear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from revsim.analysis.estimates import UNCLEAR, UNJUDGED
from revsim.analysis.interval import CONFIDENCE, Interval
from revsim.analysis.phrases import change_words
from revsim.analysis.stress import EVENT, SUFFERS, WHOLE, Blow
from revsim.analysis.words import EMPTY, count_of, level, percent, rounded, short, together

TOP_PERFORMER = "Top performer leaves"
LEADS = {
    TOP_PERFORMER: "If a top performer left tomorrow",
    "Manager leaves": "If the best manager left tomorrow",
    "Analyst leaves": "If the best analyst left tomorrow",
    "Target tightened": "If the target were tightened",
    "Demand shock": "If demand fell",
    "New segment": "If a new segment opened",
    "System migration": "If the system were migrated",
    "Build stalls": "If the build stalled half-way",
}
HEADLINE, AT_RISK = "forecast_variance_week_7", "revenue_at_risk"
SHOWN = (
    *("forecast_variance_week_7", "forecast_variance_week_12", "bookings", "revenue_at_risk"),
    *("leaked_expected_value", "heroics_hours", "reconciliation_hours"),
)

Table = dict[tuple[str, str, str, str], Blow]  # by scenario, stress, window, measure


def table(rows: Sequence[Blow]) -> Table:
    """The rows by what they are of."""
    return {(row.scenario, row.stress, row.window, row.measure): row for row in rows}


def pairs(rows: Sequence[Blow]) -> list[tuple[str, str]]:
    """(scenario, stress) in order."""
    return list(dict.fromkeys((row.scenario, row.stress) for row in rows))


def window_of(found: Table, scenario: str, stress: str) -> str:
    """The event's own quarters where it has some, else the whole."""
    return EVENT if (scenario, stress, EVENT, HEADLINE) in found else WHOLE


def amount(part: Interval, unit: str) -> str:
    """`-55.1k USD [-80.0k, -30.2k] a quarter`."""
    estimate, low, high = together(part, money="hours" not in unit and "people" not in unit)
    what = unit.removesuffix("/quarter")
    return f"{estimate} {what}{_bracket(low, high)} a quarter"


def spread(value: float) -> str:
    """The root of a variance as percent of bookings."""
    return f"±{percent(float(np.sqrt(value)))}" if value >= 0.0 else "n/a"


def span_words(row: Blow) -> str:
    """Over which quarters a row is told."""
    if row.window == WHOLE:
        return "over all measured quarters"
    first, last = row.quarters.split("-")
    if first == last:
        return f"in quarter {first}, in which it begins"
    return f"over quarters {first} to {last}, from its beginning on"


def calm_words(row: Blow) -> str:
    """The level without the stress; a variance is a square, its root is what is read."""
    return f"±{level(max(row.calm, 0.0) ** 0.5, 'share')}" if row.unit == "share^2" else level(row.calm, row.unit)


def effect_words(row: Blow) -> str:
    """The effect with its interval: of a variance in percent, of a share in points, of all else in its own unit."""
    is_share = row.unit in ("share", "share^2")
    part = row.relative if row.unit == "share^2" else row.effect
    estimate, low, high = together([100.0 * each for each in part] if is_share else part, money=not is_share)
    unit = " %" if row.unit == "share^2" else " points" if is_share else ""
    return f"{estimate}{unit}{_bracket(low, high)}"


def _bracket(low: str, high: str) -> str:
    """An interval, where there is one."""
    return "" if EMPTY in (low, high) else f" [{low}, {high}]"


def sentence(found: Table, scenario: str, stress: str) -> str:
    """What the stress does to one scenario."""
    window = window_of(found, scenario, stress)

    def row(measure: str) -> Blow:
        return found[scenario, stress, window, measure]

    error, sold, risk = row(HEADLINE), row("bookings"), row(AT_RISK)
    lead = LEADS.get(stress, f"Under “{stress}”")
    return (
        f"{lead}, “{scenario}” would, {span_words(error)}, miss bookings at mid-quarter by {spread(error.hit)} (one "
        f"standard deviation) instead of {spread(error.calm)} (variance {change_words(error.relative)}, "
        f"{_plain(error.word)}); new "
        f"business would change by {amount(sold.effect, sold.unit)} ({_plain(sold.word)}), revenue at risk by "
        f"{amount(risk.effect, risk.unit)} ({_plain(risk.word)}), heroics by "
        f"{amount(row('heroics_hours').effect, 'hours')} and reconciliation by "
        f"{amount(row('reconciliation_hours').effect, 'hours')}."
    )


def _plain(word: str) -> str:
    return "not clear" if word == UNCLEAR else word


def contrasts(found: Table, scenario: str, reference: str) -> str:
    """For which stresses the scenario suffers less or more than the reference in forecast variance and bookings."""
    parts = []
    for (name, stress, window, measure), row in found.items():
        if name != scenario or measure not in (HEADLINE, "bookings", AT_RISK) or not row.difference_word:
            continue
        if window != window_of(found, scenario, stress) or row.difference_word in (UNCLEAR, UNJUDGED):
            continue
        what = {HEADLINE: "forecast variance", "bookings": "bookings", AT_RISK: "revenue at risk"}[measure]
        size = _size(row)
        parts.append(f"{row.difference_word} in {what} under “{stress}” ({size})")
    if not parts:
        return f"No stress tells “{scenario}” from “{reference}” clearly in variance, bookings or revenue at risk."
    return f"“{scenario}” against “{reference}”: " + "; ".join(parts) + "."


def _size(row: Blow) -> str:
    """A difference in differences as it is read."""
    if row.unit == "share^2":
        low, high = together([100.0 * row.difference.low, 100.0 * row.difference.high], money=False)
        return f"by a factor of {rounded(1.0 + row.difference.estimate)}, i.e. {low} % to {high} %"
    shares = row.relative_difference
    if not np.isfinite(shares.estimate):
        return amount(row.difference, row.unit)
    low, high = together([100.0 * shares.low, 100.0 * shares.high], money=False)
    return f"{amount(row.difference, row.unit)}, as a share of its own {low} % to {high} %"


def tally(rows: Sequence[Blow]) -> str:
    """How many differences in differences are clear, and how many would be by chance alone."""
    judged = [row for row in rows if row.difference_word and row.difference_word != UNJUDGED]
    if not judged:
        return ""
    clear = [row for row in judged if row.difference_word != UNCLEAR]
    less = sum(row.difference_word == SUFFERS["better"] for row in clear)
    chance = (1.0 - CONFIDENCE) * len(judged)
    return (
        f"Of {count_of(len(judged), 'comparison')} with the reference (all stresses, windows, measures) {len(clear)} "
        f"are clear, {less} of them for the scenario; were nothing true, about {short(chance, 2)} would look so: each "
        "interval is for itself."
    )
