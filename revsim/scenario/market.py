"""What the company cannot choose about its market: demand, buyers, sources of inquiries."""

from __future__ import annotations

from pydantic import Field

from revsim.scenario.assumption import LINE_OF_TEXT, Assumption, Block, number


class Season(Block):
    """Demand of each quarter against the year's mean; the first measured quarter is the first."""

    first: Assumption = number("First quarter", "ratio", gt=0)
    second: Assumption = number("Second quarter", "ratio", gt=0)
    third: Assumption = number("Third quarter", "ratio", gt=0)
    fourth: Assumption = number("Fourth quarter", "ratio", gt=0)


class Source(Block):
    """Where inquiries come from; sources differ in the fit of the buyers they bring."""

    name: str = Field(title="Name of the source", pattern=LINE_OF_TEXT)
    share: Assumption = number("Share of inquiries", "share", ge=0, le=1)
    fit: Assumption = number("Mean fit of its buyers", "sd of fit")


class Demand(Block):
    """Inquiries that reach the company by themselves."""

    inquiries_per_week: Assumption = number("Inquiries a week on the first measured day", "inquiries/week", gt=0)
    growth: Assumption = number("Growth of demand a quarter", "ratio/quarter", gt=0)
    season: Season = Field(title="Season")
    shock_sd: Assumption = number("Weekly shock, stationary sd of the log", "log", ge=0)
    shock_persistence: Assumption = number("Weekly shock, lag-1 correlation", "correlation", ge=0, le=0.99)
    sources: list[Source] = Field(title="Sources", min_length=1, max_length=12)


class Buyers(Block):
    """Buyers: what their deals are worth, how they decide and how long they wait."""

    value_median: Assumption = number("Median contract value", "currency", gt=0)
    value_sigma: Assumption = number("Spread of contract value (log)", "log", ge=0)
    lead_patience: Assumption = number("Mean patience while waiting for a rep with room", "days", gt=0)
    work_patience: Assumption = number("Mean patience while waiting for a rep's work", "days", gt=0)
    desk_patience: Assumption = number("Mean patience while waiting at the deal desk", "days", gt=0)
    market_shift_sd: Assumption = number("Market's shift, random walk", "sd of fit/sqrt(quarter)", ge=0)
    quarter_end_speed: Assumption = number("Speed of buyers' last decision near the quarter's end", "ratio", ge=1)
    quarter_end_window: Assumption = number("Length of that time", "days", ge=0, le=60)
    lost_factor: Assumption = number("Time of a lost decision against a won one", "ratio", ge=1)
