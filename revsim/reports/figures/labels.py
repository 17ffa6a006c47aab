"""Names beside the ends of lines, moved apart so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from revsim.reports.look import Look


class Label(NamedTuple):
    """What is written, beside which height, and how its line looks."""

    text: str
    at: float
    look: Look


def apart(labels: Sequence[Label], per_line: float) -> list[float]:
    """The height of each label's middle: in the order of the lines' ends, none overlapping, none below zero."""
    ends = [label.at if isfinite(label.at) else 0.0 for label in labels]
    order = sorted(range(len(labels)), key=lambda k: (ends[k], -k))
    found, below = [0.0] * len(labels), 0.0
    for k in order:
        half = per_line * (labels[k].text.count("\n") + 1) / 2.0
        found[k] = max(ends[k], below + half)
        below = found[k] + half
    return found
