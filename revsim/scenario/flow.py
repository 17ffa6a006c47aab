"""What a company's numbers ask of its people, reckoned in one line each; nothing is simulated.

    accepted = inquiries x share above marketing's and sales' bar x share worked x share who still answer
    hours    = accepted x the mean work of the stages that are reached
    load     = hours asked / hours there

Means only: no drift, pressure, bought inquiries, heroes, age or patience, and nobody loses hours to meetings and
reconciliation. All that makes the simulated load some one and a half times this one (benchmark: 0.48 here, 0.71 there),
until it is bounded by who waits too long and leaves. Above 1 even by this rule is far too much work.
"""

from __future__ import annotations

from itertools import pairwise
from math import erfc, exp, pi, sqrt
from typing import NamedTuple

from revsim.scenario.scenario import Scenario
from revsim.units import WEEKS_PER_QUARTER

STEPS, WIDTH = 40, 0.1  # of fit around its mean, in sd


class Flow(NamedTuple):
    """Hours a week that are asked and there, and bookings a quarter as far as the hours allow."""

    rep_hours: float
    rep_there: float
    desk_hours: float
    desk_there: float
    bookings: float

    @property
    def rep_load(self) -> float:
        """Hours asked of the reps against hours there."""
        return self.rep_hours / self.rep_there

    @property
    def desk_load(self) -> float:
        """The same of the deal desk."""
        return self.desk_hours / self.desk_there


def flow_of(scenario: Scenario) -> Flow:
    """The flow through the company as it is today."""
    world = scenario.world
    sales, desk = world.sales, world.desk
    a_week = world.demand.inquiries_per_week.value * _worked(scenario)
    reached = _reached(scenario)
    hours = a_week * sum(count * stage.effort_hours.value for count, stage in zip(reached, sales.stages, strict=False))
    cleared, won = a_week * reached[-2], a_week * reached[-1]
    hours *= exp(sales.effort_sigma.value**2 / 2.0)
    rep_there = sales.reps.value * sales.selling_hours.value
    desk_hours = cleared * _visits(scenario) * desk.deal_hours.value
    desk_there = desk.analysts.value * desk.hours.value
    done = min(1.0, rep_there / max(hours, 1e-9), desk_there / max(desk_hours, 1e-9))
    value = world.buyers.value_median.value * exp(world.buyers.value_sigma.value**2 / 2.0)
    return Flow(hours, rep_there, desk_hours, desk_there, won * done * value * WEEKS_PER_QUARTER)


def shares_that_go_on(scenario: Scenario) -> list[float]:
    """Share of the deals in each stage that go on, at average skill: the bar lets buyers pass who are above average."""
    return [after / before for before, after in pairwise(_reached(scenario))]


def _reached(scenario: Scenario) -> list[float]:
    """Of one inquiry, how much passes the bar and reaches each stage; the last is what is won."""
    world, sales = scenario.world, scenario.world.sales
    reached = [0.0] * (len(sales.stages) + 1)
    for source in world.demand.sources:
        for step in range(-STEPS, STEPS + 1):
            z = step * WIDTH
            fit = source.fit.value + z
            count = source.share.value * WIDTH * exp(-z * z / 2.0) / sqrt(2.0 * pi) * _passed(scenario, fit)
            reached[0] += count
            for k, stage in enumerate(sales.stages, start=1):
                count *= _logistic(stage.advance.value + sales.fit_weight.value * fit)
                reached[k] += count
    return reached


def _worked(scenario: Scenario) -> float:
    """Share of accepted leads that somebody works in time."""
    handoff = scenario.world.marketing_to_sales
    owned = scenario.world.today.design.owned_handoffs.marketing_to_sales.value
    delay = handoff.pickup_owned.value**owned * handoff.pickup_unowned.value ** (1.0 - owned)
    answers = (1.0 + delay / handoff.cooling_scale.value) ** -handoff.cooling_exponent.value
    return float((1.0 - handoff.never_worked.value * (1.0 - owned)) * answers)


def _passed(scenario: Scenario, fit: float) -> float:
    """Chance that both marketing and sales read a buyer above the bar."""
    world = scenario.world
    above = fit - world.marketing.qualified_bar.value
    return _above(above, world.marketing.perception_noise.value) * _above(above, world.sales.perception_noise.value)


def _visits(scenario: Scenario) -> float:
    """Mean times that a deal goes through the desk."""
    design, desk = scenario.world.today.design, scenario.world.desk
    rework = desk.rework.value * (1.0 - design.one_view_of_data.value)
    second = desk.second_loop.value * (1.0 - design.owned_handoffs.sales_to_operations.value)
    again = rework + second - rework * second
    return 1.0 + again + again**2 + again**3


def _above(distance: float, noise: float) -> float:
    if noise <= 0.0:
        return float(distance >= 0.0)
    return 0.5 * erfc(-distance / noise / sqrt(2.0))


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + exp(-x)) if x >= 0.0 else 1.0 - 1.0 / (1.0 + exp(x))
