"""Everything that an engine knows of a scenario: plain floats and tuples, without a scenario file's classes.

A run is one lead-in quarter (the pipeline fills), the warm-up quarters, then the measured quarters. Day 0 is the
first day of the lead-in.
"""

from __future__ import annotations

from typing import NamedTuple

from revsim.contract import chosen, firm, functions, market
from revsim.units import DAYS_PER_QUARTER, WEEKS_PER_QUARTER

LEAD_IN_QUARTERS = 1


class Span(NamedTuple):
    """The calendar of a run, in quarters and days."""

    warmup_quarters: int  # the lead-in included
    quarters: int  # measured
    measured_from: float  # day
    end: float  # day
    weeks: int  # all of them

    def until(self, quarters: int) -> Span:
        """The same calendar with fewer measured quarters: a run of it is the first part of the whole run."""
        fewer = self.quarters - quarters
        return self._replace(
            quarters=quarters,
            end=self.end - fewer * DAYS_PER_QUARTER,
            weeks=self.weeks - fewer * WEEKS_PER_QUARTER,
        )


class Parameters(NamedTuple):
    """Everything that an engine knows of a scenario."""

    span: Span
    demand: market.Demand
    buyers: market.Buyers
    marketing: functions.Marketing
    handoff: functions.MarketingToSales
    sales: functions.Sales
    desk: functions.Desk
    customers: functions.Customers
    definitions: firm.Definitions
    forecasting: firm.Forecasting
    leadership: firm.Leadership
    reconciliation: firm.Reconciliation
    people: firm.People
    remedies: firm.Remedies
    loops: firm.Loops
    today: chosen.Choices
    chosen: chosen.Choices
    stress: chosen.Stress
