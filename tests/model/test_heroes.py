"""Heroics: bounded hours, taken from the hero's own next week; energy; leaving; and what is bridged leaves no trace."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from revsim.contract.trace import PLACES, Kind
from tests.model.looking import count, quiet, summed, weekly, who
from tests.tiny import run, tiny

POOL = {"world.today.heroics.capacity": 0.3, "world.people.hero_value_bar": 0, "world.people.hero_share": 0.4}
NOISE = {
    "world.marketing.perception_noise": 0.8,
    "world.sales.perception_noise": 0.8,
    "world.desk.perception_noise": 0.8,
}
UNOWNED = {"world.today.design.owned_handoffs": 0, "world.today.coordination.meetings": 0}
STILL = {"world.sales.exit_hazard": 0, "world.leadership.seat_response": 0}
ENERGY = {"world.loops.energy": "closed"}


def test_a_pool_without_hours_bridges_nothing() -> None:
    assert summed(tiny({"world.today.heroics.capacity": 0}), lambda t: count(t, Kind.BRIDGED)) == 0
    assert summed(tiny(), lambda t: count(t, Kind.BRIDGED)) > 100


def test_a_hero_bridges_no_more_than_two_weeks_shares_of_hours_as_far_as_energy_lasts() -> None:
    trace = run(tiny({**POOL, **UNOWNED, **ENERGY}))
    hours = (16.0, 16.0, 30.0)
    energy = {
        (int(t // 5), a, e): v
        for t, a, e, v in zip(
            *(getattr(trace.of(Kind.HERO), c) for c in ("time", "actor", "entity", "value")), strict=True
        )
    }
    spent: dict[tuple[int, int, int], float] = defaultdict(float)
    bridged = trace.of(Kind.BRIDGED)
    for time, actor, value in zip(bridged.time, bridged.actor, bridged.value, strict=True):
        spent[int(time // 5), int(actor) // PLACES, int(actor) % PLACES] += value
    assert len(spent) > 20
    saved = 0
    for (week, *whose), value in spent.items():
        rested = energy.get((week - 1, *whose), 1.0)  # the week's hours are set before its energy is
        fresh = 0.3 * hours[whose[0]] * rested
        assert value <= 2.0 * fresh + 1e-9
        saved += value > fresh + 1e-9
    assert saved > 0


def test_hours_that_a_manager_saved_for_a_week_are_enough_for_what_takes_more_than_a_week_s() -> None:
    """A pool of .2 of 16 hours, 3.2 a week, and a night that takes 6: never in two weeks running."""
    pool = {**POOL, "world.today.heroics.capacity": 0.2, "world.people.dispute_bridge_hours": 99}
    ways = {**pool, **STILL, "world.people.reconcile_bridge_hours": 6, "world.people.lead_bridge_hours": 99}
    trace = run(quiet({**ways, "world.definitions.commit_drift_sd": 0.4, "world.today.heroics.energy": 0}))
    nights = trace.of(Kind.BRIDGED).where(trace.of(Kind.BRIDGED).actor // PLACES == 1)
    assert len(nights.time) > 4
    for actor in np.unique(nights.actor):
        assert (np.diff(nights.time[nights.actor == actor]) >= 10.0 - 1e-9).all()


def test_what_a_rep_bridges_is_missing_from_the_same_rep_s_next_week() -> None:
    trace = run(quiet({**POOL, **UNOWNED, **STILL, "world.today.heroics.energy": 0}))
    hours, bridged = weekly(trace, Kind.REPS_HOURS), trace.of(Kind.BRIDGED)
    mine = bridged.where(bridged.actor < PLACES)
    spent = np.bincount((mine.time // 5).astype(int), weights=mine.value, minlength=52)
    assert np.count_nonzero(spent) > 10
    idle = np.flatnonzero(spent[:-1] == 0)
    whole = hours[1 + idle[0]] if len(idle) else hours[0]
    kept = whole / (3 * 16)
    measured = np.arange(26, 51)
    assert hours[measured + 1] == pytest.approx(hours[0] - kept * spent[measured], rel=1e-9)


def test_bridging_drains_energy_and_without_drain_it_stays_whole() -> None:
    for strength, least in ((0.0, 1.0), (2.0, 0.8)):
        trace = run(tiny({**POOL, **UNOWNED, "world.today.heroics.energy": strength, "world.people.drain_weeks": 1.2}))
        low = trace.of(Kind.HERO).value.min()
        assert (low == 1.0) == (strength == 0)
        assert low <= least


def test_a_larger_pool_that_is_used_up_tires_more() -> None:
    """What tires is bridging against working hours, not against what is allowed."""
    ways = {**POOL, **UNOWNED, "world.people.drain_weeks": 1.2, "world.demand.inquiries_per_week": 120}
    mean = []
    for capacity in (0.1, 0.3, 0.6):
        rows = run(tiny({**ways, "world.today.heroics.capacity": capacity})).of(Kind.HERO)
        mean.append(rows.value.mean())
    assert mean[0] > mean[1] > mean[2]


def test_exhausted_heroes_leave_more_often() -> None:
    """On the same luck a higher hazard brings the same exits sooner; over 8 runs of a year there are more of them."""
    worn = {
        **POOL,
        **UNOWNED,
        "world.people.drain_weeks": 1.2,
        "world.sales.exit_hazard": 0.6,
        "world.today.heroics.energy": 2.0,
    }
    exits = [
        summed(tiny({**worn, "world.today.heroics.exit": k}), lambda t: count(t, Kind.EXIT), range(8))
        for k in (0.0, 3.0)
    ]
    assert exits[1] > 1.2 * exits[0]


def test_a_bridged_lead_is_no_orphan_and_a_bridged_dispute_no_ticket() -> None:
    """One friction at a time: an unowned hand-off without noise, then an owned one with noise."""
    for ways, friction, instead in (
        (UNOWNED, Kind.ACCEPTED, Kind.ORPHANED),
        ({**NOISE, "world.marketing_to_sales.arbitrated_share": 1.0}, Kind.REFUSED, Kind.ARBITRATED),
    ):
        trace = run(quiet({**POOL, **ways, "world.sales.open_deals": 5000}))
        bridged = trace.of(Kind.BRIDGED)
        buyers = set(bridged.entity[bridged.entity != (bridged.time // 5).astype(int)].tolist()) & who(trace, friction)
        assert len(buyers) > 20
        assert buyers.isdisjoint(who(trace, instead))
        assert who(trace, instead)


def test_the_pool_masks_frictions_that_are_all_there_without_it() -> None:
    rows = (Kind.ORPHANED, Kind.ARBITRATED)
    ways = {**NOISE, **UNOWNED, "world.marketing_to_sales.arbitrated_share": 1.0}
    seen = [count(run(quiet({**ways, **POOL, "world.today.heroics.capacity": c})), *rows) for c in (0.0, 0.3, 0.8)]
    assert seen[0] > seen[1] > seen[2]


def test_a_rework_loop_that_is_bridged_is_no_loop() -> None:
    ways = {"world.desk.rework": 0.7, "world.people.desk_bridge_hours": 0.1}
    again = [
        int(np.sum(run(quiet({**ways, **POOL, "world.today.heroics.capacity": c})).of(Kind.DESK_ENTERED).actor > 0))
        for c in (0.0, 0.5)
    ]
    assert again[1] < 0.3 * again[0]


def test_disagreement_reconciled_overnight_never_reaches_leadership() -> None:
    """The latency is that of a tolerated disagreement, though the functions disagree as before."""
    trace = run(
        tiny(
            {
                **POOL,
                "world.people.reconcile_bridge_hours": 0.5,
                "world.definitions.commit_drift_sd": 0.4,
                "world.leadership.latency_distrust": 0,
                "world.today.design.governance.decision_rights": 0,
                "world.people.hero_value_bar": 1e9,
            }
        )
    )
    bridged = trace.of(Kind.BRIDGED)
    weeks = bridged.entity[bridged.actor == PLACES]
    disagreement, tolerance = weekly(trace, Kind.DISAGREEMENT), weekly(trace, Kind.TOLERANCE)
    assert len(weeks) > 4
    assert (disagreement[weeks] > tolerance[weeks]).all()
    assert weekly(trace, Kind.LATENCY)[weeks] == pytest.approx(1 + 12 * tolerance[weeks])
    others = np.setdiff1d(np.arange(52), weeks)
    assert weekly(trace, Kind.LATENCY)[others] == pytest.approx(1 + 12 * disagreement[others])


def test_small_frictions_are_nobody_s_to_bridge_where_values_are_known() -> None:
    trace = run(tiny({**POOL, "world.people.hero_value_noise": 0, "world.people.hero_value_bar": 30_000}))
    value = dict(zip(trace.of(Kind.QUALIFIED).entity.tolist(), trace.of(Kind.QUALIFIED).value, strict=True))
    bridged = trace.of(Kind.BRIDGED)
    of_buyers = bridged.where(bridged.entity != (bridged.time // 5).astype(int))
    assert all(value[e] >= 30_000 for e in of_buyers.entity.tolist())


def test_a_hero_takes_leads_beyond_the_limit_when_every_rep_is_full() -> None:
    full = {**STILL, "world.sales.open_deals": 2, "world.sales.skill_sigma": 0, "world.buyers.lead_patience": 10}
    left = [
        count(run(quiet({**full, **POOL, "world.today.heroics.capacity": c})), Kind.LEFT_WAITING) for c in (0.0, 0.8)
    ]
    assert left[1] < left[0]
