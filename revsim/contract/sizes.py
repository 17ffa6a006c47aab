"""How much luck a run can ask for: a generous first guess; what runs out is drawn again, larger."""

from __future__ import annotations

from math import ceil, sqrt

from revsim.contract.limits import check_limits, inquiries_of
from revsim.contract.parameters import Parameters
from revsim.luck.draw import Sizes


def seats_of(parameters: Parameters) -> int:
    """Seats for reps at the most that requisitions may open."""
    return ceil(parameters.sales.reps * (1.0 + parameters.leadership.seat_limit))


def sizes_for(parameters: Parameters) -> Sizes:
    """First guess of the luck that a run of these parameters asks for. Raises UserError for what cannot be held."""
    check_limits(parameters)
    span, inquiries = parameters.span, inquiries_of(parameters)
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
