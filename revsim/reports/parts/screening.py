"""The tables of a screening on the page: the numbers that matter most, and what each does to each answer."""

from __future__ import annotations

from revsim.analysis.screening import TOP
from revsim.analysis.screening_answers import MEASURES
from revsim.analysis.screening_table import DUMMY, Screening
from revsim.analysis.screening_words import MAYBE, first_of, maybe_of, where_of
from revsim.analysis.words import percent, rounded, short
from revsim.reports.facts import Sheet
from revsim.reports.page import Part

RANKING = (
    "Numbers that are above chance in at least one answer. Sd of companies: mu_star in the answer where it is largest "
    "and above chance, over the sd of that answer over companies, with its 95 % interval over resampled companies. "
    f"Among the first {TOP}: in how many of the resamples."
)
EACH = (
    "What a step of the number moves the effect by, for the whole of its range: mean without its sign (mu_star) with "
    "its 95 % interval, and sd over companies (sigma). Effects on variance and volatility are log ratios; on net value "
    "money a quarter."
)


def parts(found: Screening) -> list[Part]:
    """The ranking first."""
    return [_ranking(found), *(_answer(found, *answer) for answer in found.answers)]


def _ranking(found: Screening) -> Part:
    rows = [
        [
            str(place),
            f"{row['title']} ({row['number'].removeprefix('world.')})",
            where_of(row),
            f"{rounded(row['score'], 2)} ({rounded(row['low'], 2)} to {rounded(row['high'], 2)})",
            f"{row['rank_low']:.0f} to {row['rank_high']:.0f}",
            percent(row["in_top"], 2),
        ]
        for table in (first_of(found), maybe_of(found))
        for place, row in zip(table.index + 1, table.to_dict("records"), strict=True)
    ]
    columns = ["", "Number", "Answer", "Sd of companies", "Place", f"Among the first {TOP}"]
    caption = f"{RANKING} Those below {TOP} are in at least {percent(MAYBE, 1)}."
    return Part("The numbers that matter most", caption, Sheet(columns, rows))


def _answer(found: Screening, scenario: str, measure: str) -> Part:
    table = found.rows[(found.rows["scenario"] == scenario) & (found.rows["measure"] == measure)]
    first = table[table["number"] != DUMMY].sort_values("mu_star", ascending=False).head(TOP)
    chosen = [*first.to_dict("records"), *table[table["number"] == DUMMY].to_dict("records")]
    rows = [
        [
            row["title"] if row["number"] == DUMMY else f"{row['title']} ({row['number'].removeprefix('world.')})",
            f"{short(row['mu_star'])} ({short(row['low'])} to {short(row['high'])})",
            short(row["mu"]),
            short(row["sigma"]),
            "the dummy" if row["number"] == DUMMY else "yes" if row["above_dummy"] else "not told apart",
        ]
        for row in chosen
    ]
    words = {one.name: one.words for one in MEASURES}[measure]
    columns = ["Number", "mu_star", "mu", "sigma", "Above chance"]
    return Part(f"“{scenario}”: {words}", EACH, Sheet(columns, rows))
