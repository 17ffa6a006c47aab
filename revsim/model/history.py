"""What the company has learned from its own records: the last four quarters, newest first, older ones weighing less.

For each week of the quarter: how much of the pipeline read in each stage was won by the quarter's end, what was
created and closed after it, how the roll-up and the leads turned out, and how far each function's forecast was off.
Rates are shrunk, by a pseudo-count of quarters, to rates pooled over the quarter in proportion to the weeks that are
left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from revsim.contract.constants import KEPT, WEEKS
from revsim.formulas.forecast import shrunk_ratio
from revsim.units import DAYS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.model.deal import Deal
    from revsim.model.firm import Firm

Array = NDArray[np.float64]


class Snapshot:
    """What operations read in one week of a quarter."""

    __slots__ = ("deals", "progress", "value", "won")

    def __init__(self, deals: list[Deal], progress: list[float]) -> None:
        """The deals in the record and the progress read of each."""
        self.deals = deals
        self.progress = np.array(progress, dtype=np.float64)
        self.value = np.array([deal.value for deal in deals], dtype=np.float64)
        self.won: Array = np.zeros(len(deals))

    def close(self, start: float, end: float) -> None:
        """What of it was won in the quarter; the deals themselves are let go."""
        self.won = np.array([deal.booked if start <= deal.won < end else 0.0 for deal in self.deals], dtype=np.float64)
        self.deals = []

    def stage(self, stages: int) -> NDArray[np.int64]:
        """The stage that operations reads of each deal."""
        return np.clip(np.floor(self.progress), 0.0, stages - 1.0).astype(np.int64)

    def value_by_stage(self, stages: int) -> list[float]:
        """Open value by the stage read."""
        whole: list[float] = np.bincount(self.stage(stages), weights=self.value, minlength=stages).tolist()
        return whole

    def won_by_stage(self, stages: int) -> list[float]:
        """Value won in the quarter by the stage read."""
        won: list[float] = np.bincount(self.stage(stages), weights=self.won, minlength=stages).tolist()
        return won


class Quarter:
    """One quarter's records, by week."""

    def __init__(self) -> None:
        """Nothing written yet."""
        self.snapshots: list[Snapshot] = []
        self.closed: list[float] = []
        self.roll_up: list[float] = []
        self.leads: list[float] = []
        self.forecasts: list[tuple[float, float, float]] = []
        self.bookings = 0.0
        self.won: list[list[float]] = []
        self.open: list[list[float]] = []

    def score(self, stages: int) -> None:
        """Read the snapshots by stage."""
        self.won = [snapshot.won_by_stage(stages) for snapshot in self.snapshots]
        self.open = [snapshot.value_by_stage(stages) for snapshot in self.snapshots]


class History:
    """Learned rates, by week of the quarter."""

    def __init__(self, stages: int) -> None:
        """Nothing learned yet."""
        self.stages = stages
        self.past: list[Quarter] = []
        self.now = Quarter()
        self.conversion = [[0.0] * stages for _ in range(WEEKS)]
        self.unseen = [0.0] * WEEKS  # won in the quarter from deals that were not in the record
        self.haircut = [1.0] * WEEKS
        self.lead_yield = [0.0] * WEEKS
        self.errors = [[1.0] * WEEKS for _ in range(3)]
        self.pooled_errors = [1.0] * 3


def close_quarter(firm: Firm, bookings: float) -> None:
    """The quarter is history; rates are learned anew, unless the loop is cut after the warm-up."""
    history, end = firm.history, firm.env.now
    quarter, history.now = history.now, Quarter()
    if not firm.p.loops.learning and firm.measured:
        return
    quarter.bookings = bookings
    for snapshot in quarter.snapshots:
        snapshot.close(end - DAYS_PER_QUARTER, end)
    quarter.score(history.stages)
    history.past = [quarter, *history.past[: KEPT - 1]]
    learn(firm)


def forget_quarter(firm: Firm) -> None:
    """A quarter that teaches nothing."""
    firm.history.now = Quarter()


def restate(firm: Firm, share: float, moved: float) -> None:
    """After a correction of `commit` the past is read, by a share, as it would be read now."""
    if share <= 0.0 or moved == 0.0 or (firm.measured and not firm.p.loops.learning):
        return
    for quarter in firm.history.past:
        for snapshot in quarter.snapshots:
            snapshot.progress = snapshot.progress + share * moved
        quarter.score(firm.history.stages)
    for snapshot in firm.history.now.snapshots:
        snapshot.progress = snapshot.progress + share * moved
    learn(firm)


def weights_of(firm: Firm) -> list[float]:
    """Weight of each past quarter, newest first; they sum to 1."""
    raw, weight = [], 1.0
    for _ in firm.history.past:
        raw.append(weight)
        weight = weight * (1.0 - firm.p.forecasting.memory)
    whole = 0.0
    for weight in raw:
        whole = whole + weight
    return [weight / whole for weight in raw]


def learn(firm: Firm) -> None:
    """All rates from the quarters that are kept."""
    history = firm.history
    if not history.past:
        return
    weights = weights_of(firm)
    learn_conversion(firm, weights)
    learn_ratios(firm, weights)
    learn_errors(firm, weights)


def learn_conversion(firm: Firm, weights: list[float]) -> None:
    """Share of the pipeline won by the quarter's end, by week and stage; what nobody had seen, by week."""
    history = firm.history
    won = [[0.0] * history.stages for _ in range(WEEKS)]
    value = [[0.0] * history.stages for _ in range(WEEKS)]
    for week in range(WEEKS):
        history.unseen[week] = 0.0
        for quarter, weight in zip(history.past, weights, strict=True):
            seen = 0.0
            for stage in range(history.stages):
                won_here = quarter.won[week][stage]
                seen = seen + won_here
                won[week][stage] += weight * won_here
                value[week][stage] += weight * quarter.open[week][stage]
            history.unseen[week] += weight * (quarter.bookings - quarter.closed[week] - seen)
    prior = prior_weight(firm)
    for stage in range(history.stages):
        tops = [won[week][stage] for week in range(WEEKS)]
        bottoms = [value[week][stage] for week in range(WEEKS)]
        rates = shrunk_rates(tops, bottoms, prior)
        for week in range(WEEKS):
            history.conversion[week][stage] = rates[week]


def prior_weight(firm: Firm) -> float:
    """Pseudo-quarters against the quarters that are remembered."""
    remembered, weight = 0.0, 1.0
    for _ in firm.history.past:
        remembered, weight = remembered + weight, weight * (1.0 - firm.p.forecasting.memory)
    return firm.p.forecasting.prior_quarters / remembered


def weeks_left(week: int) -> float:
    """Share of the quarter that is left at the start of a week."""
    return (WEEKS - week) / WEEKS


def shrunk_rates(tops: list[float], bottoms: list[float], prior: float) -> list[float]:
    """Rates by week, each shrunk to the pooled one by `prior` quarters of an average week's denominator.

    An average week's, not its own: the first weeks of a quarter have little below the line, and would not be shrunk.
    """
    pooled, usual = pooled_rate(tops, bottoms), 0.0
    for bottom in bottoms:
        usual = usual + bottom / WEEKS
    return [shrunk_ratio(tops[week], bottoms[week], pooled * weeks_left(week), prior * usual) for week in range(WEEKS)]


def pooled_rate(tops: list[float], bottoms: list[float]) -> float:
    """One rate for the whole quarter, in proportion to what is left of it; 0 where there is nothing below."""
    top = bottom = 0.0
    for week in range(WEEKS):
        top, bottom = top + tops[week], bottom + bottoms[week] * weeks_left(week)
    return top / bottom if bottom > 0.0 else 0.0


def learn_ratios(firm: Firm, weights: list[float]) -> None:
    """What the roll-up and the leads turned into, by week."""
    history, prior = firm.history, prior_weight(firm)
    rest, roll_up, leads = [0.0] * WEEKS, [0.0] * WEEKS, [0.0] * WEEKS
    for week in range(WEEKS):
        for quarter, weight in zip(history.past, weights, strict=True):
            rest[week] += weight * (quarter.bookings - quarter.closed[week])
            roll_up[week] += weight * quarter.roll_up[week]
            leads[week] += weight * quarter.leads[week]
    history.haircut = shrunk_rates(rest, roll_up, prior)
    history.lead_yield = shrunk_rates(rest, leads, prior)


def learn_errors(firm: Firm, weights: list[float]) -> None:
    """Mean squared error of each function, by week and pooled."""
    history = firm.history
    for which in range(3):
        pooled = 0.0
        for week in range(WEEKS):
            error = 0.0
            for quarter, weight in zip(history.past, weights, strict=True):
                off = quarter.forecasts[week][which] - quarter.bookings
                error = error + weight * off * off
            history.errors[which][week] = error
            pooled = pooled + error
        history.pooled_errors[which] = pooled / WEEKS
