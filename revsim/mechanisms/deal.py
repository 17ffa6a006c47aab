"""What weekly rules know of a deal: fields of the reference's `Deal` and of the compiled engine's record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Deal(Protocol):
    """A buyer on the way from lead to customer; times in days, stage -1 is a lead."""

    id: int
    row: int  # of its luck
    bought: bool
    fit: float
    value: float
    slower: float
    stage: int
    created: float
    sensed: int  # stage in which a rep last sensed its odds
    odds: float
    need_total: float
    need_stage: float
    judgement: float
    lag: float
    booked: float
    won: float  # day of the signature
    negotiating: bool
    deciding_since: float
    asked: bool
    pushed: float
    pull_at: float
    discount: float
    oversold: float

    @property
    def entered(self) -> Sequence[float]:
        """Days, by stage."""
