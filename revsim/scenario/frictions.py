"""Four frictions of a company that can be switched off: definitions, data, judgement, incentives.

A part is a list of addresses and the value at which each does nothing. What no part holds, queues, buyers, slow
decisions, hand-offs, stays as it is.
"""

from __future__ import annotations

from revsim.scenario.address import replace
from revsim.scenario.scenario import Scenario

PARTS: dict[str, dict[str, float]] = {
    "definitions": {
        "world.definitions.qualified_drift_sd": 0,
        "world.definitions.commit_drift_sd": 0,
        "world.definitions.marketing_push": 0,
        "world.definitions.sales_push": 0,
        "world.definitions.operations_push": 0,
        "world.definitions.commit_push": 0,
        "world.definitions.qualified_owner_error": 0,
        "world.definitions.commit_owner_error": 0,
    },
    "data": {"world.sales.record_lag": 0, "world.sales.record_lag_pay": 0, "world.desk.rework": 0},
    "judgement": {
        "world.forecasting.optimism": 0,
        "world.forecasting.optimism_sd": 0,
        "world.forecasting.deal_noise": 0,
        "world.forecasting.mood_sd": 0,
        "world.forecasting.meeting_sd": 0,
        "world.forecasting.plan_pull": 0,
    },
    "incentives": {
        "world.marketing.bought_push": 0,
        "world.sales.own_pay_effort": 0,
        "world.sales.end_pay_effort": 0,
        "world.sales.attention": 0,
        "world.sales.pull_strength": 0,
        "world.sales.pressed_effort": 0,
        "world.sales.sandbag_share": 0,
        "world.desk.value_priority": 0,
    },
}
MEANT = {
    "definitions": "their drift, and what pulls at them",
    "data": "late records and rework",
    "judgement": "optimism, moods, opinion, the plan's pull",
    "incentives": "pay that moves effort, attention and dates",
}


def without(base: Scenario, which: int) -> Scenario:
    """The company without a set of frictions: bit k stands for the k-th part."""
    gone = [name for k, name in enumerate(PARTS) if which >> k & 1]
    changes = {address: value for name in gone for address, value in PARTS[name].items()}
    return replace(base, changes, f"Without {', '.join(gone)}") if gone else base


def subsets(base: Scenario) -> list[Scenario]:
    """Every set of frictions switched off, as binary numbers: the company as it is first, without all of them last."""
    return [without(base, which) for which in range(1 << len(PARTS))]
