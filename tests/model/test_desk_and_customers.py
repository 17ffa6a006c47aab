"""The deal desk: rework, second loops, priority, slips. After the sale: renewal, churn, expansion."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import BASE_FROM, Kind, Trace
from tests.model.looking import QUARTER, count, out_of_turn, quiet, summed, total, who
from tests.tiny import run

UNOWNED = {"world.today.design.owned_handoffs.sales_to_operations": 0}
BUSY_DESK = {"world.desk.hours": 6, "world.buyers.desk_patience": 1e9}


def loops(trace: Trace) -> int:
    """Deals that went through the desk again."""
    rows = trace.of(Kind.DESK_ENTERED)
    return int(np.sum(rows.actor > 0))


def test_a_deal_passes_the_desk_once_where_data_agree_and_the_hand_off_is_owned() -> None:
    assert loops(run(quiet())) == 0
    assert count(run(quiet()), Kind.DESK_ENTERED) > 20


@pytest.mark.parametrize("fault", [{"world.desk.rework": 0.7}, {"world.desk.second_loop": 0.6, **UNOWNED}])
def test_data_that_disagree_and_a_hand_off_without_owner_send_deals_back(fault: dict[str, float]) -> None:
    assert loops(run(quiet(fault))) > 5


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        ({"world.desk.rework": 0.7}, "world.today.design.one_view_of_data"),
        ({"world.desk.second_loop": 0.6, **UNOWNED}, "world.today.design.owned_handoffs.sales_to_operations"),
    ],
)
def test_rework_falls_with_one_view_and_the_second_loop_with_ownership(fault: dict[str, float], remedy: str) -> None:
    found = [loops(run(quiet({**fault, remedy: level}))) for level in (0.0, 0.5, 1.0)]
    assert found[0] > found[1] > found[2] == 0


def test_rework_is_not_ownership_s_to_mend_nor_second_loops_one_view_s() -> None:
    for fault, other in (
        ({"world.desk.rework": 0.7}, {**UNOWNED}),
        ({"world.desk.second_loop": 0.6, **UNOWNED}, {"world.today.design.one_view_of_data": 1}),
    ):
        assert loops(run(quiet(fault))) == loops(run(quiet({**fault, **other})))


@pytest.mark.parametrize(("priority", "shared", "turned"), [(15, 1.0, True), (15, 0.0, False), (0, 1.0, False)])
def test_larger_deals_jump_the_desk_s_queue_only_where_operations_pay_is_shared(
    priority: float, shared: float, *, turned: bool
) -> None:
    pay = {"world.today.design.shared_incentives.operations": shared, "world.today.design.one_view_of_data": 1}
    trace = run(quiet({**BUSY_DESK, **pay, "world.desk.value_priority": priority}))
    assert count(trace, Kind.DESK_STARTED) > 20
    assert (len(out_of_turn(trace, Kind.DESK_STARTED, by_seat=False)) > 0) == turned


def test_deals_in_a_full_desk_s_queue_slip_as_the_quarter_ends_and_only_then() -> None:
    slipped = run(quiet(BUSY_DESK)).of(Kind.SLIPPED)
    assert len(slipped.time) > 3
    assert (slipped.time % QUARTER == 0).all()
    assert count(run(quiet({"world.desk.analysts": 50})), Kind.SLIPPED) == 0


def test_arbitrations_take_desk_hours_from_deals() -> None:
    noisy = {**BUSY_DESK, "world.sales.perception_noise": 1.0}
    waits = []
    for share in (0.0, 0.6):
        trace = run(
            quiet({**noisy, "world.marketing_to_sales.arbitrated_share": share, "world.desk.arbitration_hours": 1.0})
        )
        rows = trace.of(Kind.DESK_STARTED)
        waits.append(rows.value[rows.actor == 0].mean())
    assert waits[1] > 1.2 * waits[0]


LONG = {"calendar.quarters": 7}
CHURN = (Kind.CHURNED, Kind.CHURNED_HANDOFF)


def of_base(trace: Trace, *kinds: Kind) -> set[int]:
    return {entity for entity in who(trace, *kinds) if entity >= BASE_FROM}


def test_customers_of_less_fit_churn_more_where_fit_matters_and_as_much_where_it_does_not() -> None:
    """On the same luck a lower chance to renew only adds to those who leave."""
    for weight, more in ((0.6, True), (0.0, False)):
        fits = [
            of_base(run(quiet({"world.customers.base_fit": fit, "world.customers.renew_fit": weight})), *CHURN)
            for fit in (1.0, -3.0)
        ]
        assert fits[0] <= fits[1]
        assert (fits[0] != fits[1]) == more


def test_oversold_customers_churn_more_and_others_do_not() -> None:
    pulls = {
        **LONG,
        "world.sales.pull_strength": 2.5,
        "world.leadership.stretch": 2.0,
        "world.loops.pressure": "closed",
    }
    left = [run(quiet({**pulls, "world.customers.renew_oversold": weight})) for weight in (0.0, 4.0)]
    pulled, (none, more) = who(left[0], Kind.PULL_AGREED), (who(trace, *CHURN) for trace in left)
    assert none & pulled < more & pulled
    assert none - pulled == more - pulled


@pytest.mark.parametrize(("owned", "weight", "found"), [(0.0, 1.0, True), (1.0, 1.0, False), (0.0, 0.0, False)])
def test_churn_by_hand_off_is_there_only_without_an_owner(owned: float, weight: float, *, found: bool) -> None:
    ways = {"world.today.design.owned_handoffs.sales_to_customer": owned, "world.customers.renew_handoff": weight}
    assert (summed(quiet(ways), lambda t: count(t, Kind.CHURNED_HANDOFF)) > 0) == found


def test_churn_by_hand_off_is_what_an_owner_would_have_prevented() -> None:
    """Same luck: who churns at O = 1 is no churn by hand-off at O = 0, in the first year of each."""
    ways = {"world.customers.renew_handoff": 1.5}
    owned = run(quiet(ways))
    unowned = run(
        quiet(
            {**ways, "world.today.design.owned_handoffs.sales_to_customer": 0, "world.today.coordination.meetings": 0}
        )
    )
    assert of_base(unowned, Kind.CHURNED_HANDOFF).isdisjoint(of_base(owned, *CHURN))
    assert of_base(unowned, Kind.CHURNED) == of_base(owned, *CHURN)


def test_a_renewed_contract_grows_by_expansion_less_what_the_hand_off_costs() -> None:
    flat = {
        "world.customers.expansion_fit": 0,
        "world.customers.expansion": 0.2,
        "world.customers.expansion_handoff": 0.15,
    }
    unowned = {"world.today.design.owned_handoffs.sales_to_customer": 0, "world.today.coordination.meetings": 0}
    growth = [
        total(trace, Kind.EXPANDED) / total(trace, Kind.RENEWED)
        for trace in (run(quiet(flat)), run(quiet({**flat, **unowned})))
    ]
    assert growth == pytest.approx([0.2, 0.05], rel=1e-9)


def test_better_fit_expands_more() -> None:
    growth = [
        total(trace, Kind.EXPANDED) / total(trace, Kind.RENEWED)
        for trace in (
            run(quiet({"world.customers.base_fit": fit, "world.customers.renew_fit": 0})) for fit in (0.2, 1.0)
        )
    ]
    assert growth[1] - growth[0] == pytest.approx(0.03 * 0.8, rel=1e-6)


def test_a_won_deal_comes_up_for_renewal_a_year_later() -> None:
    trace = run(quiet(LONG))
    won, due = trace.of(Kind.WON), trace.of(Kind.DUE)
    first = dict(reversed(list(zip(due.entity.tolist(), due.time, strict=True))))
    seen = 0
    for entity, time in zip(won.entity.tolist(), won.time, strict=True):
        if time + 260 < 9 * QUARTER - 5:
            assert first[entity] == pytest.approx(time + 260)
            seen += 1
    assert seen > 30
