"""A funnel as rows of leads, from a CRM export or from a simulated run: what is compared is measured by one code.

Days are calendar days, as exports have them; the model's working days are stretched by 7/5. Exports know whole days, so
the age of a win is a whole day + 0.5 on both sides.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.contract.trace import Kind, Trace
from revsim.units import DAYS_PER_QUARTER

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
CALENDAR = 7.0 / 5.0
GONE = (Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER)


class Funnel(NamedTuple):
    """Leads, one entry each; all arrays are (leads,)."""

    lead_day: Array
    source: Whole
    won_day: Array  # NaN unless won
    lost_day: Array  # NaN unless an opportunity was lost
    seat: Whole  # who won it, -1 unless won
    value: Array  # booked, NaN unless won
    quarter_share: Array  # share of the quarter gone at the win, NaN unless won

    @property
    def won(self) -> NDArray[np.bool_]:
        """Which leads were won."""
        return ~np.isnan(self.won_day)

    def of(self, index: NDArray[np.int64] | NDArray[np.bool_]) -> Funnel:
        """The leads of an index or a mask."""
        return Funnel(
            self.lead_day[index],
            self.source[index],
            self.won_day[index],
            self.lost_day[index],
            self.seat[index],
            self.value[index],
            self.quarter_share[index],
        )


def simulated(trace: Trace) -> Funnel:
    """Every lead that marketing passed, with how it ended."""
    leads = trace.of(Kind.QUALIFIED)
    order = np.argsort(leads.entity, kind="stable")
    entity, count = leads.entity[order], len(order)
    won_day, lost_day, value, part = (np.full(count, np.nan) for _ in range(4))
    seat = np.full(count, -1, dtype=np.int64)
    won, lost = trace.of(Kind.WON), trace.of(*GONE)
    place = np.searchsorted(entity, won.entity)
    won_day[place], value[place], seat[place] = CALENDAR * won.time, won.value, won.actor
    part[place] = won.time % DAYS_PER_QUARTER / DAYS_PER_QUARTER
    lost_day[np.searchsorted(entity, lost.entity)] = CALENDAR * lost.time
    return Funnel(CALENDAR * leads.time[order], leads.actor[order], won_day, lost_day, seat, value, part)


def ages(funnel: Funnel) -> Array:
    """Days from lead to win of the wins, as an export tells them: whole days + 0.5."""
    found = funnel.of(funnel.won)
    return np.floor(found.won_day - found.lead_day) + 0.5


def top_fifth(seat: Whole, weight: Array) -> float:
    """Share of the weight that the best fifth of seats with any have (at least one seat)."""
    totals = np.bincount(seat, weights=weight)
    totals = np.sort(totals[totals > 0.0])[::-1]
    return float(totals[: max(1, round(0.2 * len(totals)))].sum() / totals.sum())
