"""A build that stalls half-way: its balance against what was there before, and against the design that is finished.

Same sums as balance.csv (analysis/balance.py), on the same luck:

    against nothing     what a company is left with that began to build and got stuck
    against finished    what being stuck costs it beside having gone through

What was spent until then stays spent; what was built stays, and its running cost with it. The margin is that of the
scenario that builds nothing, or where there is none that of the finished one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from revsim.analysis import balance_words
from revsim.analysis.balance import COLUMNS, NET, WITHOUT_RENEWALS, Balance, balance
from revsim.analysis.balance_words import paid_back, worth
from revsim.analysis.cube import Cube
from revsim.analysis.net_words import Net, both_words
from revsim.analysis.words import bracket, percent, short

NO_NOTHING = (
    "What a stalled build is worth is told against the finished one alone: no scenario here builds nothing. "
    "Add one, e.g. status-quo.yaml."
)


class Places(NamedTuple):
    """Where a design stands in the cube, finished and stalled, and what builds nothing; None if there is none."""

    finished: int
    stalled: int
    nothing: int | None


class Stalled(NamedTuple):
    """A stalled build against another scenario; beside it, where it is against nothing, the finished one against it."""

    against: str
    own: Balance
    finished: Balance | None


def stalls(cube: Cube, places: Sequence[Places], margin: float) -> list[Stalled]:
    """Each stalled build against nothing, if something is that, and against the finished design."""
    found = []
    for finished, stalled, nothing in places:
        if nothing is not None:
            whole = balance(cube, finished, nothing, margin)
            found.append(Stalled(cube.scenarios[nothing], balance(cube, stalled, nothing, margin), whole))
        found.append(Stalled(cube.scenarios[finished], balance(cube, stalled, finished, margin), None))
    return found


def frame(found: Sequence[Stalled], money: str) -> pd.DataFrame:
    """The rows of stalled.csv: those of balance.csv with what they are against; finished designs once."""
    rows = [
        (one.against, *row)
        for one in found
        for each in (one.own, one.finished)
        if each is not None
        for row in each.rows(money)
    ]
    return pd.DataFrame(rows, columns=["against", *COLUMNS]).drop_duplicates(ignore_index=True)


def lines(found: Sequence[Stalled], money: str) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the page's table: a column a comparison, the finished design beside the stalled one."""
    balances = {
        f"“{each.scenario}” against “{one.against}”": each
        for one in found
        for each in (one.own, one.finished)
        if each is not None
    }
    return [f"{money} a quarter", *balances], balance_words.lines(list(balances.values()))


def sentences(found: Sequence[Stalled], money: str) -> list[str]:
    """Cost, net value and payback of each stalled build."""
    return [_sentence(one, money) for one in found]


def _sentence(one: Stalled, money: str) -> str:
    if one.finished is None:
        part = one.own.companies.at_the_end
        ends = bracket(percent(part.low), percent(part.high), " ({} to {})")
        return (
            f"“{one.own.scenario}” against “{one.against}”, which is finished, is worth {_net(one.own, money)}; "
            f"{percent(part.estimate)} of companies{ends} are better off stalled over the window."
        )
    cost = one.own.items["design"]
    return (
        f"“{one.own.scenario}” against “{one.against}”: for {short(-cost.estimate)} {money} a quarter "
        f"it is worth {worth(one.own, money)}; {paid_back(one.own)}. Finished, for "
        f"{short(-one.finished.items['design'].estimate)}, it is worth {_net(one.finished, money)}."
    )


def _net(one: Balance, money: str) -> str:
    return both_words(Net(one.items[NET], one.items[WITHOUT_RENEWALS]), money)
