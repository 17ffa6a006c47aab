"""What forecast variance is made of, on stdout: a table and sentences, or the same numbers as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.analysis.parts import CROSS, SHARE
from revsim.analysis.parts_words import number
from revsim.cli.reading import print_table, print_text
from revsim.cli.show_answer import Shown, records

if TYPE_CHECKING:
    from revsim.studies.parts import PartsStudy

HEAD = ("week", "of", "kind", "part", "adds", "word")


def _text(answer: PartsStudy) -> None:
    rows = [row for row in answer.rows if row.of == answer.of and row.kind in (SHARE, CROSS)]
    print_table(HEAD, [(str(row.week), row.of, row.kind, row.part, number(row.wide), row.word) for row in rows])
    print_text("\n" + "\n".join(answer.sentences) + "\n\nAll rows, of chance too: parts.csv")


def _data(answer: PartsStudy) -> dict[str, Any]:
    return {"scenario": answer.base.name, "rows": records(answer.frames["parts"])}


SHOWN = Shown(_text, _data)
