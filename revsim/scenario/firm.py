"""How the company reads, forecasts, plans, pays and tires: definitions, forecast, leadership, people."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from revsim.scenario.assumption import Assumption, Block, number

Loop = Literal["closed", "cut"]


class Definitions(Block):
    """Drift of the five readings, and what corrects it without anybody's design."""

    qualified_drift_sd: Assumption = number("Drift of a reading of `qualified`", "sd of fit/sqrt(quarter)", ge=0)
    qualified_learning: Assumption = number("Local learning of the useful bar", "1/week", ge=0, le=1)
    qualified_clip: Assumption = number("Furthest that `qualified` strays from its reference", "sd of fit", ge=0)
    qualified_owner_error: Assumption = number("Error of an owner's estimate of the useful bar", "sd of fit", ge=0)
    commit_drift_sd: Assumption = number("Drift of a reading of `commit`", "stages/sqrt(quarter)", ge=0)
    commit_learning: Assumption = number("Local learning of what a stage means", "1/week", ge=0, le=1)
    commit_clip: Assumption = number("Furthest that `commit` strays from its reference", "stages", ge=0)
    commit_owner_error: Assumption = number("Error of an owner's estimate of what a stage means", "stages", ge=0)
    common_share: Assumption = number("Share of drift that all readings have in common", "share", ge=0, le=1)
    marketing_push: Assumption = number("Marketing's loosening at full pressure and own pay", "sd of fit/week", ge=0)
    sales_push: Assumption = number("Sales' tightening at full pressure and own pay", "sd of fit/week", ge=0)
    operations_push: Assumption = number("Operations' tightening at full pressure and own pay", "sd of fit/week", ge=0)
    commit_push: Assumption = number("Bending of `commit` by attainment", "stages/week", ge=0)
    commit_scale: Assumption = number("Gap to plan that bends `commit` markedly", "share", gt=0)
    review_weeks: Assumption = number("Weeks between reviews without governance", "weeks", ge=1)
    owner_lag: Assumption = number("Lag of an owner's knowledge of the market", "weeks", ge=0, le=52)


class Forecasting(Block):
    """Judgement, learned history and the meeting that makes the number."""

    optimism: Assumption = number("Reps' mean optimism", "logit")
    optimism_sd: Assumption = number("Spread of optimism between reps", "logit", ge=0)
    deal_noise: Assumption = number("Spread of judgement between deals", "logit", ge=0)
    mood_sd: Assumption = number("Common mood of the reps", "logit", ge=0)
    mood_persistence: Assumption = number("Mood's lag-1 correlation by week", "correlation", ge=0, le=0.99)
    memory: Assumption = number("Weight of the newest quarter in learned history", "share", gt=0, le=1)
    prior_quarters: Assumption = number("Pseudo-quarters of pooled history", "quarters", ge=0)
    haircut: Assumption = number("Share of the learned haircut that managers apply", "share", ge=0, le=1)
    sales_voice: Assumption = number("Weight of sales in the number without governance", "share", ge=0, le=1)
    meeting_sd: Assumption = number("Weekly spread of that weight", "logit", ge=0)
    run_rate_voice: Assumption = number("Weight of the run-rate against the room's opinion", "share", ge=0, le=1)
    plan_pull: Assumption = number("Pull of the number to the plan at full pressure", "share", ge=0, le=1)
    restated_share: Assumption | None = number(
        "Share of history restated after a correction, whatever the view", "share", ge=0, le=1, optional=True
    )


class Leadership(Block):
    """Plan, pressure, the use of the number, latency, tolerance and trust."""

    opening_level: Assumption = number("Expected bookings a quarter on the first day", "currency/quarter", gt=0)
    plan_growth: Assumption = number("Growth in the plan", "ratio/quarter", gt=0)
    ratchet: Assumption = number("Weight of last quarter's bookings in the plan's level", "share", ge=0, le=1)
    stretch: Assumption = number("Plan against its level", "ratio", gt=0)
    pressure_base: Assumption = number("Pressure without a gap", "log", ge=0)
    pressure_gap: Assumption = number("Pressure per unit of gap to plan", "log", ge=0)
    pressure_weeks: Assumption = number("Smoothing of pressure", "weeks", ge=1)
    budget_response: Assumption = number("Share of the number's change passed to the budget", "ratio", ge=0)
    seat_response: Assumption = number("Share of the number's change passed to seats", "ratio", ge=0)
    seat_limit: Assumption = number("Largest change of seats against the base", "ratio", ge=0, le=0.5)
    latency_base: Assumption = number("Decision latency when all agree", "days", ge=0)
    latency_disagreement: Assumption = number("Latency per unit of disagreement", "days", ge=0)
    latency_distrust: Assumption = number("Latency at no trust", "days", ge=0)
    tolerance_start: Assumption = number("Tolerated error on the first day", "share", ge=0, le=1)
    tolerance_up: Assumption = number("Share of a larger error taken into tolerance a quarter", "share", ge=0, le=1)
    tolerance_down: Assumption = number("Share of a smaller error taken into tolerance a quarter", "share", ge=0, le=1)
    revision_dip: Assumption = number("Selling hours lost in the week after a revision", "share", ge=0, le=1)
    meeting_pressure: Assumption = number("Share of attendance lost at full pressure", "share", ge=0, le=1)
    skipped_steps: Assumption = number("Share of steps between functions skipped at full pressure", "share", ge=0, le=1)


class Reconciliation(Block):
    """Hours lost to making numbers agree."""

    pair_hours: Assumption = number("Hours a week for a pair of data versions", "hours/week", ge=0)
    disagreement_hours: Assumption = number("Further hours per unit of disagreement", "hours/week", ge=0)
    disagreement_cap: Assumption = number("Disagreement beyond which hours grow no more", "share", ge=0)
    check_in_hours: Assumption = number("Check-in hours a person at no trust", "hours/week", ge=0)
    operations_share: Assumption = number("Share borne by operations", "share", ge=0, le=1)
    managers_share: Assumption = number("Share borne by managers", "share", ge=0, le=1)
    cap: Assumption = number("Largest share of anybody's hours", "share", ge=0, le=1)


class People(Block):
    """Managers, heroes and what an hour costs."""

    managers: Assumption = number("Sales managers", "people", ge=1, le=100, whole=True)
    manager_hours: Assumption = number("Managing hours of a manager", "hours/week", gt=0, le=40)
    coaching: Assumption = number("Reps' speed lost when managers have no hours left", "share", ge=0, le=1)
    hero_share: Assumption = number("Share of people who bridge", "share", ge=0, le=1)
    hero_value_noise: Assumption = number("Spread of the error in a lead's estimated value", "log", ge=0, le=3)
    hero_value_bar: Assumption = number("Value from which a friction is bridged", "currency", ge=0)
    lead_bridge_hours: Assumption = number("Hours to rescue a lead", "hours", gt=0)
    dispute_bridge_hours: Assumption = number("Hours to settle a dispute at once", "hours", gt=0)
    desk_bridge_hours: Assumption = number("Hours to carry a deal through the desk", "hours", gt=0)
    reconcile_bridge_hours: Assumption = number("Hours to make the numbers agree overnight", "hours", gt=0)
    drain_weeks: Assumption = number("Weeks in which nothing but bridging exhausts", "weeks", gt=0)
    recovery_weeks: Assumption = number("Weeks in which rest restores", "weeks", gt=0)
    leaving_pressure: Assumption = number("Growth of reps' rate of leaving at full pressure", "log", ge=0)
    rep_cost: Assumption = number("Cost of a rep's hour", "currency/hour", ge=0)
    manager_cost: Assumption = number("Cost of a manager's hour", "currency/hour", ge=0)
    analyst_cost: Assumption = number("Cost of an analyst's hour", "currency/hour", ge=0)
    seat_cost: Assumption = number("Cost of an idle or missing seat", "currency/week", ge=0)
    margin: Assumption = number("Contribution of new business", "share", ge=0, le=1)


class Remedies(Block):
    """How coordination acts and what it and design cost."""

    meeting_lift: Assumption = number("Ownership that unlimited meetings lend", "share", ge=0, le=1)
    meeting_half_hours: Assumption = number("Meeting hours for half of that", "hours/week", gt=0)
    agreement_lift: Assumption = number("Ownership that a kept agreement lends", "share", ge=0, le=1)
    agreement_pressure: Assumption = number("Faster fading of compliance at full pressure", "ratio", ge=0)
    agreement_hours: Assumption = number("Hours to make or renew an agreement", "hours", ge=0)
    reset_hours: Assumption = number("Hours of one reset", "hours", ge=0)
    definition_half_life: Assumption = number("Build half-life of an owned definition", "weeks", gt=0)
    handoff_half_life: Assumption = number("Build half-life of an owned hand-off", "weeks", gt=0)
    incentive_half_life: Assumption = number("Build half-life of shared incentives", "weeks", gt=0)
    view_half_life: Assumption = number("Build half-life of one view", "weeks", gt=0)
    governance_half_life: Assumption = number("Build half-life of governance", "weeks", gt=0)
    build_pressure: Assumption = number("Slowing of the build at full pressure", "log", ge=0)
    build_load: Assumption = number("Hours lost while all levers are built", "share", ge=0, le=1)
    definition_build: Assumption = number("Build cost of an owned definition", "currency", ge=0)
    handoff_build: Assumption = number("Build cost of an owned hand-off", "currency", ge=0)
    incentive_build: Assumption = number("Build cost of shared pay in one function", "currency", ge=0)
    view_build: Assumption = number("Build cost of one view", "currency", ge=0)
    governance_build: Assumption = number("Build cost of governance", "currency", ge=0)
    running_share: Assumption = number("Running cost against build cost", "1/year", ge=0)
    owner_hours: Assumption = number("Owner's hours for a definition or hand-off", "hours/week", ge=0)
    review_hours: Assumption = number("Hours of one governance review", "hours", ge=0)
    sponsor_hours: Assumption = number("Leaders' hours while a build is sponsored", "hours/week", ge=0)


class Loops(Block):
    """Feedback loops; a cut one holds its signal at the mean of the last warm-up year."""

    pressure: Loop = Field(title="Pressure follows the gap to plan")
    plan_ratchet: Loop = Field(title="The plan follows bookings")
    number_used: Loop = Field(title="Budget and seats follow the number")
    disagreement: Loop = Field(title="Latency and reconciliation follow disagreement")
    trust: Loop = Field(title="Tolerance and trust follow error")
    learning: Loop = Field(title="Forecasts learn from history")
    follow_up: Loop = Field(title="Follow-up follows lead quality")
    energy: Loop = Field(title="Energy follows the load of heroics")
    hours: Loop = Field(title="Remedies and reconciliation take hours from capacity")
    attainment: Loop = Field(title="Holding over follows attainment")
    revision: Loop = Field(title="Selling time dips when the plan is revised")
