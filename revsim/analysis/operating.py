"""Measures of the system at work: volume, spend, cycle, leakage, retention, hours, people, cost."""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.measure import HANDOFFS, Measure, per_quarter, per_week, share_of
from revsim.analysis.view import View, ratio


def weighted_cycle(view: View) -> Floats:
    """Each quarter's median cycle weighted by its wins; NaN if nothing was won."""
    won = view.quarter("won")
    days = np.where(won > 0, view.quarter("cycle_days"), 0.0)
    return ratio((days * won).sum(axis=1), won.sum(axis=1))


def leaked_value(view: View) -> Floats:
    """Value leaked at all hand-offs, a quarter."""
    return np.asarray(sum(view.quarter(f"leaked_{name}_value").mean(axis=1) for name in HANDOFFS))


def gross_churn(view: View) -> Floats:
    """Churned value against all that came up for renewal (renewed + churned)."""
    gone = view.quarter("churned_value").sum(axis=1)
    return ratio(gone, gone + view.quarter("renewed_value").sum(axis=1))


def net_retention(view: View) -> Floats:
    """(Renewed + expansion) against all that came up for renewal."""
    kept = view.quarter("renewed_value").sum(axis=1)
    return ratio(kept + view.quarter("expansion_value").sum(axis=1), kept + view.quarter("churned_value").sum(axis=1))


def kept_business(view: View) -> Floats:
    """Renewed and expanded value, a quarter."""
    return np.asarray((view.quarter("renewed_value") + view.quarter("expansion_value")).mean(axis=1))


def plan_met(view: View) -> Floats:
    """Share of quarters with bookings at or above the *baseline's* plan in the same replication."""
    return np.asarray((view.quarter("bookings") >= view.base_quarter("plan")).mean(axis=1))


def unbiased_plan_met(view: View) -> Floats:
    """Share of quarters with bookings at or above that plan, scaled to the baseline's mean bookings in the run."""
    scale = ratio(view.base_quarter("bookings").mean(axis=1), view.base_quarter("plan").mean(axis=1))
    return np.asarray((view.quarter("bookings") >= scale[:, None] * view.base_quarter("plan")).mean(axis=1))


def own_plan_met(view: View) -> Floats:
    """Share of quarters with bookings at or above the scenario's own plan."""
    return np.asarray((view.quarter("bookings") >= view.quarter("plan")).mean(axis=1))


def remedy_cost(view: View) -> Floats:
    """Money for design and coordination, a quarter."""
    return np.asarray((view.quarter("remedy_cost_design") + view.quarter("remedy_cost_coordination")).mean(axis=1))


def _counted(group: str, better: str, unit: str, rows: dict[str, str]) -> list[Measure]:
    """Measures that are the mean of a quarter's column."""
    return [Measure(name, title, unit, better, group, per_quarter(name)) for name, title in rows.items()]


def _leaks() -> list[Measure]:
    """Count and value of what each hand-off leaks."""
    found: list[Measure] = []
    for name, words in HANDOFFS.items():
        count, value = f"leaked_{name}_count", f"leaked_{name}_value"
        found += [
            Measure(count, f"Leaks, {words}", "deals/quarter", "lower", "leakage", per_quarter(count)),
            Measure(value, f"Leaked contract value, {words}", "money/quarter", "lower", "leakage", per_quarter(value)),
        ]
    return found


SYMPTOMS = [
    Measure(
        "spend_per_booking",
        "Spend per unit of new business",
        "money per money",
        "lower",
        "symptom",
        share_of("spend", "bookings"),
    ),
    Measure("cycle_days", "Cycle time from inquiry to win", "days", "lower", "symptom", weighted_cycle),
    Measure(
        "leaked_expected_value",
        "Leaked at hand-offs, at what such deals bring",
        "money/quarter",
        "lower",
        "symptom",
        per_quarter("leaked_expected_value"),
    ),
    Measure(
        "leaked_value",
        "Leaked at hand-offs, contract value of all these buyers (most would not have bought)",
        "money/quarter",
        "lower",
        "leakage",
        leaked_value,
    ),
    Measure("net_revenue_retention", "Net revenue retention", "share", "higher", "symptom", net_retention),
]
RISK = [
    Measure("bookings", "New business", "money/quarter", "higher", "risk", per_quarter("bookings")),
    Measure(
        "renewals_and_expansion", "Renewed and expanded business", "money/quarter", "higher", "risk", kept_business
    ),
    Measure("plan_met", "Quarters at or above the baseline's plan", "share", "higher", "risk", plan_met),
    Measure(
        "unbiased_plan_met",
        "Quarters at or above the baseline's plan, were it not stretched",
        "share",
        "higher",
        "risk",
        unbiased_plan_met,
    ),
    Measure("own_plan_met", "Quarters at or above the own plan", "share", "", "risk", own_plan_met),
    Measure("gross_churn", "Gross churn", "share", "lower", "risk", gross_churn),
]
TIMING = [
    Measure(
        "third_month_share",
        "Bookings in the third month",
        "share",
        "",
        "timing",
        share_of("bookings_third_month", "bookings"),
    ),
    Measure(
        "last_two_weeks_share",
        "Bookings in the last two weeks",
        "share",
        "",
        "timing",
        share_of("bookings_last_two_weeks", "bookings"),
    ),
    Measure("won", "Deals won", "deals/quarter", "higher", "timing", per_quarter("won")),
    Measure(
        "win_rate",
        "Opportunities won of those decided",
        "share",
        "",
        "timing",
        lambda view: ratio(view.quarter("won").sum(axis=1), (view.quarter("won") + view.quarter("lost")).sum(axis=1)),
    ),
    *_counted(
        "timing",
        "",
        "days",
        {"work_days": "Cycle: work", "buyer_days": "Cycle: buyer's time", "queue_days": "Cycle: queues"},
    ),
    *_counted("timing", "lower", "days", {"internal_stall_days": "Cycle: internal stall"}),
    *_counted(
        "timing",
        "",
        "deals/quarter",
        {
            "pulled_forward": "Deals pulled forward",
            "sandbagged": "Deals held over",
            "slipped_count": "Deals slipped by the desk",
        },
    ),
    *_counted(
        "timing",
        "lower",
        "money/quarter",
        {"slipped_value": "Value slipped by the desk", "discount_value": "Discounts"},
    ),
]
LEAKAGE = [
    *_leaks(),
    *_counted("leakage", "lower", "inquiries/quarter", {"disputed": "Disputed leads", "orphaned": "Orphaned leads"}),
]
HOURS = [
    *_counted(
        "hours",
        "lower",
        "hours/quarter",
        {
            "reconciliation_hours": "Hours of reconciliation",
            "coordination_hours": "Hours of coordination",
            "heroics_hours": "Hours of heroics",
            "design_hours": "Hours of owning and building design",
        },
    ),
    *_counted("hours", "lower", "days", {"decision_latency_days": "Decision latency"}),
    *_counted("hours", "lower", "revisions/quarter", {"plan_revisions": "Plan revisions"}),
    *_counted("hours", "higher", "share", {"selling_share": "Selling hours of reps' paid hours"}),
    *_counted("hours", "", "share", {"rep_load": "Load of reps", "desk_load": "Load of the deal desk"}),
]
COST = [
    Measure("remedy_cost", "Cost of the remedies", "money/quarter", "lower", "cost", remedy_cost),
    *_counted(
        "cost",
        "lower",
        "money/quarter",
        {
            "remedy_cost_design": "Cost of design",
            "remedy_cost_coordination": "Cost of coordination",
            "forecast_error_cost": "Cost of forecast error",
            "debt": "Misalignment debt",
        },
    ),
    *_counted("cost", "", "money/quarter", {"spend": "Spend in all", "marketing_spend": "Marketing spend"}),
]
PEOPLE = [
    *_counted("people", "lower", "people/quarter", {"exits": "People who leave"}),
    *_counted("people", "", "share", {"top_fifth_share": "Bookings by the top fifth of reps"}),
    Measure("hero_energy", "Energy of the heroes", "share", "higher", "people", per_week("hero_energy")),
    Measure("trust", "Trust in the number", "share", "higher", "people", per_week("trust")),
    Measure("tolerance", "Error that is taken as normal", "share", "lower", "people", per_week("tolerance")),
    Measure("pressure", "Pressure", "share", "", "people", per_week("pressure")),
]
OPERATING = [*SYMPTOMS, *RISK, *LEAKAGE, *TIMING, *HOURS, *COST, *PEOPLE]
