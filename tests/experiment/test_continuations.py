"""Which quarters are continued, and what a continuation is."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.contract.of_scenario import parameters_of
from revsim.contract.sizes import sizes_for
from revsim.experiment.continuations import FORK_WEEKS, chosen, content_of, continued
from revsim.luck.draw import draw
from revsim.measures.tables import tables
from revsim.simulate import simulate
from tests.tiny import luck_for, tiny


@given(st.integers(0, 500), st.integers(1, 40), st.integers(0, 50))
def test_as_many_quarters_as_asked_are_continued_each_once(replication: int, quarters: int, many: int) -> None:
    found = chosen(replication, quarters, many)
    assert len(set(found)) == len(found) == min(many, quarters)
    assert all(0 <= quarter < quarters for quarter in found)


@pytest.mark.parametrize("many", [1, 3, 5])
def test_together_replications_continue_all_quarters_equally_often(many: int) -> None:
    counted = Counter(quarter for replication in range(120) for quarter in chosen(replication, 12, many))
    assert set(counted.values()) == {10 * many}


def test_rows_with_continuations_are_other_rows() -> None:
    assert content_of("abc", 0) == "abc"
    assert len({content_of("abc", many) for many in range(4)}) == 4


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_a_continuation_is_the_quarter_of_a_forked_run(engine: str) -> None:
    p = parameters_of(tiny())
    luck, after = luck_for(p), draw(1, 0, luck_sizes(p), 1)
    found = continued(p, luck, after, 1, engine)
    start = p.span.measured_from + 65.0
    for week in FORK_WEEKS:
        trace = simulate(p, luck, engine, fork_at=start + 5.0 * (week - 1), luck_after=after)
        # the same deals, added in another order: equal but for the rounding of the sum
        assert found[week] == pytest.approx(tables(trace, p)[0]["bookings"][1], rel=1e-12)


def test_what_is_known_at_the_fork_stays() -> None:
    """From week 12 on little is open: the continuation lies nearer to the run than one from week 1, on average."""
    p = parameters_of(tiny())
    away = {week: [] for week in FORK_WEEKS}
    for replication in range(30):
        luck = luck_for(p, replication=replication)
        actual = tables(simulate(p, luck, "compiled"), p)[0]["bookings"][1]
        after = draw(1, replication, luck_sizes(p), 1)
        for week, bookings in continued(p, luck, after, 1, "compiled").items():
            away[week].append((bookings - actual) ** 2)
    assert np.mean(away[12]) < np.mean(away[1])


def luck_sizes(p: object) -> object:
    """Twice what a run is guessed to ask for."""
    sizes = sizes_for(p)
    return sizes._replace(inquiries=2 * sizes.inquiries + 500, bought=2 * sizes.bought + 500)
