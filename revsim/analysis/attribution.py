"""Which lever brings what of a design's effect: exact shares, what each adds alone and last, the strongest interaction.

The replication is the unit: intervals are of the same linear combination of leave-one-out values (or of resamples),
so that they are paired. See shapley.py for the equations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from revsim.analysis import interval, shapley
from revsim.analysis.cube import Floats
from revsim.analysis.estimates import word_of
from revsim.analysis.gains import Gains
from revsim.analysis.interval import CONFIDENCE, Interval

COLUMNS = (
    *("measure", "role", "lever", "estimate", "low", "high", "unit", "better"),
    *("share", "share_low", "share_high", "title", "note"),
)


class Part(NamedTuple):
    """What one lever, or a pair, brings; `share` is that of the whole effect, empty unless the whole is clear of 0."""

    lever: str
    effect: Interval
    share: Interval
    word: str


class Attribution(NamedTuple):
    """A measure's change from base to design, shared out among levers."""

    game: Gains
    whole: Part
    shares: list[Part]
    alone: list[Part]
    last_in: list[Part]
    pairs: list[Part]

    @property
    def order(self) -> list[int]:
        """Levers by position, largest share first."""
        return sorted(range(len(self.shares)), key=lambda k: -abs(self.shares[k].effect.estimate))

    @property
    def leads(self) -> bool:
        """Whether the largest share is clear, and clearly larger than the second."""
        return self.shares[self.order[0]].effect.clear and self.ahead.clear

    @property
    def ahead(self) -> Interval:
        """By how much the largest share moves more than the second: paired, widened for the choice among all."""
        first, second = self.order[:2]
        size = self._size(first) - self._size(second)
        parts = shapley.shapley(self.game.spread)
        away = self._sign(first) * parts[first] - self._sign(second) * parts[second]
        return widened(self.game.interval(size, away), len(self.shares) - 1, self.game.spread.shape[1])

    def _sign(self, place: int) -> float:
        return float(np.sign(self.shares[place].effect.estimate))

    def _size(self, place: int) -> float:
        return abs(self.shares[place].effect.estimate)

    @property
    def strongest(self) -> Part:
        """The pair with the largest interaction; its interval is widened, as it was chosen among all pairs."""
        found = max(self.pairs, key=lambda part: abs(part.effect.estimate))
        part = widened(found.effect, len(self.pairs), self.game.spread.shape[1])
        return found._replace(effect=part, word=word_of(self.game.better, part))

    def frame(self) -> pd.DataFrame:
        """The rows of attribution.csv."""
        roles = {
            "whole": [self.whole],
            "shapley": self.shares,
            "alone": self.alone,
            "last_in": self.last_in,
            "interaction": self.pairs,
        }
        game = self.game
        rows = [
            (game.measure, role, part.lever, *part.effect, game.unit, part.word, *part.share, game.title, game.note)
            for role, parts in roles.items()
            for part in parts
        ]
        first, second = (self.shares[place].lever for place in self.order[:2])
        nothing = interval.NOTHING
        rows.append(
            (game.measure, "ahead", f"{first} - {second}", *self.ahead, game.unit, "", *nothing, game.title, game.note)
        )
        return pd.DataFrame(rows, columns=[*COLUMNS])


def widened(part: Interval, among: int, replications: int) -> Interval:
    """An interval that covers with 95 % though the estimate was chosen among some (Bonferroni)."""
    degrees = max(replications - 1, 1)
    tails = (1.0 - CONFIDENCE) / 2.0
    factor = float(stdtrit(degrees, 1.0 - tails / among) / stdtrit(degrees, 1.0 - tails))
    away = part.estimate - part.low, part.high - part.estimate
    return Interval(part.estimate, part.estimate - factor * away[0], part.estimate + factor * away[1])


def _parts(game: Gains, levers: Sequence[str], values: Floats, spread: Floats, whole: Interval) -> list[Part]:
    """Estimates with their intervals and shares of the whole."""
    change, changes = game.whole[-1] - game.whole[0], game.spread[-1] - game.spread[0]
    found = []
    for lever, value, away in zip(levers, values, spread, strict=True):
        effect = game.interval(float(value), away)
        # a share of an effect that may be nothing says nothing
        share = game.interval(float(value / change), away / changes) if whole.clear else interval.NOTHING
        found.append(Part(lever, effect, share, word_of(game.better, effect)))
    return found


def attribution(game: Gains, levers: Sequence[str]) -> Attribution:
    """Share out the change of a measure; `game` holds all sets of `levers` as binary numbers, and is usable."""
    values, spread = game.whole, game.spread
    whole = game.interval(float(values[-1] - values[0]), spread[-1] - spread[0])
    pairs = [f"{levers[one]} x {levers[other]}" for one, other in shapley.pairs_of(len(levers))]
    with np.errstate(divide="ignore", invalid="ignore"):
        return Attribution(
            game,
            Part(
                "all", whole, Interval(1.0, 1.0, 1.0) if whole.clear else interval.NOTHING, word_of(game.better, whole)
            ),
            _parts(game, levers, shapley.shapley(values), shapley.shapley(spread), whole),
            _parts(game, levers, shapley.alone(values), shapley.alone(spread), whole),
            _parts(game, levers, shapley.last_in(values), shapley.last_in(spread), whole),
            _parts(game, pairs, shapley.interactions(values), shapley.interactions(spread), whole),
        )
