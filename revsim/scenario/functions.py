"""The three functions at work and the hand-offs between them."""

from __future__ import annotations

from pydantic import Field

from revsim.scenario.assumption import LINE_OF_TEXT, Assumption, Block, number


class Marketing(Block):
    """Marketing's bar, its eyes, and the volume that it can buy."""

    qualified_bar: Assumption = number("Bar that `qualified` means by reference", "sd of fit")
    perception_noise: Assumption = number("Noise in marketing's reading of fit", "sd of fit", ge=0)
    bought_push: Assumption = number("Bought inquiries at full pressure and own pay", "ratio", ge=0, le=100)
    bought_fit: Assumption = number("Mean fit of bought inquiries", "sd of fit")
    bought_price: Assumption = number("Price of a bought inquiry", "currency/inquiry", ge=0)
    budget_per_week: Assumption = number("Marketing budget", "currency/week", ge=0)
    budget_elasticity: Assumption = number("Inquiries' elasticity to the budget", "elasticity", ge=0, le=1)


class MarketingToSales(Block):
    """The hand-off of a lead: disputes, orphans, pick-up delay, cooling."""

    pickup_owned: Assumption = number("Mean pick-up delay, owned", "days", gt=0)
    pickup_unowned: Assumption = number("Mean pick-up delay, unowned", "days", gt=0)
    never_worked: Assumption = number("Share never worked without an owner", "share", ge=0, le=1)
    cooling_scale: Assumption = number("Delay at which a lead starts to cool", "days", gt=0)
    cooling_exponent: Assumption = number("Cooling exponent", "exponent", ge=0)
    arbitrated_share: Assumption = number("Share of disputes taken to arbitration", "share", ge=0, le=1)
    follow_up_sensitivity: Assumption = number("Follow-up lost as lead quality falls", "log", ge=0)
    yield_memory: Assumption = number("Reps' memory of how leads turned out", "leads", ge=1)


class Stage(Block):
    """One stage of an opportunity."""

    name: str = Field(title="Name of the stage", pattern=LINE_OF_TEXT)
    effort_hours: Assumption = number("Rep's work, median", "hours", gt=0)
    buyer_days: Assumption = number("Buyer's time, median", "days", gt=0)
    advance: Assumption = number("Log odds of going on at average fit and skill", "logit")
    norm_days: Assumption = number("Age at entry beyond which a deal is over-age", "days", gt=0)


class Sales(Block):
    """Reps as queues: skill, limits, effort, and what pay does to their timing."""

    perception_noise: Assumption = number("Noise in sales' reading of fit", "sd of fit", ge=0)
    reps: Assumption = number("Seats for reps", "people", ge=1, le=500, whole=True)
    skill_sigma: Assumption = number("Spread of skill (log)", "log", ge=0)
    selling_hours: Assumption = number("Selling hours of a rep", "hours/week", gt=0, le=40)
    speed_exponent: Assumption = number("Speed of work by skill", "exponent", ge=0, le=2)
    open_deals: Assumption = number("Open deals a rep can hold", "deals", ge=1)
    open_deals_exponent: Assumption = number("Room for deals by skill", "exponent", ge=0, le=2)
    ramp_days: Assumption = number("Time until a new rep is fully productive", "days", ge=0)
    ramp_start: Assumption = number("Productivity of a rep on the first day", "share", gt=0, le=1)
    exit_hazard: Assumption = number("Rate of leaving when rested", "1/year", ge=0)
    vacancy_days: Assumption = number("Time a seat stays empty", "days", ge=0)
    effort_sigma: Assumption = number("Spread of effort (log)", "log", ge=0)
    buyer_sigma: Assumption = number("Spread of buyer's time (log)", "log", ge=0)
    fit_weight: Assumption = number("Log odds of going on per sd of fit", "logit/sd")
    skill_weight: Assumption = number("Log odds of going on per log of skill", "logit/log")
    age_weight: Assumption = number("Log odds lost per log of over-age", "logit/log", ge=0)
    own_pay_effort: Assumption = number("Effort gained by pay on one's own result", "ratio", ge=0)
    end_pay_effort: Assumption = number("Further effort near the quarter's end", "ratio", ge=0)
    pressed_effort: Assumption = number("Effort gained at half of full pressure, the most", "ratio", ge=0, le=1)
    end_window: Assumption = number("Days before the quarter's end in which pay moves timing", "days", ge=0, le=60)
    attention: Assumption = number("Waiting days that one later stage is worth near the end", "days", ge=0)
    pull_strength: Assumption = number("Chance a week to pull forward at full pressure", "ratio", ge=0)
    pull_window: Assumption = number("Expected close after the end that still is pulled", "days", ge=0)
    pull_discount: Assumption = number("Discount on a pulled deal without pressure", "share", ge=0, le=1)
    pull_deeper: Assumption = number("Growth of that discount at full pressure", "ratio", ge=0)
    pull_refused: Assumption = number("Log odds lost with a buyer who is pushed", "logit", ge=0)
    sandbag_share: Assumption = number("Share of closable deals held over when it pays", "share", ge=0, le=1)
    sandbag_above: Assumption = number("Attainment above which a rep holds over", "ratio", gt=0)
    sandbag_below: Assumption = number("Attainment below which the quarter is given up", "ratio", ge=0)
    held_days: Assumption = number("Mean days into the next quarter of a held deal", "days", gt=0)
    record_lag: Assumption = number("Mean lag of the record behind the truth", "days", ge=0)
    record_lag_pay: Assumption = number("Lag's growth with own pay", "ratio", ge=0)
    lost_record_factor: Assumption = number("Lag of recording a loss against an advance", "ratio", ge=1)
    stages: list[Stage] = Field(title="Stages", min_length=2, max_length=8)


class Desk(Block):
    """Operations' deal desk."""

    analysts: Assumption = number("Analysts", "people", ge=1, le=200, whole=True)
    hours: Assumption = number("Desk hours of an analyst", "hours/week", gt=0, le=40)
    deal_hours: Assumption = number("Desk work on a deal", "hours", gt=0)
    arbitration_hours: Assumption = number("Desk work on an arbitration", "hours", gt=0)
    rework: Assumption = number("Chance of rework without one view of the data", "share", ge=0, le=0.95)
    second_loop: Assumption = number("Chance of a second loop without an owner", "share", ge=0, le=0.95)
    value_priority: Assumption = number("Waiting days that a larger deal is worth (per log of value)", "days", ge=0)
    restate_hours: Assumption = number("Desk work to restate a year of records", "hours", ge=0)
    perception_noise: Assumption = number("Noise in operations' reading of fit", "sd of fit", ge=0)


class Customers(Block):
    """After the sale: renewal, churn, expansion."""

    installed_base: Assumption = number("Customers on the first day", "customers", ge=0, le=100000, whole=True)
    base_fit: Assumption = number("Mean fit of the installed base", "sd of fit")
    renew: Assumption = number("Log odds of renewal at average fit", "logit")
    renew_fit: Assumption = number("Log odds of renewal per sd of fit", "logit/sd")
    renew_oversold: Assumption = number("Log odds of renewal lost by an oversold deal", "logit", ge=0)
    renew_handoff: Assumption = number("Log odds of renewal lost by an unowned hand-off", "logit", ge=0)
    expansion: Assumption = number("Growth of a renewed contract, mean", "ratio", ge=-0.5)
    expansion_fit: Assumption = number("Growth of a renewed contract per sd of fit", "ratio/sd", ge=0)
    expansion_handoff: Assumption = number("Growth lost by an unowned hand-off", "ratio", ge=0)
