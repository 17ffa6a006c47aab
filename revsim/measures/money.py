"""Bookings, plan and forecasts; customers; what is spent and what is lost, in the scenario's currency."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import PLACES, Kind
from revsim.measures.kinds import CHURN, LEAKED_LATER, UNWORKED, WEEKLY
from revsim.measures.window import weighted
from revsim.units import DAYS_PER_WEEK, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.firm import People
    from revsim.measures.grouped import Grouped
    from revsim.measures.rows import Measured

Columns = dict[str, "NDArray[np.float64]"]
TOP_SHARE = 0.2
FORECAST = list(WEEKLY).index("forecast")
LEADERS = 3  # actor of hours that leaders give


def bookings(trace: Grouped) -> Columns:
    """New business by true close; plan; the number at the start of weeks 1, 7 and 12."""
    won = trace.within(Kind.WON)
    number = trace.by_week()[FORECAST].reshape(-1, WEEKS_PER_QUARTER)
    plan = trace.by_quarter(Kind.PLAN)
    third = won.day >= 2.0 / 3.0 * WEEKS_PER_QUARTER * DAYS_PER_WEEK
    late = won.day >= (WEEKS_PER_QUARTER - 2) * DAYS_PER_WEEK
    return {
        "plan": plan,
        "plan_revised": last_revised(trace, plan),
        "bookings": trace.sums(Kind.WON),
        "forecast_day_one": number[:, 0],
        "forecast_mid": number[:, 6],
        "forecast_two_weeks_to_go": number[:, 11],
        "bookings_third_month": won.total(won.value * third),
        "bookings_last_two_weeks": won.total(won.value * late),
        "top_fifth_share": top_share(won, trace.window.quarters),
        "plan_revisions": trace.counts(Kind.REVISED),
    }


def last_revised(trace: Grouped, plan: NDArray[np.float64]) -> NDArray[np.float64]:
    """The plan as it stood at the quarter's end."""
    revised = plan.copy()
    rows = trace.within(Kind.REVISED)
    revised[rows.quarter] = rows.value  # of one quarter's revisions the last holds
    return revised


def top_share(won: Measured, quarters: int) -> NDArray[np.float64]:
    """Share of a quarter's bookings by the top fifth of the seats that booked in the window."""
    seats = int(won.actor.max()) + 1 if len(won.actor) else 1
    booked = weighted(won.quarter * seats + won.actor % seats, won.value, quarters * seats).reshape(quarters, seats)
    active = max(1, int((booked.sum(axis=0) > 0.0).sum()))
    top = np.sort(booked, axis=1)[:, ::-1][:, : ceil(TOP_SHARE * active)].sum(axis=1)
    total = booked.sum(axis=1)
    return np.where(total > 0.0, top / np.maximum(total, 1.0), np.nan)


def customers(trace: Grouped) -> Columns:
    """Contracts that came up: renewed, churned, changed; value in currency."""
    return {
        "churned_value": trace.sums(*CHURN),
        "renewed_value": trace.sums(Kind.RENEWED),
        "expansion_value": trace.sums(Kind.EXPANDED),
        "installed_value": trace.sums(Kind.DUE),
    }


def priced(hours: Measured, prices: People, role: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
    """Hours at cost, (quarters,); the role (3: leaders, at a manager's cost) is the actor unless given."""
    price = np.array([prices.rep_cost, prices.manager_cost, prices.analyst_cost, prices.manager_cost])
    return hours.total(hours.value * price[hours.actor if role is None else role])


def costs(trace: Grouped, prices: People) -> Columns:
    """Spend, the full cost of remedies (money and hours), the cost of a wrong number, and the debt of a quarter.

    `debt` is misalignment debt as it arises: bridged and reconciling hours at cost, and `leaked_expected_value`: what
    leaked at the desk and at renewal at its contract value, accepted leads that nobody worked in time with what
    accepted leads bring on average, as most of them would not have bought either. Disputes that end in nothing are not
    priced: sales read them as no buyers. The columns `leaked_..._value` hold the buyers' own contract values.
    """
    design, bridged = trace.within(Kind.DESIGN_HOURS), trace.within(Kind.BRIDGED)
    money, marketing = trace.sums(Kind.DESIGN_COST), trace.sums(Kind.MARKETING_SPEND)
    leads, booked, accepted = trace.sums(*UNWORKED), trace.sums(Kind.WON), trace.sums(Kind.ACCEPTED)
    leaked = trace.sums(*LEAKED_LATER) + leads * booked / np.maximum(accepted, 1.0)
    people = trace.sums(Kind.PEOPLE_COST)
    reconciling = priced(trace.within(Kind.RECONCILIATION_HOURS), prices)
    return {
        "marketing_spend": marketing,
        "people_cost": people,
        "spend": marketing + people + money,
        "remedy_cost_design": money + priced(design, prices),
        "remedy_cost_coordination": priced(trace.within(Kind.COORDINATION_HOURS), prices),
        "leaders_cost": design.total(np.where(design.actor == LEADERS, design.value, 0.0) * prices.manager_cost),
        "forecast_error_cost": trace.by_quarter(Kind.BUDGET_ERROR) + trace.by_quarter(Kind.SEATS_ERROR),
        "leaked_expected_value": leaked,
        "debt": priced(bridged, prices, bridged.actor // PLACES) + reconciling + leaked,
    }
