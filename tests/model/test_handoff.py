"""Hand-off from marketing to sales: disputes, arbitration, orphans, follow-up, pick-up, cooling, waiting."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from tests.model.looking import ENDS, count, joined, quiet, since, summed, who
from tests.tiny import run

NOISE = {
    "world.marketing.perception_noise": 0.8,
    "world.sales.perception_noise": 0.8,
    "world.desk.perception_noise": 0.8,
}
ROOMY = {"world.sales.open_deals": 5000, "world.sales.exit_hazard": 0}
UNOWNED = {"world.today.design.owned_handoffs.marketing_to_sales": 0}


def test_whom_marketing_passes_and_sales_refuses_is_dropped_where_nothing_is_arbitrated() -> None:
    trace = run(quiet({**NOISE, "world.marketing_to_sales.arbitrated_share": 0}))
    assert count(trace, Kind.ARBITRATED) == 0
    assert who(trace, Kind.DROPPED) == who(trace, Kind.REFUSED) != set()


def test_every_dispute_goes_to_operations_where_all_are_arbitrated() -> None:
    trace = run(quiet({**NOISE, "world.marketing_to_sales.arbitrated_share": 1}))
    assert who(trace, Kind.ARBITRATED) == who(trace, Kind.REFUSED) != set()


def test_an_arbitration_is_settled_a_latency_after_the_desk_s_work() -> None:
    trace = run(quiet({**NOISE, "world.marketing_to_sales.arbitrated_share": 1, "world.leadership.latency_base": 2.5}))
    decided = trace.of(Kind.DECIDED)
    day = dict(zip(decided.entity[decided.actor == 2].tolist(), decided.time[decided.actor == 2], strict=True))
    settled = trace.of(Kind.SETTLED)
    waits = [time - day[entity] for time, entity in zip(settled.time, settled.entity.tolist(), strict=True)]
    assert len(waits) > 20
    assert waits == pytest.approx(np.full(len(waits), 2.5))


def test_operations_reading_settles_a_dispute() -> None:
    trace = run(quiet({**NOISE, "world.marketing_to_sales.arbitrated_share": 1}))
    settled = trace.of(Kind.SETTLED)
    for verdict, kind in ((1.0, Kind.ACCEPTED), (0.0, Kind.DROPPED)):
        those = set(settled.entity[settled.value == verdict].tolist())
        assert len(those) > 5
        assert those <= who(trace, kind)


def test_ownership_takes_orphans_in() -> None:
    """Chance of being orphaned is never_worked (1 - O) on the same luck, so each step of O only takes leads off."""
    orphans = []
    for owned in (0.0, 0.5, 1.0):
        trace = run(quiet({**ROOMY, "world.today.design.owned_handoffs.marketing_to_sales": owned}))
        share = count(trace, Kind.ORPHANED) / count(trace, Kind.ACCEPTED)
        orphans.append((who(trace, Kind.ORPHANED), share))
    assert orphans[0][0] > orphans[1][0] > orphans[2][0] == set()
    assert orphans[0][1] == pytest.approx(0.6, abs=0.12)  # today's meetings own a little; about 500 leads: 4 sd


def test_reps_follow_up_less_once_leads_have_turned_out_badly() -> None:
    """An owned hand-off has no other orphans; a jump of the useful bar makes the leads worse than they were."""
    worse = {
        "stress.new_segment": {"week": 1, "shift": 2.0, "share": 0.0, "slower": 1.0},
        "world.loops.follow_up": "closed",
    }
    orphans = [
        summed(quiet({**ROOMY, **worse, "world.marketing_to_sales.follow_up_sensitivity": s}), after_the_shift)
        for s in (0.0, 0.5, 1.0)
    ]
    assert orphans[0] == 0 < orphans[1] < orphans[2]


def after_the_shift(trace: Trace) -> float:
    return float(count(since(trace, 150.0), Kind.ORPHANED))


def test_leads_that_turn_out_as_usual_are_followed_up_more_than_worse_ones() -> None:
    sensitive = {**ROOMY, "world.marketing_to_sales.follow_up_sensitivity": 1.0, "world.loops.follow_up": "closed"}
    worse = {"stress.new_segment": {"week": 1, "shift": 2.0, "share": 0.0, "slower": 1.0}}
    assert summed(quiet({**sensitive, **worse}), after_the_shift) > 1.5 * summed(quiet(sensitive), after_the_shift)


def test_ownership_scales_each_lead_s_pick_up_delay_between_unowned_and_owned() -> None:
    """The same luck times the mean: nobody waits for room, so the ratio is that of the means for every single lead."""
    ways = {**ROOMY, "world.marketing_to_sales.never_worked": 0, "world.today.coordination.meetings": 0}
    slow, quick = run(quiet({**ways, **UNOWNED})), run(quiet(ways))
    delays = []
    for trace in (slow, quick):
        accepted, picked = joined(trace, Kind.ACCEPTED, Kind.PICKED_UP)
        delays.append(dict(zip(picked.entity.tolist(), picked.time - accepted.time, strict=True)))
    both = sorted(set(delays[0]) & set(delays[1]))
    assert len(both) > 200
    slowed = np.array([delays[0][k] for k in both])
    assert slowed == pytest.approx(np.array([delays[1][k] for k in both]) * 2.5 / 0.15, abs=1e-9)


@pytest.mark.parametrize("exponent", [0.0, 0.2, 0.8])
def test_leads_cool_by_delay_and_exponent(exponent: float) -> None:
    """On the same luck a higher exponent only adds to those who no longer answer; at 0 everybody does."""
    ways = {**ROOMY, **UNOWNED, "world.marketing_to_sales.cooling_scale": 0.2}
    cooled = who(run(quiet({**ways, "world.marketing_to_sales.cooling_exponent": exponent})), Kind.COOLED)
    more = who(run(quiet({**ways, "world.marketing_to_sales.cooling_exponent": exponent + 0.3})), Kind.COOLED)
    assert cooled < more
    assert bool(cooled) == (exponent > 0)


def test_no_rep_holds_more_deals_than_there_is_room_for() -> None:
    ways = {"world.sales.open_deals": 3, "world.sales.skill_sigma": 0, "world.sales.exit_hazard": 0}
    trace = run(quiet(ways))
    most = 0
    for seat in range(3):
        rows = trace.of(Kind.OPPORTUNITY, *(kind for kind in ENDS if kind >= Kind.LOST))
        rows = rows.where(rows.actor == seat)
        change = np.where(rows.kind == Kind.OPPORTUNITY, 1, -1)
        ends_first = np.lexsort((change, rows.time))
        most = max(most, int(np.cumsum(change[ends_first]).max()))
    assert most == 3


def test_leads_that_find_every_rep_full_wait_and_come_in_turn() -> None:
    trace = run(quiet({"world.sales.open_deals": 2, "world.buyers.lead_patience": 1e9}))
    assert np.median(trace.of(Kind.PICKED_UP).value) > 20
    assert count(trace, Kind.LEFT_WAITING) == 0
    assert np.median(run(quiet({"world.sales.open_deals": 500})).of(Kind.PICKED_UP).value) < 1


@pytest.mark.parametrize(
    ("patience", "kind", "busy"),
    [
        ("lead_patience", Kind.LEFT_WAITING, {"world.sales.open_deals": 2}),
        ("work_patience", Kind.LEFT_WORK, {"world.sales.selling_hours": 8}),
        ("desk_patience", Kind.LEFT_DESK, {"world.desk.hours": 5}),
    ],
)
def test_who_waits_beyond_patience_leaves_that_queue(patience: str, kind: Kind, busy: dict[str, float]) -> None:
    leavers = [count(run(quiet({**busy, f"world.buyers.{patience}": days})), kind) for days in (1e9, 30, 3)]
    assert leavers[0] == 0 < leavers[1] < leavers[2]
