"""What the engines are given of the firm: plain numbers, named as in the scenario file, in the file's units."""

from __future__ import annotations

from typing import NamedTuple


class Definitions(NamedTuple):
    """Drift of the five readings, and what corrects it without anybody's design."""

    qualified_drift_sd: float
    qualified_learning: float
    qualified_clip: float
    qualified_owner_error: float
    commit_drift_sd: float
    commit_learning: float
    commit_clip: float
    commit_owner_error: float
    common_share: float
    marketing_push: float
    sales_push: float
    operations_push: float
    commit_push: float
    commit_scale: float
    review_weeks: float
    owner_lag: float


class Forecasting(NamedTuple):
    """Judgement, learned history and the meeting that makes the number."""

    optimism: float
    optimism_sd: float
    deal_noise: float
    mood_sd: float
    mood_persistence: float
    memory: float
    prior_quarters: float
    haircut: float
    sales_voice: float
    meeting_sd: float
    run_rate_voice: float
    plan_pull: float
    restated_share: float  # negative: as far as there is one view


class Leadership(NamedTuple):
    """Plan, pressure, the use of the number, latency, tolerance and trust."""

    opening_level: float
    plan_growth: float
    ratchet: float
    stretch: float
    pressure_base: float
    pressure_gap: float
    pressure_weeks: float
    budget_response: float
    seat_response: float
    seat_limit: float
    latency_base: float
    latency_disagreement: float
    latency_distrust: float
    tolerance_start: float
    tolerance_up: float
    tolerance_down: float
    revision_dip: float
    meeting_pressure: float
    skipped_steps: float


class Reconciliation(NamedTuple):
    """Hours lost to making numbers agree."""

    pair_hours: float
    disagreement_hours: float
    disagreement_cap: float
    check_in_hours: float
    operations_share: float
    managers_share: float
    cap: float


class People(NamedTuple):
    """Managers, heroes and what an hour costs."""

    managers: int
    manager_hours: float
    coaching: float
    hero_share: float
    hero_value_noise: float
    hero_value_bar: float
    lead_bridge_hours: float
    dispute_bridge_hours: float
    desk_bridge_hours: float
    reconcile_bridge_hours: float
    drain_weeks: float
    recovery_weeks: float
    leaving_pressure: float
    rep_cost: float
    manager_cost: float
    analyst_cost: float
    seat_cost: float
    margin: float


class Remedies(NamedTuple):
    """How coordination acts and what it and design cost."""

    meeting_lift: float
    meeting_half_hours: float
    agreement_lift: float
    agreement_pressure: float
    agreement_hours: float
    reset_hours: float
    definition_half_life: float
    handoff_half_life: float
    incentive_half_life: float
    view_half_life: float
    governance_half_life: float
    build_pressure: float
    build_load: float
    definition_build: float
    handoff_build: float
    incentive_build: float
    view_build: float
    governance_build: float
    running_share: float
    owner_hours: float
    review_hours: float
    sponsor_hours: float


class Loops(NamedTuple):
    """Feedback loops; a cut one holds its signal at the mean of the last warm-up year."""

    pressure: bool  # closed
    plan_ratchet: bool  # closed
    number_used: bool  # closed
    disagreement: bool  # closed
    trust: bool  # closed
    learning: bool  # closed
    follow_up: bool  # closed
    energy: bool  # closed
    hours: bool  # closed
    attainment: bool  # closed
    revision: bool  # closed
