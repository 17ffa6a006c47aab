"""Where it flips: for each contest, in which box of assumptions who wins, and whether that is more than chance.

Many contests are searched, so beside each p stands q, the share of false alarms among all rules at least as good
(Benjamini and Hochberg 1995). A rule counts as found at q <= FOUND.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from revsim.analysis.worlds.contests import LOSES, WINS
from revsim.analysis.worlds.discovery import Found, discover
from revsim.analysis.worlds.phrasing import Assumed, beats, count_words, rule_words

FOUND = 0.05
COLUMNS = [
    *("winner", "loser", "criterion", "worlds", "wins", "rule", "box_worlds", "box_wins", "coverage", "density"),
    *("phi", "p", "q", "found", "held_out_worlds", "held_out_wins", "sentence"),
]


class Flip(NamedTuple):
    """A contest's outcome and the box in which it happens."""

    winner: str
    loser: str
    criterion: str
    found: Found
    q: float

    @property
    def is_real(self) -> bool:
        """Whether the box is better than chance, all searches considered."""
        return self.q <= FOUND


def flips(contests: pd.DataFrame, draws: pd.DataFrame, seed: int) -> list[Flip]:
    """Each outcome that happens often enough, and not always, with its best box; best first.

    `draws` is indexed by world, with a column an axis; `contests` are `contest_rows`.
    """
    found = list(_searched(contests, draws, seed))
    if not found:
        return []
    quality = false_discovery_control([one.found.p for one in found])
    told = [one._replace(q=float(q)) for one, q in zip(found, quality, strict=True)]
    return sorted(told, key=lambda one: (one.q, -one.found.box.phi))


def _searched(contests: pd.DataFrame, draws: pd.DataFrame, seed: int) -> Iterator[Flip]:
    for key, group in contests.groupby(["scenario", "against", "criterion"], sort=False):
        own, rival, criterion = (str(part) for part in key)
        words = group.set_index("world")["word"]
        points = draws.loc[words.index].to_numpy(dtype=np.float64)
        for word, winner, loser in ((WINS, own, rival), (LOSES, rival, own)):
            found = discover(points, (words == word).to_numpy(), seed)
            if found is not None:
                yield Flip(winner, loser, criterion, found, np.nan)


def sentence(flip: Flip, axes: list[Assumed]) -> str:
    """`“B” beats “A” on new business where ... : 31 of 40 worlds there, 12 of 160 elsewhere (...)`."""
    box = flip.found.box
    start = beats(flip.winner, flip.loser, flip.criterion)
    held_out = count_words(flip.found.held_out)
    return (
        f"{start} where {rule_words(box, axes)}: {count_words(box)} "
        f"(coverage {100.0 * box.coverage:.0f} %, density {100.0 * box.density:.0f} %; "
        f"by rules made without these worlds {held_out}; chance finds as good a rule "
        f"with p = {flip.found.p:.3g}, q = {flip.q:.2g})."
    )


def flip_rows(found: list[Flip], axes: list[Assumed]) -> pd.DataFrame:
    """The rows of conditions.csv."""
    rows = []
    for flip in found:
        box = flip.found.box
        rows.append(
            (
                *(flip.winner, flip.loser, flip.criterion, box.of_worlds, box.of_hits, rule_words(box, axes)),
                *(box.worlds, box.hits, box.coverage, box.density, box.phi, flip.found.p, flip.q, flip.is_real),
                *(flip.found.held_out.worlds, flip.found.held_out.hits, sentence(flip, axes)),
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS)
