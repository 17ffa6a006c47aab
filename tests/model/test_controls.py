"""Negative controls: where nothing is wrong, nothing that mends it may change anything but its own cost."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from revsim.scenario.address import replace
from tests.model.frictionless import frictionless
from tests.tiny import run, tiny

# Rows that say what a remedy is or costs: its levers, the ownership and correction it lends, its hours and money, and
# the hours that reconciliation would have cost. And the forecast rows: the weight of evidence is itself a lever.
OWN_COST = (
    Kind.LEVER, Kind.OWNERSHIP, Kind.COMPLIANCE, Kind.REVIEWED, Kind.RESET, Kind.RESTATED, Kind.AGREED,
    Kind.DESIGN_HOURS, Kind.DESIGN_COST, Kind.COORDINATION_HOURS, Kind.RECONCILIATION_HOURS,
)  # fmt: skip
FORECAST = (
    Kind.FORECAST, Kind.FORECAST_SALES, Kind.FORECAST_MARKETING, Kind.FORECAST_OPERATIONS, Kind.EVIDENCE_NUMBER,
    Kind.DISAGREEMENT, Kind.PRESSURE, Kind.TOLERANCE, Kind.TRUST, Kind.LATENCY, Kind.REVISED, Kind.BUDGET_ERROR,
    Kind.SEATS_ERROR,
)  # fmt: skip
LEVERS = {
    "definitions": {"design.shared_definitions": 0.9},
    "handoffs": {"design.owned_handoffs": 1.0, "design.sponsored": 0.5},
    "incentives": {"design.shared_incentives": 0.9},
    "view": {"design.one_view_of_data": 0.9},
    "governance": {
        "design.governance.cadence_weeks": 4,
        "design.governance.evidence": 0.9,
        "design.governance.decision_rights": 0.9,
    },
    "meetings": {"coordination.meetings": 3},
    "resets": {"coordination.resets.every_weeks": 6, "coordination.resets.strength": 0.9},
    "agreement": {"coordination.agreement.level": 0.9},
}
LEVERS["everything"] = {address: value for lever in list(LEVERS.values()) for address, value in lever.items()}


def without(trace: Trace, *kinds: Kind) -> Trace:
    """The rows of other kinds; decisions about revisions, which follow the forecast, are left out too."""
    kept = ~np.isin(trace.kind, [int(kind) for kind in kinds])
    revisions = (trace.kind == int(Kind.DECIDED)) & (trace.actor == 1)
    return trace.where(kept & ~revisions)


def equal(one: Trace, other: Trace) -> bool:
    """Equal to the last bit."""
    return len(one.time) == len(other.time) and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("lever", LEVERS)
def test_where_nothing_is_wrong_a_remedy_changes_only_its_own_cost(lever: str) -> None:
    base = without(run(frictionless()), *OWN_COST, *FORECAST)
    remedy = without(run(replace(frictionless(), LEVERS[lever], lever)), *OWN_COST, *FORECAST)
    assert equal(base, remedy)


def test_the_same_remedies_do_change_a_company_with_frictions() -> None:
    base = without(run(tiny()), *OWN_COST, *FORECAST)
    assert not equal(base, without(run(tiny(LEVERS["everything"])), *OWN_COST, *FORECAST))


def test_equal_readings_and_no_noise_make_no_dispute() -> None:
    trace = run(frictionless())
    assert len(trace.of(Kind.QUALIFIED).time) > 100
    assert len(trace.of(Kind.REFUSED).time) == 0


def test_noise_alone_makes_disputes() -> None:
    noisy = replace(frictionless(), {"world.sales.perception_noise": 0.5}, "noisy")
    assert len(run(noisy).of(Kind.REFUSED).time) > 0


def test_a_design_that_says_what_is_there_already_is_the_same_company() -> None:
    today = tiny().world.today
    said = {
        "design.one_view_of_data": today.design.one_view_of_data.value,
        "design.owned_handoffs.marketing_to_sales": today.design.owned_handoffs.marketing_to_sales.value,
        "coordination.meetings": today.coordination.meetings.value,
    }
    assert equal(run(tiny()), run(tiny(said)))


def test_the_frictionless_company_loses_no_lead_to_anybody() -> None:
    trace = run(frictionless())
    assert len(trace.of(Kind.ORPHANED, Kind.DROPPED, Kind.ARBITRATED, Kind.BRIDGED, Kind.HELD_OVER).time) == 0
