"""What the engines are given of the market: plain numbers, named as in the scenario file, in the file's units."""

from __future__ import annotations

from typing import NamedTuple


class Demand(NamedTuple):
    """Inquiries that reach the company by themselves."""

    inquiries_per_week: float
    growth: float
    season: tuple[float, float, float, float]
    shock_sd: float
    shock_persistence: float
    source_upto: tuple[float, ...]  # cumulated shares
    source_fit: tuple[float, ...]


class Buyers(NamedTuple):
    """Buyers: what their deals are worth, how they decide and how long they wait."""

    value_median: float
    value_sigma: float
    lead_patience: float
    work_patience: float
    desk_patience: float
    market_shift_sd: float
    quarter_end_speed: float
    quarter_end_window: float
    lost_factor: float
