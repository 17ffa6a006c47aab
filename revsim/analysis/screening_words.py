"""A screening in sentences."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from revsim.analysis.screening import TOP
from revsim.analysis.screening_answers import MEASURES
from revsim.analysis.screening_table import DUMMY, Screening
from revsim.analysis.words import count_of, percent, rounded
from revsim.analysis.worlds.phrasing import Assumed

LEADERS = 3  # numbers that are named for an answer
MAYBE = 0.05  # share of resamples from which on a number may be among the first


def first_of(found: Screening) -> pd.DataFrame:
    """The first TOP of the numbers that are ranked: those above chance in an answer."""
    return found.drivers.head(TOP).dropna(subset=["rank"])


def maybe_of(found: Screening) -> pd.DataFrame:
    """The numbers behind them that may be among them."""
    rest = found.drivers.iloc[len(first_of(found)) :]
    return rest[rest["in_top"] >= MAYBE]


def called(found: Screening) -> dict[str, Assumed]:
    """Numbers by their address."""
    return {one.name: one for one in found.numbers}


def sentences(found: Screening) -> list[str]:
    """The first numbers, those that may be among them, and what drives each answer."""
    return [_first(found), *_maybe(found), *(_answer(found, *answer) for answer in found.answers)]


def _first(found: Screening) -> str:
    first, names = first_of(found), called(found)
    if first.empty:
        return f"None of {count_of(len(found.numbers), 'number')} is told apart from chance in any answer."
    listed = "; ".join(
        f"{place}. {names[row['number']].called}, {rounded(row['score'], 2)} sd ({where_of(row)})"
        for place, row in enumerate(first.to_dict("records"), start=1)
    )
    above = int(found.drivers["rank"].notna().sum())
    return (
        f"Of {count_of(len(found.numbers), 'number')} that are not known, {above} are told apart from chance in at "
        f"least one of {count_of(len(found.answers), 'answer')}. These move one most, for the whole of their range, in "
        f"sd of that answer over companies: {listed}."
    )


def where_of(row: Mapping[Hashable, Any]) -> str:
    """The answer that a number moves most, from its row of the drivers."""
    words = {one.name: one.words for one in MEASURES}[row["measure"]]
    return f"“{row['scenario']}”, {words}"


def _maybe(found: Screening) -> list[str]:
    maybe = maybe_of(found)
    if maybe.empty or first_of(found).empty:
        return []
    likeliest = percent(maybe["in_top"].max(), 2)
    start = f"{count_of(len(maybe), 'further number')} may be among the first {TOP}: each is there in "
    return [f"{start}{percent(MAYBE, 1)} or more of the resamples of companies, the likeliest in {likeliest}."]


def _answer(found: Screening, scenario: str, measure: str) -> str:
    rows = found.rows[(found.rows["scenario"] == scenario) & (found.rows["measure"] == measure)]
    numbers, words = rows[rows["number"] != DUMMY], {one.name: one.words for one in MEASURES}[measure]
    above = numbers[numbers["above_dummy"]].sort_values("mu_star", ascending=False)
    start = f"“{scenario}”, effect on {words}: "
    if above.empty:
        return f"{start}no number is told apart from chance."
    names = called(found)
    leaders = ", ".join(names[number].called for number in above["number"].head(LEADERS))
    return f"{start}{len(above)} of {len(numbers)} numbers are told apart from chance; most by {leaders}."
