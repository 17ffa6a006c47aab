"""A feedback loop's signal: live while the loop is closed, held at the mean of the last warm-up year once it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import signal_of

if TYPE_CHECKING:
    from revsim.contract.firm import Loops
    from revsim.mechanisms.firm import Firm

(
    PRESSURES, GAPS, RATCHETS, BUDGETS, SEATS, DISAGREEMENTS, TOLERANCES, YIELD_RATIOS, ATTAINMENTS, DIPS, LOADS,
) = range(11)  # fmt: skip
HOURS_LOST = LOADS + 3  # loads and hours lost: one a role
SIGNALS = HOURS_LOST + 3
WEEKLY = (PRESSURES, GAPS)  # these count once a week towards their mean, however many hear them


class Signal:
    """What one mechanism hears of another; nothing yet."""

    __slots__ = ("closed", "count", "last", "total", "weekly")

    def __init__(self, *, closed: bool, weekly: bool = False) -> None:
        self.closed, self.weekly, self.count, self.total, self.last = closed, weekly, 0, 0.0, -1


def signals_of(loops: Loops) -> list[Signal]:
    """The signals of a company: gaps are those to plan, as they bend `commit`."""
    closed = {
        PRESSURES: loops.pressure,
        GAPS: loops.pressure,
        RATCHETS: loops.plan_ratchet,
        BUDGETS: loops.number_used,
        SEATS: loops.number_used,
        DISAGREEMENTS: loops.disagreement,
        TOLERANCES: loops.trust,
        YIELD_RATIOS: loops.follow_up,
        ATTAINMENTS: loops.attainment,
        DIPS: loops.revision,
    }
    for role in range(3):
        closed[LOADS + role], closed[HOURS_LOST + role] = loops.energy, loops.hours
    return [Signal(closed=closed[which], weekly=which in WEEKLY) for which in range(SIGNALS)]


@mechanism
def heard(firm: Firm, which: int, live: float) -> float:
    """The live value; if the loop is cut, from the first measured day on, its mean over the last warm-up year."""
    signal = signal_of(firm, which)
    if signal.closed:
        return live
    if firm.measured:
        return signal.total / signal.count if signal.count > 0 else live
    if firm.last_warmup_year and not (signal.weekly and firm.week == signal.last):
        signal.count += 1
        signal.total += live
        signal.last = firm.week
    return live
