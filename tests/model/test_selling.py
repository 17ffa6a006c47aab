"""Reps at work: skill, ramp, pay and effort, attention, discounts, hold-overs, leaving and hiring, the record."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from tests.model.looking import QUARTER, count, out_of_turn, quiet, summed, total, weekly, who
from tests.tiny import luck_for, run, tiny

EVEN = {"world.sales.skill_sigma": 0, "world.sales.effort_sigma": 0, "world.sales.exit_hazard": 0}
OWN_PAY = {"world.today.design.shared_incentives.sales": 0}
SHARED_PAY = {"world.today.design.shared_incentives.sales": 1, "world.today.design.one_view_of_data": 1}
WINDOW = 20.0


def work_days(trace: Trace) -> tuple[np.ndarray, np.ndarray]:
    """Day on which each finished piece of work began, and how long it took; by seat nobody does two things at once."""
    begun, days = [], []
    open_work: dict[int, float] = {}
    rows = trace.of(Kind.WORK_STARTED, Kind.WORK_DONE)
    for time, kind, entity in zip(rows.time.tolist(), rows.kind, rows.entity.tolist(), strict=True):
        if kind == Kind.WORK_STARTED:
            open_work[entity] = time
        else:
            begun.append(open_work[entity])
            days.append(time - open_work.pop(entity))
    return np.array(begun), np.array(days)


def near_end(time: np.ndarray) -> np.ndarray:
    return QUARTER - time % QUARTER <= WINDOW


def test_skilled_reps_win_more_of_their_opportunities() -> None:
    """Best against worst of three seats, over 8 runs of about 70 opportunities a seat; skill decides at weight 2."""
    share = {"best": [0.0, 0.0], "worst": [0.0, 0.0]}
    scenario = quiet({"world.sales.skill_weight": 2.0, "world.sales.exit_hazard": 0, "world.sales.open_deals": 500})
    from revsim.contract.of_scenario import parameters_of

    for replication in range(8):
        trace = run(scenario, replication=replication)
        skill = luck_for(parameters_of(scenario), replication=replication).reps.skill[:3, 0]
        for name, seat in (("best", int(np.argmax(skill))), ("worst", int(np.argmin(skill)))):
            won, had = trace.of(Kind.WON), trace.of(Kind.OPPORTUNITY)
            share[name][0] += float(np.sum(won.actor == seat))
            share[name][1] += float(np.sum(had.actor == seat))
    assert share["best"][0] / share["best"][1] > 1.5 * share["worst"][0] / share["worst"][1]


def test_skilled_reps_work_faster() -> None:
    scenario = quiet({"world.sales.effort_sigma": 0, "world.sales.exit_hazard": 0, "world.sales.speed_exponent": 1.0})
    _, days = work_days(run(scenario))
    _, even = work_days(run(quiet({**EVEN})))
    assert len(np.unique(np.round(days, 9))) >= 3 * len(np.unique(np.round(even, 9)))


def test_a_new_rep_is_slow_until_ramped() -> None:
    turnover = {**EVEN, "world.sales.exit_hazard": 2.0, "world.sales.vacancy_days": 5, "world.sales.ramp_days": 100}
    slow = max(
        work_days(run(quiet({**turnover, "world.sales.ramp_start": 0.2}), replication=r))[1].max() for r in range(3)
    )
    even = max(
        work_days(run(quiet({**turnover, "world.sales.ramp_start": 1.0}), replication=r))[1].max() for r in range(3)
    )
    assert slow > 2 * even


def test_own_pay_makes_work_faster_by_its_share() -> None:
    """The shortest piece of work takes 1 / 1.15 of its time where pay is one's own."""
    plain, paid = (run(quiet({**EVEN, **OWN_PAY, "world.sales.own_pay_effort": own})) for own in (0.0, 0.15))
    slow, quick = (np.unique(np.round(work_days(trace)[1], 6)) for trace in (plain, paid))
    assert slow.min() / quick.min() == pytest.approx(1.15, rel=1e-4)


def test_pay_on_the_shared_outcome_costs_that_effort() -> None:
    shared = run(quiet({**EVEN, **SHARED_PAY, "world.sales.own_pay_effort": 0.15, "world.sales.end_pay_effort": 0.3}))
    none = run(quiet({**EVEN, **SHARED_PAY}))
    assert np.array_equal(work_days(shared)[1], work_days(none)[1])


def test_effort_at_the_quarter_s_end_comes_in_its_last_weeks_only() -> None:
    begun, days = work_days(run(quiet({**EVEN, **OWN_PAY, "world.sales.end_pay_effort": 0.3})))
    quickest = [days[mask].min() for mask in (near_end(begun), ~near_end(begun))]
    assert quickest[1] / quickest[0] == pytest.approx(1.3, rel=0.02)


def test_reps_serve_first_come_first_served_before_the_quarter_s_last_weeks() -> None:
    ways = {
        **EVEN,
        **OWN_PAY,
        "world.sales.attention": 60,
        "world.sales.selling_hours": 8,
        "world.buyers.work_patience": 1e9,
    }
    turned = out_of_turn(run(quiet(ways)), Kind.WORK_STARTED, by_seat=True)
    assert len(turned) > 3
    assert near_end(turned).all()


@pytest.mark.parametrize(
    "change", [{**OWN_PAY, "world.sales.attention": 0}, {**SHARED_PAY, "world.sales.attention": 60}]
)
def test_without_attention_or_with_shared_pay_nobody_jumps_the_queue(change: dict[str, float]) -> None:
    ways = {**EVEN, "world.sales.selling_hours": 8, "world.buyers.work_patience": 1e9}
    assert len(out_of_turn(run(quiet({**ways, **change})), Kind.WORK_STARTED, by_seat=True)) == 0


def test_late_stages_wait_less_than_early_ones_at_the_quarter_s_end_if_pay_is_one_s_own() -> None:
    ways = {**EVEN, **OWN_PAY, "world.sales.selling_hours": 8, "world.buyers.work_patience": 1e9}
    waits = []
    for attention in (0, 60):
        rows = run(quiet({**ways, "world.sales.attention": attention}))
        stage_of: dict[int, float] = {}
        late = []
        for time, kind, entity, value in zip(rows.time, rows.kind, rows.entity.tolist(), rows.value, strict=True):
            if kind == Kind.STAGE_ENTERED:
                stage_of[entity] = value
            elif kind == Kind.WORK_STARTED and stage_of[entity] >= 2 and QUARTER - time % QUARTER < WINDOW:
                late.append(value)
        waits.append(np.mean(late))
    assert waits[1] < 0.75 * waits[0]


PULLS = {
    "world.sales.pull_strength": 4.0,
    "world.sales.pull_window": 20,
    "world.leadership.stretch": 2.0,
    "world.loops.pressure": "closed",
    **OWN_PAY,
}


def test_deals_are_pulled_forward_at_a_discount_in_the_quarter_s_last_weeks() -> None:
    trace = run(quiet(PULLS))
    pulled = trace.of(Kind.PULL_AGREED)
    assert len(pulled.time) > 5
    assert near_end(pulled.time).all()
    value = dict(zip(trace.of(Kind.OPPORTUNITY).entity.tolist(), trace.of(Kind.OPPORTUNITY).value, strict=True))
    for entity, booked in zip(trace.of(Kind.WON).entity.tolist(), trace.of(Kind.WON).value, strict=True):
        discount = 0.08 if entity in who(trace, Kind.PULL_AGREED) else 0.0
        assert booked == pytest.approx(value[entity] * (1 - discount))


def test_shared_pay_pulls_less_and_fully_shared_pay_nothing() -> None:
    half = {**PULLS, "world.today.design.shared_incentives.sales": 0.5, "world.today.design.one_view_of_data": 1}
    pulls = [summed(quiet(c), lambda t: count(t, Kind.PULL_AGREED)) for c in (PULLS, half, {**PULLS, **SHARED_PAY})]
    assert pulls[0] > pulls[1] > pulls[2] == 0


def test_nobody_pulls_without_pressure() -> None:
    calm = {**PULLS, "world.leadership.pressure_base": 0, "world.leadership.pressure_gap": 0}
    assert count(run(quiet(calm)), Kind.PULL_AGREED) == 0


def test_a_discount_waits_for_the_decision_so_none_is_agreed_too_late_for_it() -> None:
    """Reps ask as a week begins; what is approved after the quarter's end is not asked for."""
    left = {}
    for latency in (0, 3, 7, 25):
        ways = quiet({**PULLS, "world.leadership.latency_base": latency})
        time = np.concatenate([run(ways, replication=r).of(Kind.PULL_AGREED).time for r in range(3)])
        left[latency] = set((latency + QUARTER - time % QUARTER).tolist())
    assert left[0] == {5.0, 10.0} == left[0] | left[3] | left[7]
    assert left[3] >= {5.0}
    assert left[7] <= {10.0}
    assert left[25] == set()


HOLDS = {"world.sales.sandbag_share": 1.0, "world.sales.sandbag_above": 0.5, "world.sales.sandbag_below": 0, **OWN_PAY}


def test_a_deal_held_over_is_signed_in_the_next_quarter() -> None:
    trace = run(quiet(HOLDS))
    signed = dict(zip(trace.of(Kind.WON).entity.tolist(), trace.of(Kind.WON).time, strict=True))
    held = trace.of(Kind.HELD_OVER)
    assert len(held.time) > 10
    for entity, time in zip(held.entity.tolist(), held.time, strict=True):
        end = (time // QUARTER + 1) * QUARTER
        assert signed.get(entity, np.inf) >= end
        assert entity in signed or end + 60 > 4 * QUARTER


@pytest.mark.parametrize("change", [{"world.sales.sandbag_share": 0}, SHARED_PAY, {"world.sales.sandbag_above": 1e9}])
def test_nobody_holds_over_without_reason(change: dict[str, float]) -> None:
    assert count(run(quiet({**HOLDS, **change})), Kind.HELD_OVER) == 0


def test_hopelessly_behind_reps_hold_over_in_the_last_three_weeks_only() -> None:
    behind = {**HOLDS, "world.sales.sandbag_above": 1e9, "world.sales.sandbag_below": 1e6}
    held = run(quiet(behind)).of(Kind.HELD_OVER)
    assert len(held.time) > 5
    assert (QUARTER - held.time % QUARTER <= 15.0).all()


def test_without_lag_the_record_is_the_truth() -> None:
    trace = run(quiet())
    assert weekly(trace, Kind.PIPELINE_MARKETING) == pytest.approx(weekly(trace, Kind.OPEN_PIPELINE), rel=1e-9)
    assert weekly(trace, Kind.OPEN_PIPELINE).max() > 0


ALL_WIN = {f"world.sales.stages[{k}].advance": 30 for k in range(4)} | {
    "world.buyers.work_patience": 1e9,
    "world.buyers.desk_patience": 1e9,
}


def lacking(change: dict[str, float]) -> float:
    """Share of the open pipeline that the record lacks, where nobody is ever lost."""
    trace = run(quiet({**ALL_WIN, "world.sales.exit_hazard": 0, **change}))
    known, true = weekly(trace, Kind.PIPELINE_MARKETING), weekly(trace, Kind.OPEN_PIPELINE)
    assert (known <= true * (1 + 1e-9)).all()
    return float(1 - known.sum() / true.sum())


def test_a_late_record_lacks_new_deals() -> None:
    late = {"world.sales.record_lag": 10}
    assert lacking({}) == pytest.approx(0, abs=1e-9)
    assert lacking(late) > 0.05
    assert lacking({**late, "world.today.design.one_view_of_data": 0}) > 1.15 * lacking(late)
    assert lacking({**late, "world.sales.record_lag_pay": 2.0}) > 1.15 * lacking(late)
    assert lacking({**late, "world.today.design.one_view_of_data": 1}) == pytest.approx(0, abs=1e-9)


def test_zombies_stay_in_the_record_and_swell_it() -> None:
    found = [
        weekly(
            run(quiet({"world.sales.record_lag": 3, "world.sales.lost_record_factor": f})), Kind.PIPELINE_MARKETING
        ).sum()
        for f in (1, 3, 8)
    ]
    assert found[0] < found[1] < found[2]


def test_a_seat_is_filled_only_after_its_vacancy_and_the_decision() -> None:
    ways = {"world.sales.exit_hazard": 2.0, "world.sales.vacancy_days": 20, "world.leadership.latency_base": 3}
    gaps = []
    for replication in range(4):
        trace = run(quiet({**ways, "world.leadership.seat_response": 0}), replication=replication)
        left: dict[tuple[float, int], float] = {}
        rows = trace.of(Kind.EXIT, Kind.HIRED)
        for time, kind, seat, role in zip(rows.time, rows.kind, rows.entity.tolist(), rows.actor.tolist(), strict=True):
            if kind == Kind.EXIT:
                left[role, seat] = time
            else:
                gaps.append(time - left.pop((role, seat)))
    assert len(gaps) > 10
    assert 23 <= min(gaps) <= max(gaps) <= 23 + 10


def test_nobody_leaves_where_the_hazard_is_nothing() -> None:
    assert summed(tiny({"world.sales.exit_hazard": 0}), lambda t: count(t, Kind.EXIT, Kind.HIRED)) == 0


@pytest.mark.parametrize(("owned", "lost"), [(0.0, True), (1.0, False)])
def test_a_leaver_s_deals_are_handed_over_and_some_lost_without_an_owner(owned: float, *, lost: bool) -> None:
    ways = {"world.sales.exit_hazard": 2.0, "world.today.design.owned_handoffs.marketing_to_sales": owned}
    assert summed(quiet(ways), lambda t: count(t, Kind.HANDED_OVER)) > 10
    assert (summed(quiet(ways), lambda t: count(t, Kind.LOST_HANDED_OVER)) > 0) == lost


def test_seats_and_budget_follow_the_number() -> None:
    ways = {"world.leadership.seat_response": 1.0, "world.leadership.seat_limit": 0.5, "world.leadership.stretch": 1.1}
    trace = run(tiny({**ways, "calendar.quarters": 6}))
    level = trace.of(Kind.PLAN_FROM).value / 1.1
    number = weekly(trace, Kind.FORECAST)[::13]
    seats = np.floor(3 * np.clip(number / level, 0.5, 1.5) + 0.5)
    assert trace.of(Kind.SEATS).value.tolist() == seats.tolist()
    assert len(set(seats.tolist())) > 1
    budget = np.clip(0.4 + 0.6 * number / level, 0.5, 1.5)
    assert trace.of(Kind.BUDGET).value == pytest.approx(budget, rel=1e-9)


@pytest.mark.parametrize("stretch", [0.5, 1.0, 1.5])
def test_requisitions_open_above_and_freeze_below_the_usual_number_of_seats(stretch: float) -> None:
    """Before there is a history the number is the plan: the stretch opens (5 seats), keeps (3) or freezes (2)."""
    ways = {
        "world.leadership.seat_response": 1.0,
        "world.leadership.seat_limit": 0.5,
        "world.leadership.stretch": stretch,
        "world.sales.exit_hazard": 2.0,
        "world.sales.vacancy_days": 0,
    }
    from collections import Counter

    hired: Counter[int] = Counter()
    for replication in range(6):
        rows = run(tiny(ways), replication=replication).of(Kind.HIRED)
        hired.update(rows.entity[(rows.actor == 0) & (rows.time < QUARTER)].tolist())
    assert (sum(n for seat, n in hired.items() if seat >= 3) > 0) == (stretch > 1)
    if stretch < 1:
        assert total(run(tiny(ways)), Kind.SEATS) < 3 * 4
