"""What a replication can hold at most; known from the numbers alone, so that `check` tells it as `run` does."""

from __future__ import annotations

from revsim.contract.parameters import Parameters
from revsim.errors import UserError
from revsim.luck.purposes import GENERATIONS
from revsim.units import DAYS_PER_YEAR, WEEKS_PER_QUARTER, WEEKS_PER_YEAR

MOST_INQUIRIES = 4e6


def check_limits(parameters: Parameters) -> None:
    """Raises UserError for a scenario that no replication can hold, with the numbers to lower."""
    inquiries = inquiries_of(parameters) * (1.0 + parameters.marketing.bought_push)
    if inquiries > MOST_INQUIRIES:
        raise UserError(
            f"This scenario asks for up to {inquiries:.3g} inquiries a replication; at most {MOST_INQUIRIES:.3g} fit"
            " into memory.\n  Lower world.demand.inquiries_per_week, world.demand.growth, world.marketing.bought_push"
            " or calendar.quarters."
        )
    people = people_on_a_seat(parameters)
    if people >= GENERATIONS:
        raise UserError(
            f"This scenario asks for about {people:.0f} people on one seat, one after the other; at most {GENERATIONS}"
            " can be told apart.\n  Lower world.sales.exit_hazard or calendar.quarters."
        )


def inquiries_of(parameters: Parameters) -> float:
    """Inquiries of a replication before shocks and bought ones."""
    demand, span = parameters.demand, parameters.span
    quarters = range(-span.warmup_quarters, span.quarters)
    return sum(WEEKS_PER_QUARTER * demand.inquiries_per_week * demand.growth**quarter for quarter in quarters)


def people_on_a_seat(parameters: Parameters) -> float:
    """How many people follow each other on a seat, on average, where nobody is exhausted."""
    hazard, years = parameters.sales.exit_hazard, parameters.span.weeks / WEEKS_PER_YEAR
    if hazard <= 0.0:
        return 1.0
    return 1.0 + years / (1.0 / hazard + parameters.sales.vacancy_days / DAYS_PER_YEAR)
