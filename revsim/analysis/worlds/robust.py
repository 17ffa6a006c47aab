"""How far a verdict carries over worlds, in one or two sentences, from the tables that `worlds` wrote."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from revsim.analysis.interval import Interval
from revsim.analysis.words import count_of, percent
from revsim.analysis.worlds.contests import COMMON, LOSES, VARIANCE, WINS
from revsim.analysis.worlds.discovery import FEWEST_HITS
from revsim.analysis.worlds.phrasing import share_words
from revsim.analysis.worlds.shares import ALL, PLAUSIBLE

NOT_SEARCHED = "where it fails was not searched"
TOO_FEW = "it clearly does in {fails} only"
NO_LIBRARY = "that takes scikit-learn"
NO_RULE = "where it fails was searched, and no rule was found"


def robust_words(own: str, rival: str, shares: pd.DataFrame, conditions: pd.DataFrame) -> str:
    """In how many worlds `own` beats `rival` on forecast variance, and where it fails; empty if they never met.

    `shares` and `conditions` are the tables of those names.
    """
    rows = _rows(own, rival, shares)
    row = rows.get((ALL, VARIANCE), {})
    count = int(row.get("worlds", 0))
    if not count:
        return ""
    known = int(rows.get((PLAUSIBLE, VARIANCE), {}).get("worlds", 0))
    text = (
        f"Over {count_of(count, 'world')} drawn from what is not known, {known} of them like known companies, “{own}” "
        f"clearly beats “{rival}” on forecast variance in {_outcome_words(own, row)}"
    )
    if (ALL, COMMON) in rows:
        text += f"; on the same bookings in {_outcome_words(own, rows[ALL, COMMON])}"
    return f"{text}; {_failing_words(own, row, conditions, rival)}."


def _rows(own: str, rival: str, shares: pd.DataFrame) -> dict[tuple[str, str], Mapping[Hashable, Any]]:
    """Their rows on both variances, by set of worlds and criterion."""
    both = [own, rival]
    met = shares[shares["scenario"].isin(both) & shares["against"].isin(both)]
    found = met[met["criterion"].isin([VARIANCE, COMMON])].to_dict("records")
    return {(str(row["among"]), str(row["criterion"])): row for row in found}


def _outcome_words(own: str, row: Mapping[Hashable, Any]) -> str:
    """How often it wins and loses, from its own side."""
    turned = str(row["scenario"]) != own
    won, lost = (LOSES, WINS) if turned else (WINS, LOSES)
    part = Interval(row[f"{won}_share"], row[f"{won}_low"], row[f"{won}_high"])
    loses = f"and clearly loses in {percent(row[f'{lost}_share'], 2)}"
    ahead = 1.0 - row["ahead"] if turned else row["ahead"]
    return f"{share_words(part)} {loses} (clear or not, ahead in {percent(ahead, 2)})"


def _failing_words(own: str, row: Mapping[Hashable, Any], conditions: pd.DataFrame, rival: str) -> str:
    """Where the rival wins: the rule, that none was found, or why none was looked for."""
    mine = conditions[
        (conditions["winner"] == rival) & (conditions["loser"] == own) & (conditions["criterion"] == VARIANCE)
    ]
    if mine.empty:
        fails = int(row[WINS] if str(row["scenario"]) != own else row[LOSES])
        return (
            f"{NOT_SEARCHED}: {TOO_FEW.format(fails=count_of(fails, 'world')) if fails < FEWEST_HITS else NO_LIBRARY}"
        )
    real = mine[mine["found"].astype(bool)]
    return f"it fails where {real.iloc[0]['rule']}" if len(real) else NO_RULE
