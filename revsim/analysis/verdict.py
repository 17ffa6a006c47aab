"""The verdict: one sentence with numbers, built from the same rows as the table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis import ranking
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import BETTER, WORSE, Row
from revsim.analysis.interval import Interval
from revsim.analysis.resample import DRAWS
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import chance, percent, short, signed, together


class Judged(NamedTuple):
    """What the verdict is made of."""

    cube: Cube
    base: int
    money: str
    rows: dict[tuple[str, str], Row]
    best_chance: list[float]

    def row(self, own: int, measure: str) -> Row:
        """The row of a scenario and measure."""
        return self.rows[self.cube.scenarios[own], measure]

    def name(self, own: int) -> str:
        """The scenario's name in quotes."""
        return f"“{self.cube.scenarios[own]}”"


def within(part: Interval, shown: str = "95 % interval") -> str:
    """`(95 % interval -40 % to -20 %)`, or nothing when empty."""
    if not (np.isfinite(part.low) and np.isfinite(part.high)):
        return "(too few replications for an interval)"
    low, high = together([100.0 * part.low, 100.0 * part.high])
    return f"({shown} {low} % to {high} %)"


def spread(judged: Judged, own: int) -> tuple[float, float]:
    """+- share of bookings, and the same in money, at mid-quarter."""
    share = float(np.sqrt(max(judged.row(own, HEADLINE).level.estimate, 0.0)))
    return share, share * judged.row(own, "bookings").level.estimate


def _spread_words(judged: Judged, own: int) -> str:
    share, money = spread(judged, own)
    return f"±{percent(share)} of bookings (±{short(money)} {judged.money} a quarter)"


def _cost_words(judged: Judged, own: int) -> str:
    """What it costs more than the baseline, a quarter."""
    effect = judged.row(own, "remedy_cost").effect
    cost = effect.estimate if effect else 0.0
    if not np.isfinite(cost) or cost == 0.0:
        return "its remedies cost nothing more"
    return f"its remedies cost {short(abs(cost))} {judged.money} {'more' if cost > 0 else 'less'} a quarter"


def _volume_words(judged: Judged, own: int) -> str:
    """A warning where own-mean and common-denominator forms disagree in sign."""
    mine = judged.row(own, HEADLINE).relative.estimate
    common = judged.row(own, HEADLINE + "_common").relative.estimate
    if not np.isfinite(mine) or not np.isfinite(common) or mine * common >= 0.0:
        return ""
    return (
        f" This is volume, not reliability: against the baseline's bookings the variance changes by "
        f"{signed(percent(common))}, against its own by {signed(percent(mine))}."
    )


def _rival_words(judged: Judged, best: int) -> str:
    """How the best stands against the best of the other family of remedies."""
    kinds = [ranking.kind_of(judged.cube, own, judged.base) for own in range(len(judged.cube.scenarios))]
    other = {"design": "coordination", "coordination": "design"}.get(kinds[best])
    rivals = [own for own, kind in enumerate(kinds) if kind == other]
    if not rivals:
        return ""
    rival = min(rivals, key=lambda own: judged.row(own, HEADLINE).level.estimate)
    gap = ranking.between(judged.cube, best, rival)
    if not gap.high < 0.0:
        apart = f"{signed(percent(gap.estimate))} {within(gap)} against {judged.name(rival)}"
        return f" Design and coordination are not clearly apart: {apart}."
    wins = "Coordination is the better buy here" if kinds[best] == "coordination" else "Design beats coordination here"
    return f" {wins}: {signed(percent(gap.estimate))} {within(gap)} against {judged.name(rival)}."


def _alone(judged: Judged) -> str:
    """The sentence for a single scenario."""
    plan, actual = judged.row(0, "plan_met").level.estimate, judged.row(0, "bookings").level.estimate
    return (
        f"{judged.name(0)} forecasts within {_spread_words(judged, 0)} at mid-quarter, books {short(actual)} "
        f"{judged.money} a quarter and meets its plan in {percent(plan)} of quarters."
    )


def _unclear(judged: Judged, others: list[int]) -> str:
    """The sentence when nothing clearly lowers the headline."""
    nearest = min(others, key=lambda own: judged.row(own, HEADLINE).level.estimate)
    change = judged.row(nearest, HEADLINE).relative
    worse = [own for own in others if judged.row(own, HEADLINE).word == WORSE]
    text = (
        f"No scenario clearly lowers forecast variance at mid-quarter against {judged.name(judged.base)}: the nearest, "
        f"{judged.name(nearest)}, changes it by {signed(percent(change.estimate))} {within(change)} over "
        f"{len(judged.cube.replications)} replications; {_cost_words(judged, nearest)}."
    )
    if worse:
        text += (
            " Clearly worse: "
            + ", ".join(
                f"{judged.name(own)} {signed(percent(judged.row(own, HEADLINE).relative.estimate))}" for own in worse
            )
            + "."
        )
    return text + _volume_words(judged, nearest)


def verdict(judged: Judged) -> str:
    """The whole verdict: a sentence, and warnings where they are due."""
    others = [own for own in range(len(judged.cube.scenarios)) if own != judged.base]
    if not others:
        return _alone(judged)
    better = [own for own in others if judged.row(own, HEADLINE).word == BETTER]
    if not better:
        return _unclear(judged, others)
    best = min(better, key=lambda own: judged.row(own, HEADLINE).level.estimate)
    change = judged.row(best, HEADLINE).relative
    return (
        f"{judged.name(best)} changes forecast variance at mid-quarter by {signed(percent(change.estimate))} "
        f"{within(change)} against {judged.name(judged.base)}, from {_spread_words(judged, judged.base)} "
        f"to {_spread_words(judged, best)}; "
        f"best of {len(judged.cube.scenarios)} with probability {chance(judged.best_chance[best], DRAWS)}; "
        f"{_cost_words(judged, best)}.{_rival_words(judged, best)}{_volume_words(judged, best)}"
    )
