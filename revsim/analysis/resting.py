"""What rows of effects.csv and balance.csv rest on that nobody has measured: addresses of numbers, by measure or item.

A row names the numbers in the mechanism that makes its measure, and the sizes of the choices that are compared (design,
coordination, heroics, stress). Through the feedback loops every other number reaches every measure; those are not
named again in each row, the report lists them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from revsim.analysis.signals import RESTS_ON as SIGNALS

COLUMN = "rests_on_no_evidence"
Places = tuple[str, ...]  # how addresses begin
Unknown = Mapping[str, Sequence[str]]  # addresses without direct evidence by scenario
CHOICES: Places = ("design.", "coordination.", "heroics.", "stress.")
REMEDIES: Places = ("world.remedies.",)
NUMBER: Places = ("world.definitions.", "world.forecasting.")
LEADS: Places = ("world.buyers.", "world.marketing_to_sales.", "world.definitions.", *REMEDIES)
DESK: Places = ("world.buyers.", "world.desk.", *REMEDIES)
KEPT: Places = ("world.customers.", *REMEDIES)
WORK: Places = ("world.sales.", *DESK)
SOLD: Places = ("world.marketing.", *LEADS, *WORK)
LEAKED: Places = (*LEADS, *DESK, *KEPT)
BUDGET: Places = ("world.leadership.budget_response",)
SEATS: Places = ("world.leadership.seat_response",)
HOURS: Places = (*SIGNALS["disagreement"], "world.reconciliation.")
BRIDGED: Places = (*LEADS, *DESK, "world.people.")
ERROR: Places = (*NUMBER, *BUDGET, *SEATS)
MARGIN: Places = ("world.people.margin",)
BUILT: Places = (*REMEDIES, "world.desk.restate_hours")
MET: Places = (*REMEDIES, "world.leadership.meeting_pressure")
NEW: Places = (*SOLD, *MARGIN, *BUDGET, *SEATS, *BUILT, *MET)
NET: Places = (*SOLD, *KEPT, *MARGIN, *BUDGET, *SEATS, *BUILT, *MET)

GROUPS: dict[str, Places] = {
    "headline": NUMBER,
    "forecast": NUMBER,
    "risk": SOLD,
    "volatility": SOLD,
    "leakage": LEAKED,
    "timing": WORK,
    "check": (),  # a check of the computation: zero whatever the company
    "pairs": NUMBER,
}
MEASURES: dict[str, Places] = {
    **{name: SIGNALS[name] for name in ("coverage", "disagreement", "hero_energy")},
    # they follow the number and its error, whatever their own pace rests on
    **{name: (*SIGNALS[name], *NUMBER) for name in ("pressure", "tolerance", "trust")},
    "coverage_week_1": SIGNALS["coverage"],
    "forecast_volatility": SIGNALS["forecast_moves"],
    "spend_per_booking": (*SOLD, *BUDGET, *SEATS),
    "cycle_days": WORK,
    "leaked_expected_value": LEAKED,
    "net_revenue_retention": KEPT,
    **{f"leaked_marketing_to_sales_{what}": LEADS for what in ("count", "value")},
    **{f"leaked_sales_to_operations_{what}": DESK for what in ("count", "value")},
    **{f"leaked_sales_to_customer_{what}": KEPT for what in ("count", "value")},
    "disputed": LEADS,
    "orphaned": LEADS,
    "renewals_and_expansion": KEPT,
    "gross_churn": KEPT,
    "won": SOLD,
    "win_rate": SOLD,
    "reconciliation_hours": HOURS,
    "coordination_hours": MET,
    "heroics_hours": BRIDGED,
    "design_hours": BUILT,
    "decision_latency_days": ("world.leadership.latency",),
    "plan_revisions": ("world.leadership.",),
    "selling_share": (*HOURS, "world.people.", "world.leadership.revision_dip"),
    "rep_load": SOLD,
    "desk_load": (*DESK, *HOURS),
    "remedy_cost": (*BUILT, *MET),
    "remedy_cost_design": BUILT,
    "remedy_cost_coordination": MET,
    "net_value_without_renewals": NEW,
    "net_value": NET,
    "forecast_error_cost": ERROR,
    "debt": (*LEAKED, *HOURS, "world.people."),
    "spend": (*BUDGET, *SEATS),
    "marketing_spend": BUDGET,
    "exits": ("world.people.",),
    "top_fifth_share": WORK,
}
ITEMS: dict[str, Places] = {
    "new_business": (*SOLD, *MARGIN),
    "customers": (*KEPT, *MARGIN),
    "marketing": BUDGET,
    "people": SEATS,
    "design": BUILT,
    "coordination": MET,
    "net_without_renewals": NEW,
    "net_without_renewals_longer": NEW,
    "forecast_error": ERROR,
}
WITH_ERROR = "_with_error"


def of_measure(measure: str, group: str) -> Places:
    """How the addresses begin that a measure rests on. Raises KeyError for one that nobody has placed."""
    return MEASURES[measure] if measure in MEASURES else GROUPS[group]


def of_item(item: str) -> Places:
    """The same of a row of balance.csv; what follows from the net value rests on all that this does."""
    return ITEMS.get(item, (*NET, *NUMBER) if item.endswith(WITH_ERROR) else NET)


def named(unknown: Iterable[str], places: Places) -> str:
    """Those of the addresses without direct evidence that lie at the places, once each."""
    return "; ".join(address for address in dict.fromkeys(unknown) if address.startswith(places))


def marked_effects(frame: pd.DataFrame, unknown: Unknown, baseline: str) -> pd.DataFrame:
    """The rows of effects.csv with the column; those of a sweep name what they are against themselves."""
    against = frame["baseline"] if "baseline" in frame.columns else [baseline] * len(frame)
    keys = zip(frame["scenario"], against, frame["measure"], frame["group"], strict=True)
    return _marked(frame, [(name, other, of_measure(measure, group)) for name, other, measure, group in keys], unknown)


def marked_balance(frame: pd.DataFrame, unknown: Unknown, baseline: str = "") -> pd.DataFrame:
    """The rows of balance.csv with the column; those of stalled.csv name what they are against themselves."""
    against = frame["against"] if "against" in frame.columns else [baseline] * len(frame)
    keys = zip(frame["scenario"], against, frame["item"], strict=True)
    return _marked(frame, [(name, other, of_item(item)) for name, other, item in keys], unknown)


def _marked(frame: pd.DataFrame, rows: Sequence[tuple[str, str, Places]], unknown: Unknown) -> pd.DataFrame:
    """An effect rests on what either of the two scenarios holds."""
    told = {
        (name, other, places): named([*unknown[other], *unknown[name]], (*places, *CHOICES) if places else ())
        for name, other, places in dict.fromkeys(rows)
    }
    return frame.assign(**{COLUMN: [told[row] for row in rows]})
