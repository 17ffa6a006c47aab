"""A feedback loop's signal: live while the loop is closed, held at the mean of the last warm-up year once it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revsim.model.firm import Firm


class Signal:
    """What one mechanism hears of another."""

    __slots__ = ("closed", "count", "last", "total", "weekly")

    def __init__(self, *, closed: bool, weekly: bool = False) -> None:
        """Nothing heard yet. A weekly signal counts once a week towards its mean, however many hear it."""
        self.closed, self.weekly, self.count, self.total, self.last = closed, weekly, 0, 0.0, -1

    def heard(self, firm: Firm, live: float) -> float:
        """The live value; if the loop is cut, from the first measured day on, its mean over the last warm-up year."""
        if self.closed:
            return live
        if firm.measured:
            return self.total / self.count if self.count else live
        if firm.last_warmup_year and not (self.weekly and firm.week == self.last):
            self.count += 1
            self.total += live
            self.last = firm.week
        return live
