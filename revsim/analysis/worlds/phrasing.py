"""Worlds in plain words: assumptions, conditions, contests. Every number comes from a row that stands in a table."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import ceil, floor, isnan
from typing import Any, NamedTuple

from revsim.analysis.interval import Interval
from revsim.analysis.words import count_of, percent, rounded
from revsim.analysis.worlds.contests import (
    BOOKINGS,
    COMMON,
    COST,
    LOSES,
    NET,
    NEW_NET,
    SWING,
    SWING_COMMON,
    UNDECIDED,
    VARIANCE,
    WINS,
)
from revsim.analysis.worlds.discovery import Box, Condition

ON = {
    VARIANCE: "forecast variance",
    COMMON: "forecast variance against the baseline's bookings",
    SWING: "volatility of new business",
    SWING_COMMON: "volatility of new business against the baseline's bookings",
    BOOKINGS: "new business",
    NEW_NET: "net value without renewals",
    NET: "net value with renewals",
    COST: "cost per point of variance removed",
}
BARE_UNITS = ("", "ratio", "share", "dial", "exponent", "elasticity", "correlation", "index")
MARK = " *"


class Assumed(NamedTuple):
    """An axis as it is told: `name` is its address; `evidence` is empty where there is some.

    `ends` says that 0 stands for never and the other end for every so many weeks.
    """

    name: str
    title: str
    unit: str
    evidence: str
    whole: bool = False
    ends: bool = False

    @property
    def called(self) -> str:
        """The title and the address, with a mark where nothing is known directly."""
        title = self.title[:1].lower() + self.title[1:] if self.title[1:2].islower() else self.title
        return f"“{title}”{MARK if self.evidence else ''} ({self.name.removeprefix('world.')})"


def condition_words(condition: Condition, axis: Assumed) -> str:
    """`“drift” is at most 0.31 sd of fit`."""
    if axis.ends:
        return f"{axis.called} is " + ("not never" if condition.above else "never")
    bound = condition.bound
    if axis.whole:
        side = f"at least {ceil(bound):g}" if condition.above else f"at most {floor(bound):g}"
    else:
        side = f"{'above' if condition.above else 'at most'} {rounded(bound)}"
    return f"{axis.called} is {side}" + ("" if axis.unit in BARE_UNITS else f" {axis.unit}")


def rule_words(box: Box, axes: list[Assumed]) -> str:
    """All conditions of a box."""
    return " and ".join(condition_words(one, axes[one.axis]) for one in box.conditions)


def count_words(box: Box) -> str:
    """`31 of 40 worlds there, 12 of 160 elsewhere`."""
    outside, left = box.of_worlds - box.worlds, box.of_hits - box.hits
    return f"{box.hits} of {count_of(box.worlds, 'world')} there, {left} of {outside} elsewhere"


def share_words(part: Interval) -> str:
    """`62 % (95 % interval 51 to 72)`."""
    low, high = (100.0 * side for side in (part.low, part.high))
    return f"{percent(part.estimate, 2)} (95 % interval {low:.0f} to {high:.0f})"


def beats(winner: str, loser: str, criterion: str) -> str:
    """`“Design” beats “Status quo” on new business`."""
    return f"“{winner}” beats “{loser}” on {ON[criterion]}"


def contest_words(row: Mapping[Hashable, Any]) -> str:
    """One row of `shares` as a sentence."""
    if not row["worlds"]:
        return f"“{row['scenario']}” against “{row['against']}” on {ON[row['criterion']]} is judged in no world."
    part = Interval(*(row[f"{WINS}_{name}"] for name in ("share", "low", "high")))
    others = f"loses in {percent(row[f'{LOSES}_share'], 2)}, undecided in {percent(row[f'{UNDECIDED}_share'], 2)}"
    start = beats(row["scenario"], row["against"], row["criterion"])
    ahead = Interval(row["ahead"], row["ahead_low"], row["ahead_high"])
    also = "" if isnan(ahead.estimate) else f" Clear or not, it is ahead in {share_words(ahead)}."
    return f"{start} clearly in {share_words(part)} of {count_of(row['worlds'], 'world')}; {others}.{also}"
