"""Stresses act from their week on, each on its own thing."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from tests.model.looking import MEASURED, QUARTER, quiet, since, weekly
from tests.tiny import run, tiny


def leaver(trace: Trace, day: float) -> list[int]:
    """Seats of the reps who leave on a day."""
    rows = trace.of(Kind.EXIT)
    return rows.entity[(rows.time == day) & (rows.actor == 0)].tolist()


def test_the_top_performer_is_who_booked_most_in_the_last_warm_up_year() -> None:
    ways = {"world.sales.exit_hazard": 0, "stress.top_performer_leaves": {"week": 6}}
    for replication in range(6):
        trace = run(tiny(ways), replication=replication)
        won = trace.of(Kind.WON)
        year = won.where((won.time >= QUARTER) & (won.time < MEASURED))
        booked = np.bincount(year.actor, weights=year.value, minlength=3)
        assert leaver(trace, MEASURED + 25.0) == [int(booked.argmax())]
        assert len(trace.of(Kind.EXIT).time) == 1


def test_it_is_the_same_person_in_every_scenario() -> None:
    ways = {"world.sales.exit_hazard": 0, "stress.top_performer_leaves": {"week": 20}}
    remedies = (
        {},
        {"design.owned_handoffs": 1, "design.shared_incentives": 1},
        {"coordination.meetings": 4},
        {"heroics.capacity": 0.8},
        {"stress.demand_shock": {"week": 1, "weeks": 15, "factor": 0.3}},
    )
    for replication in range(3):
        seats = [leaver(run(tiny({**ways, **change}), replication=replication), MEASURED + 95.0) for change in remedies]
        assert len(seats[0]) == 1
        assert all(seat == seats[0] for seat in seats)


def test_a_tightened_target_raises_the_plan_from_the_next_quarter_on_and_not_what_it_grows_from() -> None:
    trace = run(quiet({"stress.target_tightened": {"week": 5, "factor": 1.3}}))
    assert weekly(trace, Kind.PLAN) / weekly(trace, Kind.PLAN_FROM) == pytest.approx([1, 1, 1, 1.3])
    assert np.array_equal(weekly(trace, Kind.PLAN_FROM), weekly(run(quiet()), Kind.PLAN_FROM))


def test_a_migration_takes_desk_hours_for_its_weeks() -> None:
    ways = {"world.sales.exit_hazard": 0, "world.leadership.seat_response": 0}
    gone = {"stress.system_migration": {"week": 3, "weeks": 4, "factor": 1.0, "desk_lost": 0.4}}
    ratio = weekly(run(quiet({**ways, **gone})), Kind.DESK_HOURS) / weekly(run(quiet(ways)), Kind.DESK_HOURS)
    expected = np.ones(52)
    expected[28:32] = 0.6
    assert ratio == pytest.approx(expected, rel=1e-9)


def test_a_migration_makes_the_record_later_and_rework_more_frequent() -> None:
    during = {"week": 1, "weeks": 26, "factor": 4.0, "desk_lost": 0.0}
    lag = {"world.sales.record_lag": 2}
    plain, moved = (run(quiet({**lag, **change})) for change in ({}, {"stress.system_migration": during}))
    late = [since(t, MEASURED + 10).of(Kind.PIPELINE_MARKETING).value for t in (plain, moved)]
    assert not np.array_equal(late[0], late[1])
    rework = {"world.desk.rework": 0.2}
    again = [
        np.sum(since(run(quiet({**rework, **change})), MEASURED).of(Kind.DESK_ENTERED).actor > 0)
        for change in ({}, {"stress.system_migration": during})
    ]
    assert again[1] > 1.5 * again[0] > 0


def test_a_new_segment_moves_the_useful_bar_and_fewer_deals_of_the_old_kind_win() -> None:
    segment = {"stress.new_segment": {"week": 1, "shift": 2.0, "share": 0.0, "slower": 1.0}}
    won = [len(since(run(quiet(change)), MEASURED).of(Kind.WON).time) for change in ({}, segment)]
    assert won[1] < 0.6 * won[0]
