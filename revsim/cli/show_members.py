"""A plausible set, on stdout: what rules companies out and sentences, or the same numbers as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.analysis.words import percent, rounded
from revsim.cli.reading import print_table, print_text
from revsim.cli.show_answer import Shown, records

if TYPE_CHECKING:
    from revsim.studies.members import MemberStudy

HEAD = ("pattern", "range", "median", "ruled out", "alone")


def _text(answer: MemberStudy) -> None:
    rows = [
        (
            str(row["pattern"]),
            f"{row['low']:g} to {row['high']:g}",
            rounded(row["median"]),
            percent(row["ruled_out"], 2),
            percent(row["alone"], 2),
        )
        for row in answer.ruling.to_dict("records")
    ]
    print_table(HEAD, rows)
    print_text("\n" + "\n".join(answer.sentences))


def _data(answer: MemberStudy) -> dict[str, Any]:
    frames = answer.frames
    return {
        "scenario": answer.company.name,
        "members": len(answer.members),
        "passing": answer.passing,
        "drawn": len(answer.screened.first),
        "patterns": records(frames["patterns"]),
        "medians": records(frames["medians"]),
    }


SHOWN = Shown(_text, _data)
