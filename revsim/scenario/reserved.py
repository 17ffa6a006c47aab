"""Names that a sweep's factor may not have: the columns of a study's tables, beside which its levels stand."""

from __future__ import annotations

import unicodedata

BETWEEN_WORDS = "_-"
UNSEEN = "CZ"  # categories of Unicode: control and format characters, spaces
KEYS = ("scenario", "base", "baseline", "replication", "quarter", "week", "measure", "luck", "point", "points", "title")
POINTS = ("waits_quarters", "stands", "state", "content_hash")
STATISTICS = (
    *("estimate", "low", "high", "unit", "better", "relative", "relative_low", "relative_high", "group", "note"),
    *("variance_reduction", "rests_on_no_evidence", "against_best", "may_be_best", "chance_of_best"),
)
SEVERITY = (
    *("level", "strict_low", "strict_high", "stays_clear", "signal", "weeks_ahead", "auc", "shifted_low"),
    *("shifted_high", "against_number", "against_number_low", "against_number_high", "announces", "missed", "quarters"),
    *("effect", "effect_low", "effect_high", "word", "at_once"),
)
QUARTERS = (
    *("plan", "plan_revised", "bookings", "forecast_day_one", "forecast_mid", "forecast_two_weeks_to_go"),
    *("bookings_third_month", "bookings_last_two_weeks", "top_fifth_share", "plan_revisions", "inquiries"),
    *("bought_inquiries", "qualified", "qualified_by_sales", "qualified_by_operations", "accepted", "opportunities"),
    *("won", "lost", "disputed", "arbitrated", "orphaned", "pulled_forward", "sandbagged", "open_at_end"),
    *("accepted_value", "discount_value", "leaked_marketing_to_sales_count", "leaked_marketing_to_sales_value"),
    *("leaked_sales_to_operations_count", "leaked_sales_to_operations_value", "leaked_sales_to_customer_count"),
    *("leaked_sales_to_customer_value", "slipped_count", "slipped_value", "cycle_days", "work_days", "buyer_days"),
    *("queue_days", "internal_stall_days", "churned_value", "renewed_value", "expansion_value", "installed_value"),
    *("reconciliation_hours", "coordination_hours", "heroics_hours", "design_hours", "exits"),
    *("decision_latency_days", "selling_share", "rep_load", "desk_load", "marketing_spend", "people_cost", "spend"),
    *("remedy_cost_design", "remedy_cost_coordination", "leaders_cost", "forecast_error_cost"),
    *("leaked_expected_value", "debt"),
)
WEEKS = (
    *("forecast", "forecast_sales", "forecast_marketing", "forecast_operations", "forecast_run_rate"),
    "forecast_evidence",
    *("closed_to_date", "disagreement", "pressure", "tolerance", "trust", "pipeline_sales", "pipeline_marketing"),
    *("pipeline_operations", "drift_qualified_marketing", "drift_qualified_sales", "drift_commit_sales"),
    *("open_pipeline", "ownership_marketing_to_sales", "coverage", "hero_energy", "oracle", "oracle_n"),
)
COLUMNS = (*KEYS, *POINTS, *STATISTICS, *SEVERITY, *QUARTERS, *WEEKS)


def compared_name(name: str) -> str:
    """A name without what a reader or a query may not see: case, spaces, hyphens, underscores, Unicode form."""
    letters = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(one for one in letters if one not in BETWEEN_WORDS and unicodedata.category(one)[0] not in UNSEEN)


BY_COMPARED_NAME = {compared_name(column): column for column in COLUMNS}


def column_like(name: str) -> str | None:
    """The column of a study's tables that a name cannot be told from; None if there is none."""
    return BY_COMPARED_NAME.get(compared_name(name))
