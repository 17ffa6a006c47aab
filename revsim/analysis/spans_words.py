"""While it is built, over all quarters, and once it stands, in words and as the report's table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from revsim.analysis.interval import Interval
from revsim.analysis.net_value import NET_OF_NEW_BUSINESS, NET_VALUE
from revsim.analysis.net_words import Net, both_words
from revsim.analysis.phrases import change_words
from revsim.analysis.spans import STANDING, WHILE_BUILT, WHOLE, Spanned, row_of
from revsim.analysis.variance import HEADLINE
from revsim.analysis.volatility import VOLATILITY
from revsim.analysis.words import bracket, percent, short, signed

TOLD = 3  # scenarios in the verdict; the table has all
ALL = "Where it stands, every customer has been handed over so, those of the first day included; no build is counted."
ASK = "What a programme does once it stands, `--steady` tells."
SHOWN = (
    *(HEADLINE, f"{HEADLINE}_common", VOLATILITY, f"{VOLATILITY}_common", "bookings"),
    *(NET_OF_NEW_BUSINESS.name, NET_VALUE.name),
)
AS_SHARE = SHOWN[:4]


def spans_words(found: Sequence[Spanned], money: str, *, steady: bool) -> list[str]:
    """Of the first scenarios both headlines and net value, by span; then how to learn what stands."""
    names = list(dict.fromkeys(one.scenario for one in found))
    said = [words for name in names[:TOLD] for words in _of(found, name, money)]
    return [*said, ALL if steady else ASK] if said else []


def _of(found: Sequence[Spanned], name: str, money: str) -> Iterator[str]:
    """A sentence a span; that of all quarters is what the rest of the verdict is about."""
    building, standing = row_of(found, name, WHILE_BUILT), row_of(found, name, STANDING)
    if building is not None and np.isfinite(building.row.relative.estimate):
        when = f"While “{name}” is built ({_quarters(building)})"
        yield f"{when}, {_told(found, building, money)}."
    if standing is not None and np.isfinite(standing.row.relative.estimate):
        when = f"Once “{name}” stands, against “{standing.baseline}”"
        yield f"{when}, {_told(found, standing, money)}."


def _told(found: Sequence[Spanned], one: Spanned, money: str) -> str:
    """Forecast variance, volatility, net value."""
    swing = row_of(found, one.scenario, one.span, VOLATILITY)
    parts = [f"forecast variance at mid-quarter changes by {change_words(one.row.relative)}"]
    if swing is not None and np.isfinite(swing.row.relative.estimate):
        parts.append(f"the swing of new business by {change_words(swing.row.relative)}")
    nets = [row_of(found, one.scenario, one.span, each.name) for each in (NET_VALUE, NET_OF_NEW_BUSINESS)]
    effects = [each.row.effect for each in nets if each is not None and each.row.effect is not None]
    if len(effects) == len(nets):
        parts.append(f"net value by {both_words(Net(*effects), money)}")
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else parts[0]


def _quarters(one: Spanned) -> str:
    return f"quarter {one.first}" if one.first == one.last else f"quarters {one.first} to {one.last}"


def head(found: Sequence[Spanned]) -> list[str]:
    """The columns of the report's table: a scenario and a span each."""
    return ["Effect against the baseline", *(title for _, _, title in _columns(found))]


def lines(found: Sequence[Spanned]) -> list[list[str]]:
    """Its rows: a measure and a cell a column, with its word."""
    rows = []
    for measure in SHOWN:
        cells = [row_of(found, name, span, measure) for name, span, _ in _columns(found)]
        there = [cell for cell in cells if cell is not None]
        if there:
            rows.append([there[0].row.title, *("" if cell is None else _cell(cell) for cell in cells)])
    return rows


def _columns(found: Sequence[Spanned]) -> list[tuple[str, str, str]]:
    """Scenario, span and title, in order."""
    titles = {WHILE_BUILT: "while it is built", WHOLE: "all quarters", STANDING: "standing"}
    seen = dict.fromkeys((one.scenario, one.span, one.first, one.last) for one in found)
    return [
        (name, span, f"{name}, {titles[span]}" + ("" if span == STANDING else f" ({first} to {last})"))
        for name, span, first, last in seen
    ]


def _cell(one: Spanned) -> str:
    """The effect with its interval and its word."""
    row = one.row
    if row.measure in AS_SHARE:
        text = _bracketed(row.relative, percent)
    else:
        text = _bracketed(row.effect or Interval(np.nan, np.nan, np.nan), short)
    return f"{text}\n{row.word}"


def _bracketed(part: Interval, shown: Callable[[float], str]) -> str:
    estimate, low, high = (shown(each) for each in part)
    return f"{signed(estimate)}{bracket(low, high)}"
