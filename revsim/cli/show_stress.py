"""What a stress study found, on stdout as text or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.analysis import stress_words as words
from revsim.cli.reading import print_table, print_text
from revsim.cli.show_answer import Shown, records

if TYPE_CHECKING:
    from revsim.analysis.stress import Blow
    from revsim.studies.stress import StressStudy

HEAD = ("scenario", "stress", "quarters", "measure", "without", "effect", "word", "against reference")


def _text(answer: StressStudy) -> None:
    table = words.table(answer.rows)
    shown = [
        row
        for row in answer.rows
        if row.measure in words.SHOWN and row.window == words.window_of(table, row.scenario, row.stress)
    ]
    print_table(HEAD, map(_cells, shown))
    parts = (answer.told, answer.contrasts, answer.stalled)
    print_text("\n" + "\n\n".join("\n".join(part) for part in parts if part))


def _cells(row: Blow) -> tuple[str, ...]:
    stress = row.stress + (" *" if row.note else "")
    levels = (words.calm_words(row), words.effect_words(row))
    return (row.scenario, stress, row.quarters, row.title, *levels, row.word, row.difference_word)


def _data(answer: StressStudy) -> dict[str, Any]:
    return {
        "reference": answer.names[0],
        "sentences": answer.every,
        "contrasts": answer.contrasts,
        "stalled": answer.stalled,
        "rows": records(answer.frames["stress"]),
    }


SHOWN = Shown(_text, _data)
