"""Parts of the verdict: what moved, by how much, at what price; each from the rows of the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis.balance import Longer, longer_of
from revsim.analysis.contest import Contestant
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import UNCLEAR, UNJUDGED, Row
from revsim.analysis.interval import Interval
from revsim.analysis.net_words import net_of, net_words
from revsim.analysis.variance import HEADLINE
from revsim.analysis.volatility import VOLATILITY
from revsim.analysis.words import bracket, miss, percent, short, signed, together
from revsim.analysis.worlds.contests import NET, NEW_NET, SWING
from revsim.analysis.worlds.plausible import NOT_ASKED, Plausible, often

BIAS = "bias_week_7"


class Judged(NamedTuple):
    """What the verdict is made of."""

    cube: Cube
    base: int
    money: str
    rows: dict[tuple[str, str], Row]
    best_chance: list[float]
    margin: float = np.nan  # share of revenue that contributes; without it no net value is told
    one_company: bool = True  # whether what can be chosen is of one company
    contest: Sequence[Contestant] = ()
    longer: Cube | None = None  # the same scenarios over more quarters, for net value
    behind: Sequence[str] = ()  # sentences on what the numbers rest on: chance, and what the same luck bought
    plausible: Plausible = NOT_ASKED  # how it ends in other companies that this one might be

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


def given(judged: Judged) -> str:
    """What every probability and interval takes as known."""
    return "given this company's numbers" if judged.one_company else "given these companies' numbers"


def within(part: Interval) -> str:
    """` (95 % interval -40 % to -20 %)`; nothing where both ends are the same."""
    if not (np.isfinite(part.low) and np.isfinite(part.high)):
        return " (no interval)"
    low, high = together([100.0 * part.low, 100.0 * part.high], money=False)
    return bracket(low, high, " (95 % interval {} % to {} %)")


def change_words(part: Interval) -> str:
    """A relative change with its interval."""
    return f"{signed(percent(part.estimate))}{within(part)}"


def carries_words(judged: Judged, own: int, criterion: str, better: str, rival: int | None = None) -> str:
    """`, lower in 41 of 60 plausible companies (...)`, to stand beside an interval of chance; empty if not asked."""
    names = judged.cube.scenarios
    count = judged.plausible.against(names[own], names[judged.base if rival is None else rival], criterion)
    return "" if count is None else f", {better} in {often(count)}"


def spread(judged: Judged, own: int) -> tuple[float, float]:
    """+- share of bookings, and the same in money, at mid-quarter."""
    share = float(np.sqrt(max(judged.row(own, HEADLINE).level.estimate, 0.0)))
    return share, share * judged.row(own, "bookings").level.estimate


def spread_words(judged: Judged, own: int) -> str:
    """The root of forecast variance, as share and as money."""
    share, money = spread(judged, own)
    return f"±{percent(share)} of bookings (±{short(money)} {judged.money} a quarter)"


def miss_words(judged: Judged, own: int) -> str:
    """The error of a scenario: its standard deviation, which is no bound, and the bias around which it lies."""
    share, money = spread(judged, own)
    words = (
        f"{judged.name(own)} misses bookings at mid-quarter by {miss(share)}, ±{short(money)} {judged.money} a quarter."
    )
    bias = judged.row(own, BIAS).level.estimate
    if not np.isfinite(bias):
        return words
    return f"{words} Its number is {percent(abs(bias))} too {'high' if bias > 0.0 else 'low'} on average."


def volatility_words(judged: Judged, own: int) -> str:
    """How far new business swings, with the scenario against without it: in its own money, and of common bookings."""
    mine, common = judged.row(own, VOLATILITY), judged.row(own, f"{VOLATILITY}_common")
    if not np.isfinite(mine.relative.estimate):
        return ""
    base = judged.row(judged.base, VOLATILITY).level.estimate
    words = (
        f"New business of {judged.name(judged.base)} swings from quarter to quarter by ±{short(base)} {judged.money}; "
        f"with {judged.name(own)} that changes by {change_words(mine.relative)}: {mine.word}"
        f"{carries_words(judged, own, SWING, 'less')}"
    )
    if _disagree(mine.relative, common.relative):
        words += f"; against the baseline's bookings by {change_words(common.relative)}"
    return f"{words}."


def root_words(judged: Judged, own: int) -> str:
    """Executives read the spread; the variance is its square, so its percent are larger."""
    return (
        f"Variance is a square; its root, one standard deviation of the error, goes from "
        f"{spread_words(judged, judged.base)} to {spread_words(judged, own)}."
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
    if not judged.one_company:  # what two companies spend is no price of a choice
        return f"{gain}{doubt}"
    return f"{gain}{doubt} for {cost_words(judged, own)}"


def worth_words(judged: Judged, own: int) -> str:
    """The net value of a scenario, and what of it is renewals and expansion."""
    if not (judged.one_company and np.isfinite(judged.margin)):
        return ""
    net = net_of(judged.cube, own, judged.base, judged.margin)
    beside = tuple(carries_words(judged, own, criterion, "above zero") for criterion in (NEW_NET, NET))
    longer = longer_net(judged, own, judged.base)
    return net_words(judged.cube.scenarios[own], net, judged.money, beside, longer)


def longer_net(judged: Judged, own: int, other: int) -> Longer | None:
    """Net values of one scenario against another over more quarters, where they were run."""
    return None if judged.longer is None else longer_of(judged.longer, own, other, judged.margin)


def _disagree(one: Interval, other: Interval) -> bool:
    """Whether two forms point in opposite directions and at least one is clear; two unclear signs say nothing."""
    return one.estimate * other.estimate < 0.0 and (one.clear or other.clear)


def volume_words(judged: Judged, own: int) -> str:
    """A warning where the headline in its own mean and in the baseline's disagree in sign."""
    mine = judged.row(own, HEADLINE).relative
    common = judged.row(own, f"{HEADLINE}_common").relative
    if not _disagree(mine, common):
        return ""
    return (
        f"What {judged.name(own)} changes is volume, not reliability: against the baseline's bookings the variance "
        f"changes by {signed(percent(common.estimate))}, against its own by {signed(percent(mine.estimate))}."
    )


def structure_words(judged: Judged, own: int) -> str:
    """A warning where the whole variance and the part of structure, if it is known, disagree in sign."""
    whole, structure = judged.row(own, HEADLINE), judged.row(own, f"{HEADLINE}_structure")
    if whole.effect is None or structure.effect is None or not _disagree(whole.effect, structure.effect):
        return ""
    base = judged.row(judged.base, f"{HEADLINE}_structure").level.estimate
    return (
        f"What {judged.name(own)} changes is chance, not the system: the part of structure changes by "
        f"{signed(short(structure.effect.estimate))} from {short(base)}, the whole variance by "
        f"{signed(short(whole.effect.estimate))} from {short(judged.row(judged.base, HEADLINE).level.estimate)}."
    )


def forms_words(judged: Judged, choices: Sequence[int]) -> list[str]:
    """Every warning of `choices` whose three forms of the headline disagree."""
    return [words(judged, own) for own in choices for words in (volume_words, structure_words)]
