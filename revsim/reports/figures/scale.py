"""An assumption as an axis of a picture: where a value lies, and how it is written."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis.cube import Floats
from revsim.analysis.words import rounded
from revsim.analysis.worlds.phrasing import MARK, Assumed
from revsim.reports.theme import wrapped

LABEL = 60
WIDEST = 0.28  # how far from its word a point of a two-valued axis may lie; the words are 1 apart
NEVER = "never"
GOLDEN = (5.0**0.5 - 1.0) / 2.0


class Scale(NamedTuple):
    """`places` by world; `ticks` are the words of a two-valued axis by place, empty where numbers are drawn."""

    axis: Assumed
    drawn: pd.Series[float]
    places: pd.Series[float]
    ticks: dict[float, str]

    @property
    def label(self) -> str:
        """The title with its unit, and a mark where nothing is known directly; on short lines."""
        unit = f" ({self.axis.unit})" if self.axis.unit and not self.ticks else ""
        return wrapped(f"{self.axis.title}{unit}{MARK if self.axis.evidence else ''}", LABEL)

    def said(self, world: int) -> str:
        """A world's value as a table shows it."""
        value = float(self.drawn[world])
        return _word(value, self.axis) if self.ticks else rounded(value, 4)

    def bound(self, where: float) -> float:
        """Where a rule's bound is drawn: between the two words."""
        return 0.5 if self.ticks else where


def scale_of(axis: Assumed, values: pd.Series[float]) -> Scale:
    """Numbers as they are; never-or-so-often as two words, their points spread sideways so that none hides another."""
    if not axis.ends:
        return Scale(axis, values, values, {})
    kinds = sorted(float(value) for value in values.unique())
    ticks = {float(place): _word(value, axis) for place, value in enumerate(kinds)}
    places = values.map({value: float(place) for place, value in enumerate(kinds)})
    return Scale(axis, values, places + _spread(len(values)), ticks)


def _word(value: float, axis: Assumed) -> str:
    """`never`, or `every 26 weeks`."""
    return NEVER if value == 0.0 else f"every {value:g} {axis.unit}".rstrip()


def _spread(count: int) -> Floats:
    """Steps of the golden section: even, without a pattern, the same every time."""
    steps = np.mod(GOLDEN * np.arange(1, count + 1), 1.0)
    return np.asarray(WIDEST * (2.0 * steps - 1.0))
