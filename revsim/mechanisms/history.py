"""What the company has learned from its own records: the last four quarters, newest first, older ones weighing less.

    weight of the k-th past quarter ~ (1 - memory)^k
    rate of a week  = shrunk_ratio(top, bottom, pooled x weeks left, prior)          formulas/forecast.py
    error           = weighted mean of (forecast - bookings)^2, by function and week

For each week of the quarter: how much of the pipeline read in each stage was won by the quarter's end, what was
created and closed after it, what was still booked, how the roll-up and the leads turned out, and how far each forecast
was off.
Rates are shrunk, by a pseudo-count of quarters, to rates pooled over the quarter in proportion to the weeks that are
left.
"""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import TYPE_CHECKING

from revsim.contract.constants import FORECASTS, WEEKS
from revsim.formulas.forecast import shrunk_ratio
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import (
    forget_quarter,
    past_quarter,
    quarters_learned,
    read_past_anew,
    remember_quarter,
    running_quarter,
)

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm

    Forecasts = tuple[float, float, float, float]  # sales', marketing's, operations', the run-rate


class Quarter:
    """One quarter's records, by week; nothing written yet."""

    def __init__(self, stages: int) -> None:
        self.bookings = 0.0
        self.closed = [0.0] * WEEKS
        self.roll_up = [0.0] * WEEKS
        self.leads = [0.0] * WEEKS
        self.forecasts = [[0.0] * WEEKS for _ in range(FORECASTS)]
        self.won = [[0.0] * stages for _ in range(WEEKS)]  # of what was open, by the stage read
        self.open = [[0.0] * stages for _ in range(WEEKS)]


@mechanism
def note_week(firm: Firm, forecasts: Forecasts, leads: float) -> None:
    """The company writes down what it will learn from."""
    quarter, week = running_quarter(firm), firm.week % WEEKS
    quarter.closed[week] = firm.closed
    quarter.roll_up[week] = firm.view_roll_up
    quarter.leads[week] = leads
    for which in range(FORECASTS):
        quarter.forecasts[which][week] = forecasts[which]


@mechanism
def unlearning(firm: Firm) -> bool:
    """Whether the loop is cut: nothing is learned from the first measured day on."""
    return firm.measured and not firm.p.loops.learning


@mechanism
def close_quarter(firm: Firm, bookings: float) -> None:
    """The quarter is history; rates are learned anew, unless the loop is cut."""
    if unlearning(firm):
        forget_quarter(firm)
        return
    running_quarter(firm).bookings = bookings
    remember_quarter(firm)
    learn(firm)


@mechanism
def restate(firm: Firm, share: float, moved: float) -> None:
    """After a correction of `commit` the past is read, by a share, as it would be read now."""
    if share <= 0.0 or moved == 0.0 or unlearning(firm):
        return
    read_past_anew(firm, share * moved)
    learn(firm)


@mechanism
def learn(firm: Firm) -> None:
    """All rates from the quarters that are kept."""
    if quarters_learned(firm) == 0:
        return
    weigh_quarters(firm)
    learn_conversion(firm)
    learn_unseen(firm)
    learn_still(firm)
    learn_ratios(firm)
    learn_errors(firm)


@mechanism
def weigh_quarters(firm: Firm) -> None:
    """Weights of the past quarters, which sum to 1, and the pseudo-quarters against them."""
    whole, weight = 0.0, 1.0
    for k in range(quarters_learned(firm)):
        firm.weights[k] = weight
        whole, weight = whole + weight, weight * (1.0 - firm.p.forecasting.memory)
    for k in range(quarters_learned(firm)):
        firm.weights[k] = firm.weights[k] / whole
    firm.prior_weight = firm.p.forecasting.prior_quarters / whole


@mechanism
def start_rates(firm: Firm) -> None:
    """Nothing above and below the line yet, of any week."""
    for week in range(WEEKS):
        firm.tops[week] = firm.bottoms[week] = 0.0


@mechanism
def learn_conversion(firm: Firm) -> None:
    """Share of the pipeline won by the quarter's end, by stage and week."""
    for stage in range(firm.p.sales.stages):
        start_rates(firm)
        for k in range(quarters_learned(firm)):
            quarter, weight = past_quarter(firm, k), firm.weights[k]
            for week in range(WEEKS):
                firm.tops[week] += weight * quarter.won[week][stage]
                firm.bottoms[week] += weight * quarter.open[week][stage]
        set_rates(firm, firm.conversion[stage])


@mechanism
def learn_unseen(firm: Firm) -> None:
    """What was won in the quarter from deals that were not in the record, by week."""
    for week in range(WEEKS):
        firm.unseen[week] = 0.0
        for k in range(quarters_learned(firm)):
            quarter, seen = past_quarter(firm, k), 0.0
            for stage in range(firm.p.sales.stages):
                seen = seen + quarter.won[week][stage]
            firm.unseen[week] += firm.weights[k] * (quarter.bookings - quarter.closed[week] - seen)


@mechanism
def learn_still(firm: Firm) -> None:
    """What was still booked from the start of a week on, by week: early as last quarter, late as on average.

    The level of business moves from quarter to quarter, what is signed in the last weeks is mostly chance.
    """
    last = past_quarter(firm, 0)
    for week in range(WEEKS):
        mean = 0.0
        for k in range(quarters_learned(firm)):
            quarter = past_quarter(firm, k)
            mean = mean + firm.weights[k] * (quarter.bookings - quarter.closed[week])
        firm.still[week] = mean + weeks_left(week) * (last.bookings - last.closed[week] - mean)


@mechanism
def learn_ratios(firm: Firm) -> None:
    """What the roll-up and the leads turned into, by week."""
    start_rates(firm)
    for k in range(quarters_learned(firm)):
        quarter, weight = past_quarter(firm, k), firm.weights[k]
        for week in range(WEEKS):
            firm.tops[week] += weight * (quarter.bookings - quarter.closed[week])
            firm.bottoms[week] += weight * quarter.roll_up[week]
    set_rates(firm, firm.haircut)
    for week in range(WEEKS):
        firm.bottoms[week] = 0.0
    for k in range(quarters_learned(firm)):
        quarter, weight = past_quarter(firm, k), firm.weights[k]
        for week in range(WEEKS):
            firm.bottoms[week] += weight * quarter.leads[week]
    set_rates(firm, firm.lead_yield)


@mechanism
def set_rates(firm: Firm, rates: MutableSequence[float]) -> None:
    """Rates by week, each shrunk to the pooled one by pseudo-quarters of an average week's denominator.

    An average week's, not its own: the first weeks of a quarter have little below the line, and would not be shrunk.
    """
    top = bottom = usual = 0.0
    for week in range(WEEKS):
        top, bottom = top + firm.tops[week], bottom + firm.bottoms[week] * weeks_left(week)
        usual = usual + firm.bottoms[week] / WEEKS
    pooled, prior = top / bottom if bottom > 0.0 else 0.0, firm.prior_weight * usual
    for week in range(WEEKS):
        rates[week] = shrunk_ratio(firm.tops[week], firm.bottoms[week], pooled * weeks_left(week), prior)


@mechanism
def weeks_left(week: int) -> float:
    """Share of the quarter that is left at the start of a week."""
    return (WEEKS - week) / WEEKS


@mechanism
def learn_errors(firm: Firm) -> None:
    """Mean squared error of each forecast, by week and pooled."""
    for which in range(FORECASTS):
        pooled = 0.0
        for week in range(WEEKS):
            error = 0.0
            for k in range(quarters_learned(firm)):
                quarter = past_quarter(firm, k)
                off = quarter.forecasts[which][week] - quarter.bookings
                error = error + firm.weights[k] * off * off
            firm.errors[which][week] = error
            pooled = pooled + error
        firm.pooled_errors[which] = pooled / WEEKS
