"""A screening in sentences."""

from __future__ import annotations

import pandas as pd

from revsim.analysis.screening import TOP
from revsim.analysis.screening_answers import MEASURES
from revsim.analysis.screening_table import DUMMY, Screening
from revsim.analysis.words import count_of, percent, rounded
from revsim.analysis.worlds.phrasing import Assumed

LEADERS = 3  # numbers that are named for an answer
MAYBE = 0.05  # share of resamples from which on a number may be among the first


def first_of(found: Screening) -> pd.DataFrame:
    """The first TOP numbers, those that do more than chance."""
    return found.drivers.head(TOP).query("score > 1")


def maybe_of(found: Screening) -> pd.DataFrame:
    """The numbers behind them that may be among them."""
    rest = found.drivers.iloc[len(first_of(found)) :]
    return rest[(rest["in_top"] >= MAYBE) & (rest["score"] > 1.0)]


def called(found: Screening) -> dict[str, Assumed]:
    """Numbers by their address."""
    return {one.name: one for one in found.numbers}


def sentences(found: Screening) -> list[str]:
    """The first numbers, those that may be among them, and what drives each answer."""
    return [_first(found), *_maybe(found), *(_answer(found, *answer) for answer in found.answers)]


def _first(found: Screening) -> str:
    first, names = first_of(found), called(found)
    if first.empty:
        return f"None of {count_of(len(found.numbers), 'number')} moves the effects more than chance does."
    listed = "; ".join(
        f"{place}. {names[row['number']].called}, {rounded(row['score'], 2)} times chance"
        for place, row in enumerate(first.to_dict("records"), start=1)
    )
    return (
        f"Of {count_of(len(found.numbers), 'number')} that are not known, these {len(first)} move the effects most, "
        f"over {count_of(len(found.answers), 'answer')}: {listed}."
    )


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
