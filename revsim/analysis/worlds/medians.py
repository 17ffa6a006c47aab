"""The middle of a set of companies: the median of each number, and whether it is clearly elsewhere than the file's.

The rule, stated before it is run: a number stays where its value in the file lies within the 95 % interval of the set's
median (of order statistics, by the binomial; no law is assumed). One that moves is rounded to two significant digits,
or three where two would leave that interval; whole where it must be whole; shares of a whole sum to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binom

DIGITS = (2, 3)
OUTSIDE = 0.025  # on each side
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


def middles(members: pd.DataFrame, values: Mapping[str, float], whole: Sequence[str]) -> list[Middle]:
    """One for each column of `members` (a row a company); `whole` are the addresses of whole numbers."""
    return [_middle(str(name), members[name].to_numpy(), values[str(name)], str(name) in whole) for name in members]


def _middle(address: str, over: np.ndarray, value: float, whole: bool) -> Middle:  # noqa: FBT001 - a fact
    ordered, count = np.sort(over), len(over)
    place = max(int(binom.ppf(OUTSIDE, count, 0.5)) - 1, 0)
    low, high, median = float(ordered[place]), float(ordered[count - 1 - place]), float(np.median(ordered))
    if low <= value <= high:
        return Middle(address, value, median, low, high, value)
    if whole:
        return Middle(address, value, median, low, high, float(round(median)))
    rounded = [float(f"{median:.{digits}g}") for digits in DIGITS]
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
