"""After a fork: who asks next, and every threshold that nobody has met yet, by the second luck."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from revsim.simulate import simulate
from tests.recomputed.company import Company, changed
from tests.tiny import luck_for

WEEK = 32


@cache
def forked() -> tuple[Company, Trace]:
    """A company, and its continuation from week 32 on with another luck."""
    company = changed({"calendar.quarters": 4, "world.sales.exit_hazard": 1.5})
    after = luck_for(company.p, seed=7)
    return company, simulate(company.p, company.luck, "simpy", fork_at=5.0 * WEEK, luck_after=after)


@pytest.mark.parametrize("bought", [False, True])
def test_after_a_fork_the_next_buyers_come_by_the_second_luck_s_gaps(*, bought: bool) -> None:
    """What the first luck's clock had run since its last buyer has run for the next one, too."""
    company, trace = forked()
    kind = Kind.BOUGHT if bought else Kind.INQUIRIES
    counts = trace.of(kind).value.astype(int)
    first, second = company.luck, luck_for(company.p, seed=7).drawn()
    clocks = [np.asarray(luck.bought.clock if bought else luck.own.clock) for luck in (first, second)]
    rates = 5.0 * trace.of(Kind.WEEK).value
    if bought:
        pressed = np.append(trace.of(Kind.PRESSURE).value[1:], np.nan)
        rates = rates * company.p.marketing.bought_push * (1.0 - company.pay[:, 0]) * pressed
    reached = np.cumsum(rates)
    so_far = counts[:WEEK].sum()
    assert so_far == np.searchsorted(clocks[0], reached[WEEK - 1], side="right")
    since = reached[WEEK - 1] - (clocks[1][so_far - 1] if so_far else 0.0)  # the clock goes on from here
    expected = np.searchsorted(clocks[1] + since, reached[WEEK:-1], side="right")
    assert (so_far + np.cumsum(counts[WEEK:-1])).tolist() == np.maximum(expected, so_far).tolist()
    assert counts[WEEK:].sum() > 5
