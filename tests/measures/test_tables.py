"""Measures read off rows: by hand on made traces, and every column of the contract on a run."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Trace, trace_of
from revsim.measures.funnel import cycle, funnel, leaks
from revsim.measures.grouped import Grouped
from revsim.measures.money import bookings, costs, customers
from revsim.measures.people import people, share
from revsim.measures.tables import quarter_table, week_table
from revsim.measures.window import Window
from tests.tiny import run, tiny

TWO = Window(1, 2)  # quarters 1 and 2 of a trace: days 65 to 195
QUARTERS = [
    "plan",
    "plan_revised",
    "bookings",
    "forecast_day_one",
    "forecast_mid",
    "forecast_two_weeks_to_go",
    "inquiries",
    "qualified",
    "qualified_by_sales",
    "qualified_by_operations",
    "accepted",
    "opportunities",
    "won",
    "lost",
    "open_at_end",
    "disputed",
    "orphaned",
    "leaked_marketing_to_sales_count",
    "leaked_marketing_to_sales_value",
    "leaked_sales_to_operations_count",
    "leaked_sales_to_operations_value",
    "leaked_sales_to_customer_count",
    "leaked_sales_to_customer_value",
    "cycle_days",
    "internal_stall_days",
    "pulled_forward",
    "reconciliation_hours",
    "coordination_hours",
    "heroics_hours",
    "exits",
    "spend",
    "plan_revisions",
    "decision_latency_days",
    "debt",
    "churned_value",
    "renewed_value",
    "expansion_value",
]
WEEKS = [
    "forecast",
    "forecast_sales",
    "forecast_marketing",
    "forecast_operations",
    "forecast_run_rate",
    "closed_to_date",
    "oracle",
    "oracle_n",
    "disagreement",
    "pressure",
    "tolerance",
    "trust",
    "coverage",
    "pipeline_sales",
    "pipeline_marketing",
    "pipeline_operations",
    "drift_qualified_marketing",
    "drift_qualified_sales",
    "drift_commit_sales",
    "hero_energy",
    "open_pipeline",
]


def made() -> Trace:
    """Two deals: one won on day 100 after 30 days, one lost; a lead that leaks; one slip."""
    return trace_of(
        [
            (70.0, Kind.QUALIFIED, 1, 0, 1000.0),
            (71.0, Kind.PICKED_UP, 1, -1, 1.0),
            (71.0, Kind.OPPORTUNITY, 1, 0, 1000.0),
            (75.0, Kind.WORK_STARTED, 1, 0, 4.0),
            (77.0, Kind.WORK_DONE, 1, 0, 6.0),
            (100.0, Kind.WON, 1, 0, 900.0),
            (80.0, Kind.QUALIFIED, 2, 0, 500.0),
            (81.0, Kind.OPPORTUNITY, 2, 1, 500.0),
            (140.0, Kind.LOST, 2, 1, 500.0),
            (90.0, Kind.ORPHANED, 3, -1, 700.0),
            (130.0, Kind.SLIPPED, 2, 1, 500.0),
            (72.0, Kind.DECIDED, 1, 0, 2.0),
            (82.0, Kind.DECIDED, 1, 0, 4.0),
            (68.0, Kind.DUE, 9, -1, 300.0),
            (68.0, Kind.CHURNED_HANDOFF, 9, -1, 300.0),
            (65.0, Kind.PLAN, 1, -1, 2000.0),
            (65.0, Kind.REPS_HOURS, 13, -1, 12.0),
        ]
    )


def test_bookings_and_counts_fall_in_the_quarter_of_their_event() -> None:
    assert bookings(Grouped(made(), TWO))["bookings"].tolist() == [900.0, 0.0]
    counted = funnel(Grouped(made(), TWO))
    assert counted["won"].tolist() == [1, 0]
    assert counted["lost"].tolist() == [0, 1]
    assert counted["opportunities"].tolist() == [2, 0]


def test_cycle_time_is_from_inquiry_to_win_and_splits_into_its_parts() -> None:
    parts = cycle(Grouped(made(), TWO))
    assert parts["cycle_days"][0] == 30.0
    assert parts["work_days"][0] == 2.0
    assert parts["internal_stall_days"][0] == 5.0  # a day until pick-up, four in the rep's queue
    assert parts["buyer_days"][0] == 23.0
    assert np.isnan(parts["cycle_days"][1])


def test_leaks_have_count_and_value_by_hand_off_and_a_slip_belongs_to_the_quarter_that_ended() -> None:
    found = leaks(Grouped(made(), TWO))
    assert found["leaked_marketing_to_sales_count"].tolist() == [1, 0]
    assert found["leaked_marketing_to_sales_value"].tolist() == [700.0, 0.0]
    assert found["leaked_sales_to_customer_value"].tolist() == [300.0, 0.0]
    assert found["slipped_value"].tolist() == [500.0, 0.0]


def test_decisions_customers_and_loads_are_read_off_their_rows() -> None:
    found = people(Grouped(made(), TWO), seats=1)
    assert found["decision_latency_days"][0] == 3.0
    assert np.isnan(found["decision_latency_days"][1])
    assert found["rep_load"][0] == 0.5
    assert customers(Grouped(made(), TWO))["churned_value"].tolist() == [300.0, 0.0]


def test_hours_are_priced_by_the_role_that_spends_them() -> None:
    prices = parameters_of(tiny()).people
    rows = [(70.0, Kind.COORDINATION_HOURS, 14, role, 10.0) for role in range(3)]
    rows.append((70.0, Kind.DESIGN_COST, 14, -1, 500.0))
    found = costs(Grouped(trace_of(rows), TWO), prices)
    assert found["remedy_cost_coordination"][0] == 10 * (prices.rep_cost + prices.manager_cost + prices.analyst_cost)
    assert found["remedy_cost_design"][0] == 500.0


def test_an_export_of_four_kinds_of_rows_is_measured_without_the_others() -> None:
    kinds = (Kind.QUALIFIED, Kind.OPPORTUNITY, Kind.WON, Kind.LOST)
    export = made().of(*kinds)
    assert bookings(Grouped(export, TWO))["bookings"].tolist() == [900.0, 0.0]
    assert cycle(Grouped(export, TWO))["cycle_days"][0] == 30.0


@pytest.mark.parametrize("name", QUARTERS)
def test_a_quarter_s_column_of_the_contract_is_there(name: str) -> None:
    table = quarter_table(run(tiny()), parameters_of(tiny()))
    assert len(table[name]) == 2
    assert table["quarter"].tolist() == [1, 2]


@pytest.mark.parametrize("name", WEEKS)
def test_a_week_s_column_of_the_contract_is_there(name: str) -> None:
    table = week_table(run(tiny()), parameters_of(tiny()))
    assert len(table[name]) == 26
    assert table["week"].tolist() == [*range(1, 14)] * 2


def test_coverage_is_open_pipeline_against_what_the_plan_lacks_and_none_once_it_is_met() -> None:
    low = tiny({"world.leadership.opening_level": 1000, "world.leadership.ratchet": 0})
    table = week_table(run(low), parameters_of(low))
    met = table["closed_to_date"] >= 1100.0
    assert met.any()
    assert np.isnan(table["coverage"][met]).all()
    normal = week_table(run(tiny()), parameters_of(tiny()))
    plan = np.repeat(quarter_table(run(tiny()), parameters_of(tiny()))["plan"], 13)
    lacking = plan - normal["closed_to_date"]
    open_still = lacking > 0
    assert normal["coverage"][open_still] == pytest.approx((normal["pipeline_operations"] / lacking)[open_still])


@pytest.mark.parametrize(("whole", "expected"), [(0.5, 2.0), (1.0, 1.0), (0.0, np.nan)])
def test_a_share_of_less_than_one_hour_is_a_share(whole: float, expected: float) -> None:
    assert share(np.array([1.0]), np.array([whole]))[0] == pytest.approx(expected, nan_ok=True)
