"""All cases of one replication, each from day 0, and every continuation once more from there.

This is what kept states must agree with, and how an engine runs that keeps none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, Any

from revsim.contract.lived import Fork, Lived, blamed, week_of
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import Luck

Simulate = Callable[..., Any]  # of parameters, luck, the day of a fork, luck after it: a trace


def replays(
    simulate: Simulate,
    cases: Sequence[Any],
    luck: Any,  # noqa: ANN401 - the model's
    luck_after: Any = None,  # noqa: ANN401 - the model's
    forks: Sequence[Fork] = (),
) -> Iterator[Lived]:
    """Every case in turn, each by `simulate`. Raises LuckExhausted, and CaseError for any other error."""
    for place, p in enumerate(cases):
        with blamed(place, "simulate"):
            trace = simulate(p, luck, inf, None)
        with blamed(place, "continue"):
            again = {fork: bookings_again(simulate, p, (luck, luck_after), fork) for fork in forks}
        yield Lived(place, trace, again)
        del trace  # the next run may have its memory


def bookings_again(simulate: Simulate, p: Parameters, lucks: tuple[Luck, Luck], fork: Fork) -> float:
    """New bookings of a quarter: its state at the start of a week, then the second luck."""
    short = p._replace(span=p.span.until(fork[0] + 1))
    trace = simulate(short, lucks[0], week_of(fork, p.span) * DAYS_PER_WEEK, lucks[1])
    bookings: float = trace.won_since(p.span.measured_from + DAYS_PER_QUARTER * fork[0])
    return bookings
