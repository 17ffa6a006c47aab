"""What the rows of the table mean, for readers who meet them for the first time."""

from __future__ import annotations

MEANING = {
    "forecast_variance_week_7": (
        "How far the company's number on the first day of week 7 of 13 lies from what the quarter then books: variance "
        "against mean bookings squared. Its root, in brackets, is one standard deviation of the error: some two "
        "quarters of three miss by less, the third by more."
    ),
    "forecast_variance_week_7_common": (
        "The same against the baseline's bookings: selling more does not improve it, only a better forecast does."
    ),
    "forecast_variance_week_7_structure": "The part that the system adds to what nobody could have known.",
    "forecast_variance_week_7_chance": "The part that nobody could have known.",
    "off_by_ten_percent_week_7": "How often the number of mid-quarter misses bookings by more than a tenth of them.",
    "bias_week_7": (
        "What the number is off by on average, in % of bookings: above zero is too high. It is not in the variance. "
        "It is not judged, for zero is best."
    ),
    "forecast_skill_week_7": (
        "How much less the number errs than last quarter's bookings taken for this one's: 100 % is always right, zero "
        "no better, below zero worse."
    ),
    "bookings_volatility": "One standard deviation of what one company books, over its own quarters.",
    "bookings_volatility_common": (
        "The same against the baseline's bookings: selling more does not improve it, only steadier business does."
    ),
    "bookings": "Contract value of new customers; renewals and expansion are apart.",
    "renewals_and_expansion": "What customers renew and add; it rests on how they answer to hand-offs and agreements.",
    "unbiased_plan_met": "The same plan scaled to the baseline's mean of new business in the run: a plan is stretched "
    "and follows results, so that in the long run it lies above them by stretch alone.",
    "plan_met": "Against the baseline's plan of the same quarter, so a scenario is not helped by an easier plan.",
    "revenue_at_risk": "In one quarter of twenty the shortfall against plan is larger than this.",
    "forecast_volatility": "All moves of the number within a quarter, up or down, in % of its bookings.",
    "spend_per_booking": "Marketing, people and bought design, for each unit of new business.",
    "cycle_days": "Working days from the first inquiry to the signature.",
    "leaked_expected_value": (
        "Expected value of what is lost between functions: leads at what accepted leads bring on average, deals lost "
        "at the deal desk and customers lost for want of a hand-off at their contract value. Renewals are among it, so "
        "it may exceed new business."
    ),
    "net_revenue_retention": "Renewed and expanded value against all that came up for renewal.",
    "reconciliation_hours": "Hours spent on bringing differing numbers together.",
    "coordination_hours": "Hours of meetings, resets and agreements.",
    "heroics_hours": "Hours in which people bridge by hand what the system leaves open.",
    "design_hours": "Hours of those who own definitions, hand-offs and data, and of building them.",
    "remedy_cost": (
        "Design and coordination in money and paid hours. The baseline's is what today's design and meetings already "
        "cost."
    ),
    "net_value_without_renewals": (
        "What new business contributes at the baseline's margin, less marketing, people and remedies. Renewals begin a "
        "year after signing and rest on how customers answer to the hand-off they got, which nobody has measured."
    ),
    "net_value": (
        "What new business, renewals and expansion contribute at the baseline's margin, less marketing, people and "
        "remedies. The effect is what a remedy is worth; its parts stand below, under what it costs and what it buys."
    ),
    "forecast_error_cost": "What a wrong number costs in budget and seats: too much bought, or too little.",
}
