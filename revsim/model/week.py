"""The rhythm: what happens at the start of every week and quarter, in this order.

QUARTER_ENDED  books close, the company learns, the plan is set     (first week of a quarter)
SWEPT          who has run out of patience leaves every queue
FORECAST       the week's number, from the state so far
FORKED         a continuation takes the second luck from here
WEEK           what leadership hears and decides; remedies; market; drift; people; hours; renewals; inquiries; pulls
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import Kind
from revsim.mechanisms.forecasting import forecast
from revsim.mechanisms.leadership import end_quarter
from revsim.mechanisms.week import begin_week, turn_quarter
from revsim.model import desk, handoff, reps
from revsim.model.clock import at
from revsim.model.fork import fork
from revsim.units import DAYS_PER_WEEK, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.model.firm import Firm


def weeks(firm: Firm) -> Generator[Event, None, None]:
    """All weeks of the run."""
    for week in range(firm.p.span.weeks):
        now = week * DAYS_PER_WEEK
        quarter = week // WEEKS_PER_QUARTER
        if week % WEEKS_PER_QUARTER == 0:
            yield at(firm.env, now, Kind.QUARTER_ENDED, quarter)
            turn_quarter(firm, quarter)
        yield at(firm.env, now, Kind.SWEPT, week)
        firm.week = week
        handoff.sweep(firm)
        reps.sweep(firm)
        desk.sweep(firm)
        yield at(firm.env, now, Kind.FORECAST, week)
        forecast(firm)
        if now == firm.fork_at:
            yield at(firm.env, now, Kind.FORKED, week)
            fork(firm)
        yield at(firm.env, now, Kind.WEEK, week)
        begin_week(firm)
    yield at(firm.env, firm.p.span.end, Kind.QUARTER_ENDED, firm.p.span.weeks // WEEKS_PER_QUARTER)
    end_quarter(firm, firm.p.span.weeks // WEEKS_PER_QUARTER - 1)
