"""The middle of a set of companies: the median of each number, and whether it is clearly elsewhere than the file's.

The rule, stated before it is run. A number stays where chance alone may have put the set's median elsewhere: a sign
test asks whether the file's value can be the median (no law is assumed; members that have just that value speak for
it), and over all numbers the false discovery rate is held at 5 % (Benjamini and Hochberg 1995). One that moves takes
the median, rounded to two significant digits, or three where two would leave its 95 % interval (of order statistics, by
the binomial); whole where it must be whole; shares of a whole sum to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binom, false_discovery_control

DIGITS = (2, 3)
OUTSIDE = 0.025  # on each side
FOUND = 0.05  # rate of false discoveries
PLACES = 2  # decimals of shares of a whole


class Middle(NamedTuple):
    """A number of a file and over a set: its median with the 95 % interval, and what the file should have."""

    address: str
    value: float
    median: float
    low: float
    high: float
    new: float

    @property
    def moves(self) -> bool:
        """Whether the file should have another."""
        return self.new != self.value


def middles(
    members: pd.DataFrame, values: Mapping[str, float], whole: Sequence[str], *, each_alone: bool = False
) -> list[Middle]:
    """One for each column of `members` (a row a company); `whole` are the addresses of whole numbers.

    With `each_alone` a number moves by its own test at 5 %, whatever many others are asked.
    """
    names = [str(name) for name in members]
    over = [members[name].to_numpy(np.float64) for name in names]
    chances = [sign_test(each, values[name]) for each, name in zip(over, names, strict=True)]
    moved = np.asarray(chances if each_alone else false_discovery_control(chances)) <= FOUND
    return [
        _middle(name, each, values[name], whole=name in whole, moves=bool(moves))
        for name, each, moves in zip(names, over, moved, strict=True)
    ]


def sign_test(over: np.ndarray, value: float) -> float:
    """Two-sided p that `value` is a median: that at least half are at most it, and at least half at least it."""
    at_most, at_least = int((over <= value).sum()), int((over >= value).sum())
    return min(1.0, 2.0 * float(binom.cdf(min(at_most, at_least), len(over), 0.5)))


def _middle(address: str, over: np.ndarray, value: float, *, whole: bool, moves: bool) -> Middle:
    ordered, count = np.sort(over), len(over)
    place = max(int(binom.ppf(OUTSIDE, count, 0.5)) - 1, 0)
    low, high, median = float(ordered[place]), float(ordered[count - 1 - place]), float(np.median(ordered))
    if not moves:
        return Middle(address, value, median, low, high, value)
    if whole:
        return Middle(address, value, median, low, high, float(round(median)))
    rounded = [float(f"{median:.{each}g}") for each in DIGITS]
    new = next((each for each in rounded if low <= each <= high), rounded[-1])
    return Middle(address, value, median, low, high, new)


def summing_to_one(found: Sequence[Middle], addresses: Sequence[str], places: int = PLACES) -> list[Middle]:
    """The same with shares of a whole that sum to 1 at so many decimals, if any of them moves: largest remainders."""
    mine = [middle for middle in found if middle.address in addresses]
    if not any(middle.moves for middle in mine):
        return list(found)
    units = 10**places
    exact = np.array([middle.new for middle in mine]) / sum(middle.new for middle in mine) * units
    parts = np.floor(exact)
    for place in np.argsort(parts - exact, kind="stable")[: round(units - parts.sum())]:
        parts[place] += 1.0
    new = {middle.address: part / units for middle, part in zip(mine, parts, strict=True)}
    return [middle._replace(new=new.get(middle.address, middle.new)) for middle in found]


def nearest(members: pd.DataFrame, found: Sequence[Middle]) -> int:
    """The row of the member nearest the medians: root of the mean squared distance, each in spreads (sd) of the set."""
    names = [middle.address for middle in found]
    over = members[names].to_numpy(np.float64)
    spread = over.std(axis=0)
    far = (over - [middle.median for middle in found])[:, spread > 0.0] / spread[spread > 0.0]
    return int(np.argmin((far**2).mean(axis=1)))


def middle_rows(found: Sequence[Middle]) -> pd.DataFrame:
    """address, value, median, low, high (95 % interval of the median), new, moves."""
    return pd.DataFrame([(*each, each.moves) for each in found], columns=[*Middle._fields, "moves"])
