"""Scenarios of one company share their past to the last bit, until the first change starts."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Trace
from tests.tiny import run, tiny

CHANGES: list[dict[str, Any]] = [
    {"design.owned_handoffs": 0.9, "design.start_week": None},
    {"design.shared_incentives": 0.9, "design.one_view_of_data": 0.9, "design.start_week": None},
    {"design.shared_definitions": 0.9, "design.governance.cadence_weeks": 3, "design.start_week": None},
    {"coordination.meetings": 3, "coordination.start_week": None},
    {"coordination.resets.every_weeks": 4, "coordination.resets.strength": 0.9, "coordination.start_week": None},
    {"coordination.agreement.level": 0.9, "coordination.start_week": None},
    {"heroics.capacity": 0.5, "heroics.start_week": None},
    {"stress.top_performer_leaves": {"week": None}},
    {"stress.target_tightened": {"week": None, "factor": 1.5}},
    {"stress.demand_shock": {"week": None, "weeks": 3, "factor": 0.5}},
    {"stress.new_segment": {"week": None, "shift": 0.5, "share": 0.5, "slower": 2}},
    {"stress.system_migration": {"week": None, "weeks": 3, "factor": 3, "desk_lost": 0.5}},
]


def starting(change: dict[str, Any], week: int) -> dict[str, Any]:
    """The change with its start filled in."""

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: filled(part) for name, part in value.items()}
        return week if value is None else value

    return {address: filled(value) for address, value in change.items()}


def same(one: Trace, other: Trace) -> bool:
    return len(one.time) == len(other.time) and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@cache
def unchanged(replication: int) -> Trace:
    return run(tiny(), replication=replication)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(CHANGES), st.integers(1, 24), st.integers(0, 3))
def test_the_past_is_the_same_until_a_change_starts(change: dict[str, Any], week: int, replication: int) -> None:
    changed = tiny(starting(change, week))
    start = parameters_of(changed).span.measured_from + 5.0 * (week - 1)
    base, other = unchanged(replication), run(changed, replication=replication)
    assert same(base.before(start), other.before(start))


def test_each_of_these_changes_changes_what_follows() -> None:
    base = unchanged(0)
    for change in CHANGES:
        assert not same(base, run(tiny(starting(change, 2)))), change


def test_another_replication_is_another_history() -> None:
    assert not same(run(tiny(), replication=0), run(tiny(), replication=1))


def test_a_reactive_remedy_waits_for_low_trust() -> None:
    never = tiny({"design.owned_handoffs": 0.9, "design.when": {"trust_below": 0.0}})
    at_once = tiny({"design.owned_handoffs": 0.9, "design.when": {"trust_below": 1.0}})
    assert same(run(tiny()), run(never))
    assert not same(run(tiny()), run(at_once))
