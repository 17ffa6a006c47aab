"""A screening on stdout: the numbers that matter most and sentences, or the same numbers as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.analysis.screening_words import first_of
from revsim.analysis.words import percent, rounded
from revsim.cli.reading import print_table, print_text
from revsim.cli.show_answer import Shown, records

if TYPE_CHECKING:
    from revsim.studies.screen import ScreenStudy

HEAD = ("", "number", "sd of companies", "place", "among the first ten")


def _text(answer: ScreenStudy) -> None:
    rows = [
        (
            str(place),
            str(row["number"]),
            f"{rounded(row['score'], 2)} ({rounded(row['low'], 2)} to {rounded(row['high'], 2)})",
            f"{row['rank_low']:.0f} to {row['rank_high']:.0f}",
            percent(row["in_top"], 2),
        )
        for place, row in enumerate(first_of(answer.found).to_dict("records"), start=1)
    ]
    if rows:
        print_table(HEAD, rows)
    print_text("\n" + "\n".join(answer.sentences) + "\n\nAll numbers and answers: screening.csv, drivers.csv")


def _data(answer: ScreenStudy) -> dict[str, Any]:
    found = answer.found
    return {"drivers": records(found.drivers), "rows": records(found.rows)}


SHOWN = Shown(_text, _data)
