"""The tiny company with everything on: every remedy, every stress, something for every number to act on."""

from __future__ import annotations

from functools import cache

from revsim.scenario.address import replace
from revsim.scenario.scenario import Scenario
from tests.tiny import tiny

WORLD = {
    "calendar.quarters": 6,
    "world.sales.exit_hazard": 0.8,
    "world.sales.pull_strength": 2.5,
    "world.sales.age_weight": 1.0,
    "world.sales.stages[3].buyer_days": 25,
    "world.leadership.seat_limit": 0.4,
    "world.leadership.seat_response": 1.0,
    "world.today.coordination.resets.every_weeks": 5,
    "world.today.coordination.resets.strength": 0.3,
    "world.today.coordination.agreement.level": 0.3,
    "world.today.coordination.agreement.renew_weeks": 9,
}
CHANGES = {
    "design.shared_definitions": 0.8,
    "design.owned_handoffs": 0.8,
    "design.shared_incentives": 0.6,
    "design.one_view_of_data": 0.7,
    "design.governance.cadence_weeks": 5,
    "design.governance.evidence": 0.7,
    "design.governance.decision_rights": 0.7,
    "design.sponsored": 0.5,
    "design.start_week": 2,
    "coordination.meetings": 1.5,
    "coordination.start_week": 3,
    "coordination.resets.every_weeks": 6,
    "coordination.resets.when": {"trust_below": 0.9},
    "coordination.resets.strength": 0.8,
    "coordination.agreement.level": 0.9,
    "coordination.agreement.renew_weeks": 6,
    "heroics.capacity": 0.3,
    "heroics.energy": 1.5,
    "heroics.exit": 2.5,
    "heroics.start_week": 4,
    "stress.top_performer_leaves": {"week": 9},
    "stress.manager_leaves": {"week": 11},
    "stress.analyst_leaves": {"week": 12},
    "stress.target_tightened": {"week": 14, "factor": 1.2},
    "stress.demand_shock": {"week": 5, "weeks": 4, "factor": 0.7},
    "stress.new_segment": {"week": 6, "shift": 0.5, "share": 0.3, "slower": 1.5},
    "stress.system_migration": {"week": 7, "weeks": 5, "factor": 2.0, "desk_lost": 0.3},
    "stress.build_stalls": {"at_share": 0.5},
}


@cache
def busy() -> Scenario:
    """Everything on, over four measured quarters."""
    return replace(tiny(WORLD), CHANGES, "Busy")
