"""How far a verdict carries over worlds, in one or two sentences, from the tables that `worlds` wrote."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from revsim.analysis.interval import Interval
from revsim.analysis.words import percent
from revsim.analysis.worlds.contests import COMMON, LOSES, VARIANCE, WINS
from revsim.analysis.worlds.findings import FEW_PLAUSIBLE
from revsim.analysis.worlds.phrasing import share_words
from revsim.analysis.worlds.shares import ALL, PLAUSIBLE

NOT_SEARCHED = "where it fails was not searched: in too few worlds it clearly does, or scikit-learn is not there"
NO_RULE = "where it fails was searched, and no rule was found"


def robust_words(own: str, rival: str, shares: pd.DataFrame, conditions: pd.DataFrame) -> str:
    """In how many worlds `own` beats `rival` on forecast variance, and where it fails; empty if they never met.

    `shares` and `conditions` are the tables of those names. Worlds that pass the patterns count, if they are enough.
    """
    rows = _rows(own, rival, shares)
    if not rows.get((ALL, VARIANCE), {}).get("worlds"):
        return ""
    enough = rows.get((PLAUSIBLE, VARIANCE), {}).get("worlds", 0) >= FEW_PLAUSIBLE
    among = PLAUSIBLE if enough else ALL
    which = "worlds like known companies" if enough else "worlds, many of them like no known company"
    text = (
        f"Over {int(rows[among, VARIANCE]['worlds'])} {which}, drawn from what is not known, “{own}” clearly beats "
        f"“{rival}” on forecast variance in {_outcome_words(own, rows[among, VARIANCE])}"
    )
    if (among, COMMON) in rows:
        text += f"; on the same bookings in {_outcome_words(own, rows[among, COMMON])}"
    return f"{text}; {_failing_words(own, rival, conditions)}."


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
    return f"{share_words(part)} {loses}{_true_words(row, turned=turned)}"


def _true_words(row: Mapping[Hashable, Any], *, turned: bool) -> str:
    """The share with the noise of few replications taken out, where it is known."""
    true = Interval(row["lowers"], row["lowers_low"], row["lowers_high"])
    if np.isnan(true.estimate):
        return ""
    if turned:
        true = Interval(1.0 - true.estimate, 1.0 - true.high, 1.0 - true.low)
    return f" (truly lower, the noise of each world taken out: {share_words(true)})"


def _failing_words(own: str, rival: str, conditions: pd.DataFrame) -> str:
    """Where the rival wins: the rule, that none was found, or that none was looked for."""
    mine = conditions[
        (conditions["winner"] == rival) & (conditions["loser"] == own) & (conditions["criterion"] == VARIANCE)
    ]
    if mine.empty:
        return NOT_SEARCHED
    real = mine[mine["found"].astype(bool)]
    return f"it fails where {real.iloc[0]['rule']}" if len(real) else NO_RULE
