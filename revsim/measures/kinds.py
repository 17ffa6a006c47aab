"""Which kinds of rows are read one by one, which are states, which are summed together, and which by deal."""

from __future__ import annotations

import numpy as np

from revsim.contract.trace import Kind

AFTER_LAST = max(Kind) + 1  # also the place of kinds that nobody knows, which count for nothing

# summed together, in the order of time; a kind is in two of these at most
UNWORKED = (Kind.ORPHANED, Kind.COOLED, Kind.LEFT_WAITING)
TO_SALES = (Kind.DROPPED, *UNWORKED)
CHURN = (Kind.CHURNED, Kind.CHURNED_HANDOFF)
LEAKED_LATER = (Kind.LEFT_DESK, Kind.CHURNED_HANDOFF)
TOGETHER = (UNWORKED, TO_SALES, CHURN, LEAKED_LATER)
NOWHERE = len(TOGETHER)

# states: of the rows of a week or a quarter, which is their entity, the last holds
WEEKLY = {  # column: kind, actor
    "forecast": (Kind.FORECAST, -1),
    "forecast_sales": (Kind.FORECAST_SALES, -1),
    "forecast_marketing": (Kind.FORECAST_MARKETING, -1),
    "forecast_operations": (Kind.FORECAST_OPERATIONS, -1),
    "forecast_run_rate": (Kind.FORECAST_RUN_RATE, -1),
    "forecast_evidence": (Kind.EVIDENCE_NUMBER, -1),
    "closed_to_date": (Kind.CLOSED_TO_DATE, -1),
    "disagreement": (Kind.DISAGREEMENT, -1),
    "pressure": (Kind.PRESSURE, -1),
    "tolerance": (Kind.TOLERANCE, -1),
    "trust": (Kind.TRUST, -1),
    "pipeline_sales": (Kind.PIPELINE_SALES, -1),
    "pipeline_marketing": (Kind.PIPELINE_MARKETING, -1),
    "pipeline_operations": (Kind.PIPELINE_OPERATIONS, -1),
    "drift_qualified_marketing": (Kind.DRIFT, 0),
    "drift_qualified_sales": (Kind.DRIFT, 1),
    "drift_commit_sales": (Kind.DRIFT, 3),
    "open_pipeline": (Kind.OPEN_PIPELINE, -1),
    "ownership_marketing_to_sales": (Kind.OWNERSHIP, 0),
}
QUARTERLY = (Kind.PLAN, Kind.OPEN_AT_END, Kind.BUDGET_ERROR, Kind.SEATS_ERROR)
NO_STATE = -1

# read one by one: some thirtieth of the rows
LISTED = (
    *(Kind.WON, Kind.SLIPPED, Kind.BRIDGED, Kind.HERO, Kind.REVISED),
    *(Kind.RECONCILIATION_HOURS, Kind.COORDINATION_HOURS, Kind.DESIGN_HOURS),
)

# summed by deal
DESK = (Kind.DESK_STARTED, Kind.DESK_DONE)
OF_DEALS = (Kind.QUALIFIED, Kind.PICKED_UP, Kind.HELD_OVER, Kind.WORK_STARTED, Kind.WORK_DONE, *DESK)
NO_KIND = len(OF_DEALS)  # of rows that count for no deal
ARBITRATION = 4  # actor of the desk's rows: that time is none of the deal's

# The same by kind: tables with a place for each and one for those that nobody knows.
KINDS = AFTER_LAST + 1
IS_LISTED = np.zeros(KINDS, dtype=np.int64)
IS_LISTED[list(LISTED)] = 1
SETS = np.full((KINDS, 2), NOWHERE, dtype=np.int64)  # places in TOGETHER
for _place, _kinds in enumerate(TOGETHER):
    for _kind in _kinds:
        SETS[_kind, int(SETS[_kind, 0] != NOWHERE)] = _place
IS_TOGETHER = (SETS[:, 0] != NOWHERE).astype(np.int64)
NUMBER = np.full(KINDS, NO_KIND, dtype=np.int64)  # place in OF_DEALS
NUMBER[list(OF_DEALS)] = np.arange(NO_KIND)
IS_OF_DEALS = (NUMBER != NO_KIND).astype(np.int64)
ACTORS = 1 + max(actor for _, actor in WEEKLY.values())
OF_WEEK = np.full((KINDS, ACTORS + 1), NO_STATE, dtype=np.int64)  # place in WEEKLY, by kind and actor + 1
for _place, (_kind, _actor) in enumerate(WEEKLY.values()):
    OF_WEEK[_kind, _actor + 1] = _place
OF_QUARTER = np.full(KINDS, NO_STATE, dtype=np.int64)  # place in QUARTERLY
OF_QUARTER[list(QUARTERLY)] = np.arange(len(QUARTERLY))
IS_STATE = ((OF_WEEK != NO_STATE).any(axis=1) | (OF_QUARTER != NO_STATE)).astype(np.int64)
IS_READ = np.maximum(IS_LISTED, IS_STATE)
