"""Negative controls, kind by kind: which rows a remedy may change where nothing is wrong, and why.

Allowed are what a remedy is (its levers, readings of the calendar: reviews, resets, signatures, compliance) and what it
costs (money, hours). Evidence is a weight in the number, so it may also change the number and what only looks at
it: pressure, tolerance and trust (felt, and cut off from everything), revisions (which dip nothing), and the cost of
a wrong number. Not allowed, though they have to do with forecasts: each function's own forecast, the evidence itself,
disagreement, latency, plans, budget, seats, reconciliation, readings, ownership, and every row of buyers and people.
"""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from revsim.scenario.address import walk_block
from revsim.scenario.assumption import Assumption
from tests.model.looking import count, quiet, same
from tests.tiny import run, tiny
from tests.words import both_words

DESIGN = {Kind.LEVER, Kind.DESIGN_COST, Kind.DESIGN_HOURS}
NUMBER = {
    Kind.FORECAST,
    Kind.PRESSURE,
    Kind.TOLERANCE,
    Kind.TRUST,
    Kind.REVISED,
    Kind.DECIDED,
    Kind.BUDGET_ERROR,
    Kind.SEATS_ERROR,
}
HOURS = {Kind.COORDINATION_HOURS}
REVIEWS = {Kind.REVIEWED, Kind.RESTATED}
REMEDIES = {
    "qualified": ({"design.shared_definitions.qualified": 0.9}, DESIGN),
    "commit": ({"design.shared_definitions.commit": 0.9}, DESIGN),
    "sponsored hand-offs": (
        {"design.owned_handoffs": 1.0, "design.sponsored": 1},
        set(),
    ),  # owned already: nothing to build
    "pay of marketing": ({"design.shared_incentives.marketing": 0.9}, DESIGN),
    "pay of sales": ({"design.shared_incentives.sales": 0.9}, DESIGN),
    "pay of operations": ({"design.shared_incentives.operations": 0.9}, DESIGN),
    "one view": ({"design.one_view_of_data": 0.9}, DESIGN | {Kind.RESTATED}),
    "cadence": ({"design.governance.cadence_weeks": 4}, DESIGN | REVIEWS),
    "decision rights": ({"design.governance.decision_rights": 0.9}, DESIGN),
    "evidence": ({"design.governance.evidence": 0.9}, DESIGN | NUMBER),
    "meetings": ({"coordination.meetings": 3}, HOURS),
    "resets": (
        {"coordination.resets.every_weeks": 6, "coordination.resets.strength": 0.9},
        HOURS | {Kind.RESET, Kind.RESTATED},
    ),
    "agreement": (
        {"coordination.agreement.level": 0.9, "coordination.agreement.renew_weeks": 9},
        HOURS | {Kind.AGREED, Kind.COMPLIANCE},
    ),
}
ALL = {address: value for change, _ in REMEDIES.values() for address, value in change.items()}


def changed(one: Trace, other: Trace) -> set[Kind]:
    """The kinds of which some row differs."""
    return {kind for kind in Kind if not same(one.of(kind), other.of(kind))}


@pytest.mark.parametrize("remedy", REMEDIES)
def test_where_nothing_is_wrong_a_remedy_changes_these_kinds_of_rows_and_no_other(remedy: str) -> None:
    change, allowed = REMEDIES[remedy]
    for replication in range(2):
        found = changed(run(quiet(), replication=replication), run(quiet(change), replication=replication))
        assert found <= allowed
        assert bool(found) == bool(allowed)


def test_all_remedies_at_once_change_no_more_than_each_alone() -> None:
    allowed = set().union(*(kinds for _, kinds in REMEDIES.values()))
    for replication in range(3):
        base, other = (run(scenario, replication=replication) for scenario in (quiet(), quiet(ALL)))
        assert changed(base, other) <= allowed
        revisions = [trace.of(Kind.DECIDED) for trace in (base, other)]
        assert same(*(rows.where(rows.actor != 1) for rows in revisions))


def test_the_same_remedies_change_the_buyers_rows_of_a_company_with_frictions() -> None:
    for remedy in ("sponsored hand-offs", "pay of sales", "one view", "meetings", "agreement"):
        found = changed(run(tiny()), run(tiny(REMEDIES[remedy][0])))
        assert {Kind.WON, Kind.OPPORTUNITY} & found, remedy


NO_NOISE = {f"world.{function}.perception_noise": 0 for function in ("marketing", "sales", "desk")}
EQUAL = {
    f"world.definitions.{name}": 0 for name in ("qualified_drift_sd", "marketing_push", "sales_push", "operations_push")
}


@pytest.mark.parametrize("change", [{}, {"world.buyers.market_shift_sd": 0.25}, ALL])
def test_equal_definitions_and_no_noise_make_no_dispute_whatever_else_is_wrong(change: dict[str, float]) -> None:
    for replication in range(3):
        trace = run(tiny({**NO_NOISE, **EQUAL, **change}), replication=replication)
        assert count(trace, Kind.QUALIFIED) > 100
        assert count(trace, Kind.REFUSED) == 0


@pytest.mark.parametrize("unequal", [{"world.sales.perception_noise": 0.3}, {**both_words("drift_sd", 0.2)}])
def test_either_noise_or_unequal_definitions_make_disputes(unequal: dict[str, float]) -> None:
    assert count(run(tiny({**NO_NOISE, **EQUAL, **unequal})), Kind.REFUSED) > 0


def test_a_scenario_that_says_all_of_today_s_values_again_has_today_s_trace() -> None:
    today = tiny().world.today
    said = {address: given.value for address, given in walk_block(today) if isinstance(given, Assumption)}
    assert len(said) >= 24
    for replication in range(2):
        assert same(run(tiny(), replication=replication), run(tiny(said), replication=replication))


def test_a_name_changes_nothing() -> None:
    assert same(run(tiny()), run(tiny({"name": "Another name"})))


def test_the_frictionless_company_s_error_is_its_own_chance_and_not_nothing() -> None:
    errors = []
    for replication in range(4):
        trace = run(quiet(), replication=replication)
        booked = trace.of(Kind.QUARTER_ENDED).value[2:]
        errors += (np.abs(trace.of(Kind.FORECAST).value[[26, 39]] - booked) / booked).tolist()
    assert 0 < np.median(errors) < 0.6
