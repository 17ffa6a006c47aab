"""What the company learns of its own records: the last four quarters, newest first, by numpy.

A quarter's rows are (weeks, stages) arrays of the value read by stage, and of what of it was won by the quarter's end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.contract.trace import Kind
from tests.recomputed.company import Array, Company
from tests.recomputed.record import Look, looks

LEFT = (13.0 - np.arange(13)) / 13.0  # share of the quarter that is left at the start of each of its weeks


class Quarter(NamedTuple):
    """What was written down in a quarter."""

    looks: list[Look]
    closed: Array
    leads: Array
    forecasts: Array  # (weeks, 4)
    bookings: float
    first: int  # week


class Rates(NamedTuple):
    """What is learned, by week of the quarter."""

    conversion: Array  # (weeks, stages)
    unseen: Array
    still: Array
    haircut: Array
    lead_yield: Array
    errors: Array  # (weeks, 4)


class Learning:
    """All forecasts of a run, each from the rates that were known in its week."""

    def __init__(self, company: Company, moves: list[list[float]]) -> None:
        self.company, self.moves = company, moves
        self.looks = looks(company)
        counts = [company.trace.of(Kind.SEEN_QUALIFIED)]
        passed = np.bincount(counts[0].entity, weights=counts[0].value, minlength=company.weeks)
        self.leads = np.array([passed[max(0, t - 13) : t].sum() for t in range(company.weeks)])
        self.closed = company.by_week(Kind.CLOSED_TO_DATE)
        self.forecasts = np.zeros((company.weeks, 4))
        self.evidence = np.zeros(company.weeks)
        for week in range(company.weeks):
            self._forecast(week)

    def past(self, week: int) -> list[Quarter]:
        """The quarters known in a week, newest first: at most four, and never the lead-in."""
        booked, found = self.company.by_week(Kind.QUARTER_ENDED), []
        for quarter in range(week // 13 - 1, max(0, week // 13 - 5), -1):
            weeks = slice(13 * quarter, 13 * quarter + 13)
            written = (self.looks[weeks], self.closed[weeks], self.leads[weeks], self.forecasts[weeks])
            found.append(Quarter(*written, booked[quarter], 13 * quarter))
        return found

    def by_stage(self, look: Look, won_within: tuple[float, float] | None, moved: float) -> Array:
        """Value by the stage read, or what of it was won in a span of days."""
        stages = self.company.p.sales.stages
        values = [
            deal.value if won_within is None else deal.booked * (won_within[0] <= deal.won < won_within[1])
            for deal in look.deals
        ]
        stage = np.clip(np.floor(look.progress + moved), 0, stages - 1).astype(int)
        return np.bincount(stage, weights=values, minlength=stages)

    def moved(self, first: int, week: int) -> float:
        """How far what was read in a week has been restated before another."""
        return sum(sum(moves) for moves in self.moves[first:week])

    def rates(self, week: int) -> Rates | None:
        """Shrunk to what the whole quarter's weeks say together, in proportion to what is left of it."""
        past, f = self.past(week), self.company.p.forecasting
        if not past:
            return None
        raw = (1.0 - f.memory) ** np.arange(len(past))
        weights, prior = raw / raw.sum(), f.prior_quarters / raw.sum()
        won = value = unseen = rest = roll_up = leads = errors = 0.0
        for quarter, weight in zip(past, weights, strict=True):
            span = (5.0 * quarter.first, 5.0 * quarter.first + 65.0)
            shifts = [self.moved(quarter.first + k, week) for k in range(13)]
            seen = np.array([self.by_stage(*read) for read in zip(quarter.looks, [span] * 13, shifts, strict=True)])
            known = np.array([self.by_stage(*read) for read in zip(quarter.looks, [None] * 13, shifts, strict=True)])
            won, value = won + weight * seen, value + weight * known
            open_still = quarter.bookings - quarter.closed
            unseen = unseen + weight * (open_still - seen.sum(axis=1))
            rest = rest + weight * open_still
            roll_up = roll_up + weight * np.array([look.roll_up for look in quarter.looks])
            leads = leads + weight * quarter.leads
            errors = errors + weight * (quarter.forecasts - quarter.bookings) ** 2
        by_stage = [shrunk(won[:, k], value[:, k], prior) for k in range(value.shape[1])]
        still = LEFT * (past[0].bookings - past[0].closed) + (1.0 - LEFT) * rest
        ratios = (shrunk(rest, below, prior) for below in (roll_up, leads))
        return Rates(np.array(by_stage).T, unseen, still, *ratios, errors)

    def _forecast(self, week: int) -> None:
        rates, of_week, closed = self.rates(week), week % 13, self.closed[week]
        if rates is None:  # nothing known: the plan is everybody's forecast
            self.forecasts[week] = max(self.company.plan[week], closed)
            self.evidence[week] = self.forecasts[week, 0]
            return
        cut = 1.0 + self.company.p.forecasting.haircut * (rates.haircut[of_week] - 1.0)
        read = self.by_stage(self.looks[week], None, 0.0)
        self.forecasts[week] = closed + np.array(
            [
                self.looks[week].roll_up * cut,
                self.leads[week] * rates.lead_yield[of_week],
                rates.unseen[of_week] + read @ rates.conversion[of_week],
                rates.still[of_week],
            ]
        )
        error = (rates.errors[of_week] + rates.errors.mean(axis=0)) / 2.0
        weights = 1.0 / np.maximum(1.0, error)
        self.evidence[week] = weights @ self.forecasts[week] / weights.sum()


def shrunk(tops: Array, bottoms: Array, prior: float) -> Array:
    """Rates by week; the pseudo-count is in quarters of an average week's denominator."""
    below = (bottoms * LEFT).sum()
    pooled = (tops.sum() / below if below > 0 else 0.0) * LEFT
    pseudo = prior * bottoms.mean()
    return np.array(
        [
            (top + pseudo * rate) / (bottom + pseudo) if bottom + pseudo > 0 else rate
            for top, bottom, rate in zip(tops, bottoms, pooled, strict=True)
        ]
    )
