"""What is said of a plausible set: how many companies pass, what rules them out, where its middle is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from revsim.analysis.words import percent, rounded
from revsim.analysis.worlds.implausibility import CUT
from revsim.analysis.worlds.medians import Middle

MOST_NAMED = 4
RARE = 10  # members of which a median says little


def sentences(members: int, passing: float, drawn: int, ruling: pd.DataFrame, middles: Sequence[Middle]) -> list[str]:
    """The share that passes, which patterns rule out most, and how many numbers lie elsewhere in the set's middle."""
    passes = f"{percent(passing, 2)} of {drawn:,} companies drawn from the ranges are not ruled out"
    lines = [f"{passes}; kept are {members:,}.", *_binding(ruling)]
    moving = [middle for middle in middles if middle.moves]
    if moving:
        lines.append(
            f"In the middle of the set {len(moving)} of {len(middles)} numbers clearly differ from the company's file."
        )
    else:
        lines.append(
            f"In the middle of the set none of {len(middles)} numbers clearly differs from the company's file."
        )
    return lines


def _binding(ruling: pd.DataFrame) -> list[str]:
    most = ruling[ruling["ruled_out"] > 0.0].sort_values("ruled_out", ascending=False, kind="stable")
    if most.empty:
        return ["No pattern rules any out."]
    named = [f"{row['pattern']} ({percent(row['ruled_out'], 2)})" for row in most.head(MOST_NAMED).to_dict("records")]
    return [f"Most are ruled out by: {', '.join(named)}."]


def notes(asked: int, passed: int, wanted: int, waves: int, replications: int) -> list[str]:
    """The rule, how often it was asked, and whether companies are lacking or were chosen."""
    found = [
        f"Ruled out: a pattern more than {CUT:g} standard errors from what is known of companies (docs/plausible.md).",
        f"Of {asked} companies that few replications left, {replications} replications each leave {passed}.",
    ]
    if waves:
        found.append(f"Fewer than one in twenty passed: in {waves} batches an emulator chose what was run.")
    if passed < wanted:
        found.append(f"{wanted} companies were wanted: raise --most.")
    if passed < RARE:
        found.append(f"Medians over {rounded(passed)} companies say little.")
    return found
