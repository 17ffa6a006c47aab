"""What a sweep found, on stdout as text or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.analysis.grid_words import compared_words, grid, titles
from revsim.cli.reading import print_table, print_text
from revsim.cli.show_answer import Shown, records

if TYPE_CHECKING:
    from revsim.studies.sweep import SweepStudy


def _text(answer: SweepStudy) -> None:
    comparison = answer.comparison
    cells = [(name, *(f"{value} {word}".rstrip() for value, word in row)) for name, row in grid(comparison)]
    print_text(f"{answer.name}: {compared_words(comparison)} [95 % interval]\n")
    print_table(("point", *titles(comparison)), cells)
    print_text("\n" + "\n".join(answer.sentences))


def _data(answer: SweepStudy) -> dict[str, Any]:
    """Every table as plain data; an empty cell is null."""
    return {"sweep": answer.name} | {name: records(frame) for name, frame in answer.frames.items()}


SHOWN = Shown(_text, _data)
