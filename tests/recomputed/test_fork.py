"""After a fork: who asks next, and every threshold that nobody has met yet, by the second luck."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from revsim.simulate import simulate
from tests.recomputed.company import Company, changed
from tests.tiny import luck_for


@cache
def forked(week: int, inquiries: int) -> tuple[Company, Trace]:
    """A company, and its continuation from a week on with another luck."""
    company = changed({"calendar.quarters": 4, "world.demand.inquiries_per_week": inquiries})
    after = luck_for(company.p, seed=7)
    return company, simulate(company.p, company.luck, "simpy", fork_at=5.0 * week, luck_after=after)


@pytest.mark.parametrize(("week", "inquiries"), [(32, 40), (1, 4)])
@pytest.mark.parametrize("bought", [False, True])
def test_after_a_fork_the_next_buyers_come_by_the_second_luck_s_gaps(
    week: int, inquiries: int, *, bought: bool
) -> None:
    """What the first luck's clock had run since its last buyer has run for the next one, too; before any, all of it."""
    company, trace = forked(week, inquiries)
    kind = Kind.BOUGHT if bought else Kind.INQUIRIES
    counts = trace.of(kind).value.astype(int)
    first, second = company.luck, luck_for(company.p, seed=7).drawn()
    clocks = [np.asarray(luck.bought.clock if bought else luck.own.clock) for luck in (first, second)]
    rates = 5.0 * trace.of(Kind.WEEK).value
    if bought:
        pressed = np.append(trace.of(Kind.PRESSURE).value[1:], np.nan)
        rates = rates * company.p.marketing.bought_push * (1.0 - company.pay[:, 0]) * pressed
    reached = np.cumsum(rates)
    so_far = counts[:week].sum()
    assert so_far == np.searchsorted(clocks[0], reached[week - 1], side="right")
    since = reached[week - 1] - (clocks[1][so_far - 1] if so_far else 0.0)  # the clock goes on from here
    expected = np.searchsorted(clocks[1] + since, reached[week:-1], side="right")
    assert (so_far + np.cumsum(counts[week:-1])).tolist() == np.maximum(expected, so_far).tolist()
    assert counts[week:].sum() > 5
    assert so_far > 0 or week == 1
