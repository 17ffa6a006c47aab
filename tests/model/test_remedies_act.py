"""Coordination acts at once and fades; design builds, decays, stalls; both cost money and hours from their start on."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from revsim.contract.trace import Kind, Trace
from tests.model.looking import MEASURED, quiet, since, weekly
from tests.tiny import run, tiny

BARE = {"world.today.design.owned_handoffs": 0, "world.today.coordination.meetings": 0}
STILL = {"world.sales.exit_hazard": 0, "world.leadership.seat_response": 0}
LEVER = "design.owned_handoffs.marketing_to_sales"


def ownership(trace: Trace) -> NDArray[np.float64]:
    """Of the hand-off from marketing to sales in the measured weeks, (weeks,)."""
    return weekly(trace, Kind.OWNERSHIP, 0)[26:]


def lever(trace: Trace, which: int = 2) -> NDArray[np.float64]:
    """A lever's level by measured week; a row is written where it moves."""
    rows = trace.of(Kind.LEVER)
    rows = rows.where(rows.actor == which)
    levels = np.zeros(52)
    for week, value in zip(rows.entity, rows.value, strict=True):
        levels[week:] = value
    return levels[26:]


def test_meetings_lend_ownership_at_once_with_diminishing_returns() -> None:
    lent = [ownership(run(quiet({**BARE, "coordination.meetings": hours})))[0] for hours in (0, 1, 2, 3)]
    assert lent[0] == 0
    assert np.diff(lent)[0] > np.diff(lent)[1] > np.diff(lent)[2] > 0


def test_meetings_are_skipped_under_pressure_and_cost_their_hours_all_the_same() -> None:
    ways = {**BARE, **STILL, "coordination.meetings": 2, "world.loops.pressure": "closed"}
    calm, pressed = (run(quiet({**ways, "world.leadership.stretch": stretch})) for stretch in (0.3, 2.0))
    assert ownership(pressed).mean() < 0.9 * ownership(calm).mean()
    assert np.array_equal(weekly(pressed, Kind.COORDINATION_HOURS, 0), weekly(calm, Kind.COORDINATION_HOURS, 0))
    assert weekly(calm, Kind.COORDINATION_HOURS, 0)[26:] == pytest.approx(3 * 2.0)


def test_a_meeting_hour_is_an_hour_less_for_selling() -> None:
    ways = {**BARE, **STILL, "world.loops.hours": "closed"}
    none, some = (
        weekly(run(quiet({**ways, "coordination.meetings": hours})), Kind.REPS_HOURS)[26:] for hours in (0, 2)
    )
    assert none - some == pytest.approx(3 * 2.0)


AGREED = {**BARE, "coordination.agreement.level": 0.8, "coordination.agreement.half_life_weeks": 6}


def test_an_agreement_lifts_ownership_at_once_and_fades_by_its_half_life() -> None:
    ways = {**AGREED, "world.remedies.agreement_pressure": 0, "world.remedies.agreement_lift": 0.7}
    trace = run(quiet(ways))
    compliance = weekly(trace, Kind.COMPLIANCE)[26:]
    assert compliance == pytest.approx(0.8 * 2 ** (-np.arange(26) / 6))
    assert ownership(trace) == pytest.approx(0.7 * compliance)


def test_an_agreement_fades_faster_under_pressure() -> None:
    ways = {**AGREED, "world.loops.pressure": "closed", "world.remedies.agreement_pressure": 1.0}
    left = [weekly(run(quiet({**ways, "world.leadership.stretch": s})), Kind.COMPLIANCE)[38] for s in (0.3, 2.0)]
    assert left[1] < 0.7 * left[0]


def test_renewals_are_believed_less_and_cost_hours_each() -> None:
    trace = run(
        quiet(
            {
                **AGREED,
                "coordination.agreement.renew_weeks": 8,
                "coordination.resets.habituation": 0.7,
                "coordination.meetings": 0,
            }
        )
    )
    agreed = trace.of(Kind.AGREED)
    assert agreed.entity.tolist() == [26, 34, 42, 50]
    assert agreed.value == pytest.approx(0.8 * 0.7 ** np.arange(4))
    hours = weekly(trace, Kind.COORDINATION_HOURS, 0)
    assert np.flatnonzero(hours).tolist() == agreed.entity.tolist()
    assert hours[26] == pytest.approx(80 / 3)


def test_design_builds_half_way_in_its_half_life() -> None:
    trace = run(
        quiet(
            {
                **BARE,
                LEVER: 1,
                "world.remedies.handoff_half_life": 8,
                "world.remedies.build_pressure": 0,
                "design.decay": 0,
            }
        )
    )
    assert lever(trace) == pytest.approx(1 - 2 ** (-np.arange(1, 27) / 8))


@pytest.mark.parametrize(
    ("dial", "which", "half_life"),
    [
        ("shared_definitions.qualified", 0, "definition"),
        ("owned_handoffs.sales_to_customer", 4, "handoff"),
        ("shared_incentives.sales", 6, "incentive"),
        ("one_view_of_data", 8, "view"),
        ("governance.evidence", 10, "governance"),
    ],
)
def test_each_part_of_design_has_a_half_life_of_its_own(dial: str, which: int, half_life: str) -> None:
    ways = {f"world.today.design.{dial}": 0, f"design.{dial}": 1, "world.remedies.build_pressure": 0, "design.decay": 0}
    halves = {
        f"world.remedies.{name}_half_life": 30 for name in ("definition", "handoff", "incentive", "view", "governance")
    }
    trace = run(quiet({**ways, **halves, f"world.remedies.{half_life}_half_life": 5}))
    assert lever(trace, which)[4] == pytest.approx(0.5)


def test_pressure_slows_the_build_unless_it_is_sponsored() -> None:
    ways = {
        **BARE,
        LEVER: 1,
        "world.remedies.build_pressure": 2.0,
        "world.leadership.stretch": 2.0,
        "world.loops.pressure": "closed",
    }
    plain, sponsored, calm = (
        lever(run(quiet({**ways, **change})))[12]
        for change in ({}, {"design.sponsored": 1}, {"design.sponsored": 1, "world.remedies.build_pressure": 0})
    )
    assert plain < 0.7 * sponsored
    assert sponsored == pytest.approx(calm)


def test_design_decays_where_nobody_governs_and_holds_where_somebody_does() -> None:
    ways = {**BARE, LEVER: 1, "world.remedies.handoff_half_life": 1, "world.remedies.governance_half_life": 0.5}
    alone = lever(run(quiet({**ways, "design.decay": 1.0})))[-1]
    governed = lever(run(quiet({**ways, "design.decay": 1.0, "design.governance.cadence_weeks": 4})))[-1]
    held = lever(run(quiet({**ways, "design.decay": 0.0})))[-1]
    assert alone < 0.985 * held
    assert governed == pytest.approx(held, rel=1e-3)


def test_a_build_that_stalls_stops_at_its_share() -> None:
    ways = {
        LEVER: 1,
        "world.today.design.owned_handoffs.marketing_to_sales": 0.2,
        "world.remedies.handoff_half_life": 1,
        "design.decay": 0,
    }
    stalled = lever(run(quiet({**ways, "stress.build_stalls": {"at_share": 0.5}})))
    assert stalled[-1] == pytest.approx(0.6, abs=1e-4)
    assert lever(run(quiet(ways)))[-1] == pytest.approx(1.0, abs=1e-4)


def test_design_costs_nothing_before_its_start_and_money_and_hours_after() -> None:
    bare = {**BARE, "world.desk.restate_hours": 0}
    ways = {**bare, LEVER: 1, "design.start_week": 7, "design.sponsored": 0.5}
    trace = run(tiny(ways))
    start = MEASURED + 30.0
    for kind in (Kind.DESIGN_COST, Kind.DESIGN_HOURS):
        rows = trace.of(kind)
        assert rows.time.min() == start
        assert rows.value.sum() > 0
    assert len(run(tiny(bare)).of(Kind.DESIGN_COST, Kind.DESIGN_HOURS).time) == 0


def test_restating_history_costs_desk_hours_that_are_told() -> None:
    hours = [run(tiny({"world.desk.restate_hours": h})).of(Kind.DESIGN_HOURS).value.sum() for h in (0, 100)]
    restated = run(tiny()).of(Kind.RESTATED).value.sum()
    assert hours[0] == 0
    assert 0 < hours[1] <= 100 * restated * (1 + 1e-9)


def test_a_finished_build_has_cost_its_price_and_then_its_running_share() -> None:
    ways = {
        **BARE,
        LEVER: 1,
        "world.remedies.handoff_half_life": 0.5,
        "design.decay": 0,
        "world.remedies.handoff_build": 50_000,
        "world.remedies.build_pressure": 0,
        "world.remedies.running_share": 0.26,
    }
    cost = weekly(run(quiet(ways)), Kind.DESIGN_COST)
    assert cost.sum() == pytest.approx(50_000 + 0.26 / 52 * 50_000 * 26, rel=0.02)
    assert cost[-1] == pytest.approx(250, rel=1e-6)


def test_it_is_worse_before_it_is_better_hours_are_lost_while_it_is_built() -> None:
    ways = {
        **BARE,
        **STILL,
        "design.owned_handoffs": 1,
        "world.loops.hours": "closed",
        "world.remedies.build_load": 0.5,
    }
    hours = weekly(run(quiet(ways)), Kind.REPS_HOURS)[25:]
    assert hours[1] < 0.9 * hours[0]
    assert (np.diff(hours[2:]) > 0).all()


def test_sponsors_give_hours_only_until_it_is_built() -> None:
    ways = {**BARE, LEVER: 1, "world.remedies.handoff_half_life": 1, "design.decay": 0, "design.sponsored": 0.5}
    trace = run(quiet(ways))
    leaders = trace.of(Kind.DESIGN_HOURS)
    leaders = leaders.where((leaders.actor == 3) & (leaders.value > 0))
    assert leaders.value == pytest.approx(0.5 * 6)
    assert 1 <= len(leaders.time) < 10


def test_owners_and_reviews_take_hours_as_long_as_they_last() -> None:
    ways = {
        **BARE,
        **STILL,
        LEVER: 1,
        "world.remedies.handoff_half_life": 0.2,
        "design.decay": 0,
        "world.remedies.build_load": 0,
    }
    managers = weekly(run(quiet(ways)), Kind.DESIGN_HOURS, 1)
    assert managers[-10:] == pytest.approx(5.0, rel=1e-6)
    reviewed = run(
        quiet(
            {
                **BARE,
                **STILL,
                "design.governance.cadence_weeks": 4,
                "world.remedies.governance_half_life": 0.2,
                "world.remedies.build_load": 0,
            }
        )
    )
    hours = since(reviewed, 200.0).of(Kind.DESIGN_HOURS)
    assert hours.value[hours.value > 1] == pytest.approx(12.0, rel=1e-3)
    assert set(hours.time[hours.value > 1].tolist()) == set(since(reviewed, 200.0).of(Kind.REVIEWED).time.tolist())


@pytest.mark.parametrize("block", ["design", "coordination", "heroics"])
def test_a_remedy_that_answers_to_low_trust_starts_in_the_first_measured_week_of_it(block: str) -> None:
    change = {"design": {LEVER: 1}, "coordination": {"coordination.meetings": 5}, "heroics": {"heroics.capacity": 0}}[
        block
    ]
    for replication in range(4):
        base = run(tiny({"calendar.quarters": 4}), replication=replication)
        other = run(
            tiny({"calendar.quarters": 4, **change, f"{block}.when": {"trust_below": 0.45}}), replication=replication
        )
        trust = np.maximum(0.0, 1 - 2 * weekly(base, Kind.TOLERANCE))
        low = [week for week in range(26, 78) if trust[week] < 0.45]
        if not low:
            assert np.array_equal(base.value, other.value)
            continue
        day = 5.0 * low[0]
        assert np.array_equal(base.before(day).value, other.before(day).value)
        assert not np.array_equal(since(base, day).value, since(other, day).value)
