"""A feedback loop's signal: live while the loop is closed, held at the mean of the last warm-up year once it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revsim.model.firm import Firm


class Signal:
    """What one mechanism hears of another."""

    __slots__ = ("closed", "count", "total")

    def __init__(self, *, closed: bool) -> None:
        """Nothing heard yet."""
        self.closed, self.count, self.total = closed, 0, 0.0

    def heard(self, firm: Firm, live: float) -> float:
        """The live value; if the loop is cut, from the first measured day on, its mean over the last warm-up year."""
        if self.closed:
            return live
        if firm.measured:
            return self.total / self.count if self.count else live
        if firm.last_warmup_year:
            self.count += 1
            self.total += live
        return live
