"""An attribution on stdout: a table and sentences a measure, then the hand-offs; or the same numbers as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.analysis.shares import sentences, table
from revsim.cli.reading import print_text
from revsim.cli.show_answer import Shown, records
from revsim.printable import columns_of, padded
from revsim.scenario.levers import TITLES

if TYPE_CHECKING:
    from revsim.studies.attribution import AttributionStudy


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(columns_of(row[k]) for row in rows) for k in range(len(rows[0]))]
    cells = (("  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True))).rstrip() for row in rows)
    return "\n".join(cells)


def _text(answer: AttributionStudy) -> None:
    for found in answer.asked:
        print_text(_aligned(table(found, TITLES)))
        print_text("\n" + "\n".join(sentences(found, TITLES)) + "\n")
    if answer.moment_sentences:
        print_text("One hand-off first, with its definition and its review:")
        print_text("\n".join(f"  {line}" for line in answer.moment_sentences) + "\n")
    print_text("All measures: attribution.csv")


def _data(answer: AttributionStudy) -> dict[str, Any]:
    return {
        "base": answer.base.name,
        "design": answer.design.name,
        "rows": [row for found in answer.asked for row in records(found.frame())],
        "moments": records(answer.moments.frame()) if answer.moments else [],
    }


SHOWN = Shown(_text, _data)
