"""How much luck a run can ask for: a generous first guess; what runs out is drawn again, larger."""

from __future__ import annotations

from math import ceil, sqrt

from revsim.contract.parameters import Parameters
from revsim.errors import UserError
from revsim.luck.draw import Sizes
from revsim.luck.purposes import GENERATIONS
from revsim.units import DAYS_PER_YEAR, WEEKS_PER_QUARTER, WEEKS_PER_YEAR

MOST_INQUIRIES = 4e6


def seats_of(parameters: Parameters) -> int:
    """Seats for reps at the most that requisitions may open."""
    return ceil(parameters.sales.reps * (1.0 + parameters.leadership.seat_limit))


def _check_turnover(parameters: Parameters) -> None:
    """Nobody leaves so often that a seat sees more people than there is luck for. Raises UserError."""
    hazard, years = parameters.sales.exit_hazard, parameters.span.weeks / WEEKS_PER_YEAR
    if hazard <= 0.0:
        return
    people = 1.0 + years / (1.0 / hazard + parameters.sales.vacancy_days / DAYS_PER_YEAR)
    if people >= GENERATIONS:
        raise UserError(
            f"This scenario asks for about {people:.0f} people on one seat, one after the other; at most {GENERATIONS}"
            " can be told apart.\n  Lower world.sales.exit_hazard or calendar.quarters."
        )


def sizes_for(parameters: Parameters) -> Sizes:
    """First guess of the luck that a run of these parameters asks for. Raises UserError beyond MOST_INQUIRIES."""
    demand, span = parameters.demand, parameters.span
    inquiries = 0.0
    for quarter in range(-span.warmup_quarters, span.quarters):
        inquiries += WEEKS_PER_QUARTER * demand.inquiries_per_week * demand.growth**quarter
    most = inquiries * (1.0 + parameters.marketing.bought_push)
    if most > MOST_INQUIRIES:
        raise UserError(
            f"This scenario asks for up to {most:.3g} inquiries a replication; at most {MOST_INQUIRIES:.3g} fit"
            " into memory.\n  Lower world.demand.inquiries_per_week, world.demand.growth, world.marketing.bought_push"
            " or calendar.quarters."
        )
    _check_turnover(parameters)
    inquiries = 1.12 * inquiries + 6.0 * sqrt(inquiries) + 50.0
    bought = 0.6 * inquiries * parameters.marketing.bought_push
    return Sizes(
        inquiries=ceil(inquiries),
        bought=ceil(bought) + 50,
        reps=seats_of(parameters),
        managers=parameters.people.managers,
        analysts=parameters.desk.analysts,
        weeks=span.weeks,
        customers=parameters.customers.installed_base,
    )
