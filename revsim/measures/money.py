"""Bookings, plan and forecasts; customers; what is spent and what is lost, in the scenario's currency."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.funnel import UNWORKED
from revsim.measures.window import Rows, counts, of_quarter, of_week, rows_of, sums, weighted
from revsim.units import DAYS_PER_WEEK, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.firm import People
    from revsim.measures.grouped import Traced
    from revsim.measures.window import Window

Columns = dict[str, "NDArray[np.float64]"]
TOP_SHARE = 0.2
LEADERS = 3  # actor of hours that leaders give


def bookings(trace: Traced, window: Window) -> Columns:
    """New business by true close; plan; the number at the start of weeks 1, 7 and 12."""
    won = rows_of(trace, window, Kind.WON)
    number = of_week(trace, Kind.FORECAST, window).reshape(window.quarters, WEEKS_PER_QUARTER)
    plan = of_quarter(trace, Kind.PLAN, window)
    third = won.day >= 2.0 / 3.0 * WEEKS_PER_QUARTER * DAYS_PER_WEEK
    late = won.day >= (WEEKS_PER_QUARTER - 2) * DAYS_PER_WEEK
    return {
        "plan": plan,
        "plan_revised": last_revised(trace, window, plan),
        "bookings": sums(won, window),
        "forecast_day_one": number[:, 0],
        "forecast_mid": number[:, 6],
        "forecast_two_weeks_to_go": number[:, 11],
        "bookings_third_month": weighted(won.quarter, won.value * third, window.quarters),
        "bookings_last_two_weeks": weighted(won.quarter, won.value * late, window.quarters),
        "top_fifth_share": top_share(won, window),
        "plan_revisions": counts(rows_of(trace, window, Kind.REVISED), window),
    }


def last_revised(trace: Traced, window: Window, plan: NDArray[np.float64]) -> NDArray[np.float64]:
    """The plan as it stood at the quarter's end."""
    revised = plan.copy()
    rows = rows_of(trace, window, Kind.REVISED)
    for quarter, value in zip(rows.quarter.tolist(), rows.value.tolist(), strict=True):
        revised[quarter] = value
    return revised


def top_share(won: Rows, window: Window) -> NDArray[np.float64]:
    """Share of a quarter's bookings by the top fifth of the seats that booked in the window."""
    seats = int(won.actor.max()) + 1 if len(won.actor) else 1
    booked = np.zeros((window.quarters, seats))
    np.add.at(booked, (won.quarter, won.actor), won.value)
    active = max(1, int((booked.sum(axis=0) > 0.0).sum()))
    top = np.sort(booked, axis=1)[:, ::-1][:, : ceil(TOP_SHARE * active)].sum(axis=1)
    total = booked.sum(axis=1)
    return np.where(total > 0.0, top / np.maximum(total, 1.0), np.nan)


def customers(trace: Traced, window: Window) -> Columns:
    """Contracts that came up: renewed, churned, changed; value in currency."""
    return {
        "churned_value": sums(rows_of(trace, window, Kind.CHURNED, Kind.CHURNED_HANDOFF), window),
        "renewed_value": sums(rows_of(trace, window, Kind.RENEWED), window),
        "expansion_value": sums(rows_of(trace, window, Kind.EXPANDED), window),
        "installed_value": sums(rows_of(trace, window, Kind.DUE), window),
    }


def priced(rows: Rows, prices: People, window: Window) -> NDArray[np.float64]:
    """Hours at cost; the actor is the role (3: leaders, at a manager's cost)."""
    price = np.array([prices.rep_cost, prices.manager_cost, prices.analyst_cost, prices.manager_cost])
    return weighted(rows.quarter, rows.value * price[rows.actor], window.quarters)


def costs(trace: Traced, window: Window, prices: People) -> Columns:
    """Spend, the full cost of remedies (money and hours), the cost of a wrong number, and the debt of a quarter.

    `debt` is misalignment debt as it arises: bridged and reconciling hours at cost, and `leaked_expected_value`: what
    leaked at the desk and at renewal at its contract value, accepted leads that nobody worked in time with what
    accepted leads bring on average, as most of them would not have bought either. Disputes that end in nothing are not
    priced: sales read them as no buyers. The columns `leaked_..._value` hold the buyers' own contract values.
    """
    design = rows_of(trace, window, Kind.DESIGN_HOURS)
    coordination = rows_of(trace, window, Kind.COORDINATION_HOURS)
    reconciling = rows_of(trace, window, Kind.RECONCILIATION_HOURS)
    bridged = rows_of(trace, window, Kind.BRIDGED)
    role = bridged._replace(actor=bridged.actor // 100)
    money = sums(rows_of(trace, window, Kind.DESIGN_COST), window)
    marketing = sums(rows_of(trace, window, Kind.MARKETING_SPEND), window)
    leaders = design._replace(value=np.where(design.actor == LEADERS, design.value, 0.0))
    leaked = sums(rows_of(trace, window, Kind.LEFT_DESK, Kind.CHURNED_HANDOFF), window)
    leads = sums(rows_of(trace, window, *UNWORKED), window)
    accepted = sums(rows_of(trace, window, Kind.ACCEPTED), window)
    booked = sums(rows_of(trace, window, Kind.WON), window)
    leaked = leaked + leads * booked / np.maximum(accepted, 1.0)
    return {
        "marketing_spend": marketing,
        "spend": marketing + sums(rows_of(trace, window, Kind.PEOPLE_COST), window) + money,
        "remedy_cost_design": money + priced(design, prices, window),
        "remedy_cost_coordination": priced(coordination, prices, window),
        "leaders_cost": priced(leaders, prices, window),
        "forecast_error_cost": of_quarter(trace, Kind.BUDGET_ERROR, window)
        + of_quarter(trace, Kind.SEATS_ERROR, window),
        "leaked_expected_value": leaked,
        "debt": priced(role, prices, window) + priced(reconciling, prices, window) + leaked,
    }
