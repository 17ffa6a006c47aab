"""How a comparison ends in plausible companies, to stand beside the intervals of chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from revsim.analysis.variance import HEADLINE
from revsim.analysis.volatility import VOLATILITY
from revsim.analysis.worlds.contests import COMMON, NET, NEW_NET, SWING, SWING_COMMON, VARIANCE

# the measures of the table that worlds judge, too
CRITERIA = {
    HEADLINE: VARIANCE,
    f"{HEADLINE}_common": COMMON,
    VOLATILITY: SWING,
    f"{VOLATILITY}_common": SWING_COMMON,
    NEW_NET: NEW_NET,
    NET: NET,
}


class Count(NamedTuple):
    """Of so many companies: in how many a scenario is better than another, clearly better, and clearly worse."""

    companies: int
    better: int
    clearly: int
    worse: int

    @property
    def turned(self) -> Count:
        """The same from the other's side."""
        return Count(self.companies, self.companies - self.better, self.worse, self.clearly)


NOBODY: Mapping[tuple[str, str, str], Count] = {}


class Plausible(NamedTuple):
    """What was asked over plausible companies; nothing where `companies` is 0.

    `counts` by names of scenario and rival, and criterion. `outdated` says that it was asked, of another version of
    the model.
    """

    companies: int = 0
    replications: int = 0
    counts: Mapping[tuple[str, str, str], Count] = NOBODY
    outdated: bool = False

    def against(self, own: str, rival: str, criterion: str) -> Count | None:
        """How `own` does against `rival`; None where that was not asked."""
        mine, theirs = self.counts.get((own, rival, criterion)), self.counts.get((rival, own, criterion))
        return mine if mine is not None or theirs is None else theirs.turned


NOT_ASKED = Plausible()


def often(count: Count) -> str:
    """`41 of 60 plausible companies (clearly in 20, clearly worse in 3)`."""
    clearly = f"clearly in {count.clearly}, clearly worse in {count.worse}"
    return f"{count.better} of {count.companies} plausible companies ({clearly})"
