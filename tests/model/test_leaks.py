"""No state knows its future: what is under way at a fork is redrawn and does not end on the day it would have."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Trace
from revsim.simulate import simulate
from tests.model.looking import quiet
from tests.tiny import luck_for, run, tiny

# Games at the quarter's end are on, people leave, disputes are arbitrated: every duration of the model is under way.
P = parameters_of(
    tiny(
        {
            "world.sales.pull_strength": 2.5,
            "world.sales.sandbag_share": 0.8,
            "world.sales.sandbag_above": 1.1,
            "world.sales.exit_hazard": 0.8,
            "world.marketing_to_sales.arbitrated_share": 0.8,
            "world.desk.hours": 12,
        }
    )
)
DURATIONS = (Kind.PICKED_UP, Kind.WORK_DONE, Kind.DESK_DONE, Kind.BUYER_DONE, Kind.LOST, Kind.WON)
REPLICATIONS = range(8)


@cache
def pair(replication: int, week: int) -> tuple[Trace, Trace]:
    """A run, and its continuation from the start of a week."""
    one, two = luck_for(P, 1, replication), luck_for(P, 2, replication)
    return simulate(P, one), simulate(P, one, fork_at=5.0 * week, luck_after=two)


def ends(trace: Trace, day: float, kind: Kind) -> set[tuple[float, int]]:
    """Day and buyer of what ended after a day, but for what moves as a week turns: that is a sweep's day, no luck."""
    rows = trace.of(kind)
    later = (rows.time > day) & ((rows.time % 5.0 != 0.0) | (kind == Kind.EXIT))
    return set(zip(rows.time[later].tolist(), rows.entity[later].tolist(), strict=True))


@pytest.mark.parametrize("kind", DURATIONS, ids=lambda kind: kind.name.lower())
def test_nothing_under_way_at_a_fork_ends_on_the_day_it_would_have(kind: Kind) -> None:
    seen = 0
    for replication in REPLICATIONS:
        for week in (27, 33, 37, 38):
            base, other = pair(replication, week)
            assert not ends(base, 5.0 * week, kind) & ends(other, 5.0 * week, kind)
            begun = set(base.before(5.0 * week).of(Kind.QUALIFIED).entity.tolist())
            seen += len({entity for _, entity in ends(base, 5.0 * week, kind)} & begun)
    assert seen > 20


def test_nobody_leaves_on_the_day_foreseen() -> None:
    """People's and customers' thresholds are redrawn: exits and churns after the fork are others."""
    for kind in (Kind.EXIT, Kind.CHURNED):
        first, second = set(), set()
        for replication in REPLICATIONS:
            base, other = pair(replication, 27)
            first |= {(replication, *end) for end in ends(base, 135.0, kind)}
            second |= {(replication, *end) for end in ends(other, 135.0, kind)}
        assert len(first) > 5
        assert len(first & second) < 0.5 * len(first)


def test_patience_is_redrawn() -> None:
    """Reps who hardly work: who waits at the fork leaves by patience alone, by chance in one week of 19 the same."""
    p = parameters_of(quiet({"world.sales.selling_hours": 0.5, "world.sales.exit_hazard": 0}))
    left: list[set[tuple[int, float, int]]] = [set(), set()]
    for replication in range(4):
        one, two = luck_for(p, 1, replication), luck_for(p, 2, replication)
        runs = simulate(p, one), simulate(p, one, fork_at=165.0, luck_after=two)
        waiting = set(runs[0].before(165.0).of(Kind.STAGE_ENTERED).entity.tolist())
        for found, trace in zip(left, runs, strict=True):
            rows = trace.where(trace.time > 165.0).of(Kind.LEFT_WORK)
            rows = rows.where(np.isin(rows.entity, list(waiting)))
            found |= {(replication, t, e) for t, e in zip(rows.time.tolist(), rows.entity.tolist(), strict=True)}
    assert len(left[0]) > 40
    assert len(left[0] & left[1]) < 0.3 * len(left[0])


def test_the_whole_state_s_numbers_at_the_fork_are_the_same() -> None:
    """All rows made of the state at the start of the week, before the second luck: none reads what is undecided."""
    made = [kind for kind in Kind if Kind.FORECAST_SALES <= kind <= Kind.DRIFT] + [Kind.FORECAST, Kind.READING]
    for replication in REPLICATIONS:
        for week in (27, 37):
            base, other = (trace.of(*made) for trace in pair(replication, week))
            one, two = (trace.where(trace.time <= 5.0 * week) for trace in (base, other))
            assert one.value.tolist() == two.value.tolist()
            later = [trace.where(trace.time > 5.0 * week).value.tolist() for trace in (base, other)]
            assert later[0] != later[1]


def test_the_first_luck_is_the_run_s_own() -> None:
    scenario = tiny()
    p = parameters_of(scenario)
    alone = run(scenario)
    forked = simulate(p, luck_for(p, 1, 0), fork_at=260.0 - 5.0, luck_after=luck_for(p, 2, 0))
    assert alone.before(255.0).value.tolist() == forked.before(255.0).value.tolist()
