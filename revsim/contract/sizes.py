"""How much luck a run can ask for: a generous first guess; what runs out is drawn again, larger."""

from __future__ import annotations

from math import ceil, sqrt

from revsim.contract.parameters import Parameters
from revsim.errors import UserError
from revsim.luck.draw import Sizes
from revsim.units import WEEKS_PER_QUARTER

MOST_INQUIRIES = 4e6


def seats_of(parameters: Parameters) -> int:
    """Seats for reps at the most that requisitions may open."""
    return ceil(parameters.sales.reps * (1.0 + parameters.leadership.seat_limit))


def sizes_for(parameters: Parameters) -> Sizes:
    """First guess of the luck that a run of these parameters asks for. Raises UserError beyond MOST_INQUIRIES."""
    demand, span = parameters.demand, parameters.span
    inquiries = 0.0
    for quarter in range(-span.warmup_quarters, span.quarters):
        inquiries += WEEKS_PER_QUARTER * demand.inquiries_per_week * demand.growth**quarter
    if inquiries * (1.0 + parameters.marketing.bought_push) > MOST_INQUIRIES:
        raise UserError(
            f"This scenario asks for about {inquiries:.3g} inquiries a replication; at most {MOST_INQUIRIES:.3g} fit"
            " into memory.\n  Lower world.demand.inquiries_per_week, world.demand.growth, world.marketing.bought_push"
            " or the calendar's quarters."
        )
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
