"""The market of a week: shocks, the useful bar, and who asks; marketing passes those above its bar.

Bars, rates and ownership hold for a week, so one pass a week finds the buyers whom marketing passes and when they
come; the others are counted. The k-th inquiry is the same buyer in every scenario of the world; more demand brings
the next ones sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.constants import MARKETING, OPERATIONS, SALES
from revsim.contract.trace import BOUGHT_FROM, Kind
from revsim.errors import LuckExhausted
from revsim.formulas.demand import contract_value
from revsim.formulas.quantiles import normal
from revsim.mechanisms.market import bought_of, close_week, rate_of
from revsim.model import handoff
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.luck.draw import BuyerLuck
    from revsim.model.firm import Firm


class Stream:
    """A stream of inquiries: how far its integrated rate has come, and who is next."""

    __slots__ = ("next", "offset", "reached")

    def __init__(self) -> None:
        """Nobody has come yet."""
        self.next, self.reached, self.offset = 0, 0.0, 0.0

    def restart(self, luck: BuyerLuck) -> None:
        """After a fork the next buyers come by the second luck's clock."""
        before = float(luck.clock[self.next - 1]) if self.next > 0 else 0.0
        self.offset = self.reached - before

    def arrivals(self, firm: Firm, luck: BuyerLuck, rate: float, name: str) -> tuple[int, NDArray[np.float64]]:
        """First buyer of the week and the days on which they ask, (n,)."""
        upto = self.reached + rate * DAYS_PER_WEEK
        until = int(np.searchsorted(luck.clock, upto - self.offset, side="right"))
        if until >= len(luck.clock):
            raise LuckExhausted(name, until + 1)
        first, self.next = self.next, max(until, self.next)
        days: NDArray[np.float64] = ((luck.clock[first : self.next] + self.offset) - self.reached) / rate
        self.reached = upto
        return first, firm.env.now + np.maximum(days, 0.0)


def week_of_inquiries(firm: Firm) -> None:
    """Who asks this week, and whom marketing passes."""
    p = firm.p
    rate = rate_of(firm)
    firm.record(Kind.WEEK, firm.week, -1, rate)
    luck = firm.luck.own
    first, days = firm.own.arrivals(firm, luck, rate, "inquiries")
    upto = np.array(p.demand.source_upto)
    source = np.minimum(np.searchsorted(upto, luck.source[first : firm.own.next], side="right"), len(upto) - 1)
    fit = np.array(p.demand.source_fit)[source] + luck.fit[first : firm.own.next]
    firm.record(Kind.INQUIRIES, firm.week, -1, float(len(days)))
    passed = qualify(firm, luck, first, days, (source, fit))

    extra = bought_of(firm, rate)
    count = 0
    if extra > 0.0:
        luck = firm.luck.bought
        first, days = firm.bought.arrivals(firm, luck, extra, "bought")
        count = len(days)
        fit = p.marketing.bought_fit + luck.fit[first : firm.bought.next]
        passed += qualify(firm, luck, first, days, (np.full(count, len(upto)), fit))
    close_week(firm, count, passed)


def qualify(
    firm: Firm,
    luck: BuyerLuck,
    first: int,
    days: NDArray[np.float64],
    born: tuple[NDArray[np.int64], NDArray[np.float64]],
) -> int:
    """Count the week's inquiries by each reading's bar; those above marketing's go on. Returns how many."""
    p, (source, fit), last = firm.p, born, first + len(days)
    bar = p.marketing.qualified_bar
    seen = [
        (fit + p.marketing.perception_noise * luck.seen_by_marketing[first:last]) - (bar + firm.readings[MARKETING]),
        (fit + p.sales.perception_noise * luck.seen_by_sales[first:last]) - (bar + firm.readings[SALES]),
        (fit + p.desk.perception_noise * luck.seen_by_operations[first:last]) - (bar + firm.readings[OPERATIONS]),
    ]
    for kind, by in zip((Kind.SEEN_QUALIFIED, Kind.SEEN_BY_SALES, Kind.SEEN_BY_OPERATIONS), seen, strict=True):
        firm.record(kind, firm.week, int(luck is firm.luck.bought), float(np.count_nonzero(by >= 0.0)))
    passed = np.flatnonzero(seen[MARKETING] >= 0.0)
    offset = BOUGHT_FROM if luck is firm.luck.bought else 0
    rows = first + passed
    at_stake = zip(
        rows.tolist(), days[passed].tolist(), source[passed].tolist(), fit[passed].tolist(),
        seen[SALES][passed].tolist(), seen[OPERATIONS][passed].tolist(), luck.value[rows].tolist(),
        strict=True,
    )  # fmt: skip
    for row, day, origin, fits, by_sales, by_operations, u in at_stake:
        value = contract_value(p.buyers.value_median, p.buyers.value_sigma, normal(u))
        handoff.offer(firm, luck, handoff.Lead(offset + row, row, day, origin, fits, value, by_sales, by_operations))
    return len(passed)
