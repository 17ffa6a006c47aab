"""What the engines are given of the functions at work: plain numbers, named and in units as in the file."""

from __future__ import annotations

from typing import NamedTuple


class Marketing(NamedTuple):
    """Marketing's bar, its eyes, and the volume that it can buy."""

    qualified_bar: float
    perception_noise: float
    bought_push: float
    bought_fit: float
    bought_price: float
    budget_per_week: float
    budget_elasticity: float


class MarketingToSales(NamedTuple):
    """The hand-off of a lead: disputes, orphans, pick-up delay, cooling."""

    pickup_owned: float
    pickup_unowned: float
    never_worked: float
    cooling_scale: float
    cooling_exponent: float
    arbitrated_share: float
    follow_up_sensitivity: float
    yield_memory: float


class Sales(NamedTuple):
    """Reps as queues: skill, limits, effort, and what pay does to their timing."""

    perception_noise: float
    reps: int
    skill_sigma: float
    selling_hours: float
    speed_exponent: float
    open_deals: float
    open_deals_exponent: float
    ramp_days: float
    ramp_start: float
    exit_hazard: float
    vacancy_days: float
    effort_sigma: float
    buyer_sigma: float
    fit_weight: float
    skill_weight: float
    age_weight: float
    own_pay_effort: float
    end_pay_effort: float
    pressed_effort: float
    end_window: float
    attention: float
    pull_strength: float
    pull_window: float
    pull_discount: float
    pull_deeper: float
    pull_refused: float
    sandbag_share: float
    sandbag_above: float
    sandbag_below: float
    held_days: float
    record_lag: float
    record_lag_pay: float
    lost_record_factor: float
    stages: int
    stage_effort: tuple[float, ...]
    stage_buyer: tuple[float, ...]
    stage_advance: tuple[float, ...]
    stage_norm: tuple[float, ...]


class Desk(NamedTuple):
    """Operations' deal desk."""

    analysts: int
    hours: float
    deal_hours: float
    arbitration_hours: float
    rework: float
    second_loop: float
    value_priority: float
    restate_hours: float
    perception_noise: float


class Customers(NamedTuple):
    """After the sale: renewal, churn, expansion."""

    installed_base: int
    base_fit: float
    renew: float
    renew_fit: float
    renew_oversold: float
    renew_handoff: float
    expansion: float
    expansion_fit: float
    expansion_handoff: float
