"""Parts of the verdict: what moved, by how much, at what price; each from the rows of the table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import FEWEST, Cube
from revsim.analysis.estimates import UNCLEAR, UNJUDGED, Row
from revsim.analysis.interval import Interval
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import count_of, percent, short, signed, together

FEW = 30  # with fewer replications an interval is wider than most effects worth having
ENOUGH = 100


class Judged(NamedTuple):
    """What the verdict is made of."""

    cube: Cube
    base: int
    money: str
    rows: dict[tuple[str, str], Row]
    best_chance: list[float]

    @property
    def replications(self) -> int:
        """How many the scenarios share."""
        return len(self.cube.replications)

    def row(self, own: int, measure: str) -> Row:
        """The row of a scenario and measure."""
        return self.rows[self.cube.scenarios[own], measure]

    def name(self, own: int) -> str:
        """The scenario's name in quotes."""
        return f"“{self.cube.scenarios[own]}”"


def within(part: Interval) -> str:
    """`(95 % interval -40 % to -20 %)`, or nothing when empty."""
    if not (np.isfinite(part.low) and np.isfinite(part.high)):
        return "(no interval)"
    low, high = together([100.0 * part.low, 100.0 * part.high], money=False)
    return f"(95 % interval {low} % to {high} %)"


def change_words(part: Interval) -> str:
    """A relative change with its interval."""
    return f"{signed(percent(part.estimate))} {within(part)}"


def spread(judged: Judged, own: int) -> tuple[float, float]:
    """+- share of bookings, and the same in money, at mid-quarter."""
    share = float(np.sqrt(max(judged.row(own, HEADLINE).level.estimate, 0.0)))
    return share, share * judged.row(own, "bookings").level.estimate


def spread_words(judged: Judged, own: int) -> str:
    """The root of forecast variance, as share and as money."""
    share, money = spread(judged, own)
    return f"±{percent(share)} of bookings (±{short(money)} {judged.money} a quarter)"


def root_words(judged: Judged, own: int) -> str:
    """Executives read the spread; the variance is its square, so its percent are larger."""
    return (
        f"Variance is a square; its root, the usual size of the error, goes from {spread_words(judged, judged.base)} "
        f"to {spread_words(judged, own)}."
    )


def cost_words(judged: Judged, own: int) -> str:
    """What the remedies cost against the baseline's, a quarter."""
    effect = judged.row(own, "remedy_cost").effect
    cost = effect.estimate if effect else 0.0
    if not np.isfinite(cost) or cost == 0.0:
        return "no added cost"
    return f"{short(abs(cost))} {judged.money} {'cost' if cost > 0 else 'less cost'} a quarter"


def price_words(judged: Judged, own: int) -> str:
    """`+426k EUR new business a quarter for 117k EUR cost a quarter`; a change that is not clear is called so."""
    row = judged.row(own, "bookings")
    assert row.effect is not None
    gain = f"{signed(short(row.effect.estimate))} {judged.money} new business a quarter"
    doubt = f" ({row.word})" if row.word in (UNCLEAR, UNJUDGED) else ""
    return f"{gain}{doubt} for {cost_words(judged, own)}"


def volume_words(judged: Judged, own: int) -> str:
    """A warning where the two forms disagree in sign and at least one is clear; two unclear signs say nothing."""
    mine = judged.row(own, HEADLINE).relative
    common = judged.row(own, f"{HEADLINE}_common").relative
    if not mine.estimate * common.estimate < 0.0 or not (mine.clear or common.clear):
        return ""
    return (
        f"What {judged.name(own)} changes is volume, not reliability: against the baseline's bookings the variance "
        f"changes by {signed(percent(common.estimate))}, against its own by {signed(percent(mine.estimate))}."
    )


def few_words(judged: Judged) -> str:
    """What too few replications cannot say, and the way out."""
    count = judged.replications
    if count >= FEW:
        return ""
    what = "to judge anything" if count < FEWEST else "to judge small effects"
    are = "is" if count == 1 else "are"
    return f"{count_of(count, 'replication')} {are} too few {what}; try --replications {ENOUGH}."
