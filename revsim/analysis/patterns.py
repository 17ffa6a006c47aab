"""Face validity: patterns that a believable baseline shows, each with its range and where the range comes from.

A pattern is a number read off the two tables of one scenario over all replications; what it needs of another run (the
frictionless control, a company without an owner of the first hand-off) is said in its name. Ranges are evidence,
not targets of any conclusion; docs/model.md holds the measured table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.units import WEEKS_PER_QUARTER

Frames = dict[str, tuple[pd.DataFrame, pd.DataFrame]]  # by scenario name: quarters, weeks
HARD = 0.95  # pressure beyond which nothing but the quarter counts
BASELINE, FRICTIONLESS, UNOWNED = "baseline", "frictionless", "unowned"


class Pattern(NamedTuple):
    """What is expected, and what was measured."""

    name: str
    low: float
    high: float
    unit: str
    value: float

    @property
    def met(self) -> bool:
        """Whether the value lies in the range, ends included."""
        return self.low <= self.value <= self.high


@np.errstate(divide="ignore", invalid="ignore")  # no share of nothing
def absolute_error(quarters: pd.DataFrame, forecast: str) -> float:
    """WAPE: sum of |F - A| over sum of A."""
    return float((quarters[forecast] - quarters["bookings"]).abs().sum() / quarters["bookings"].sum())


@np.errstate(divide="ignore", invalid="ignore")  # no share of nothing
def ratio(quarters: pd.DataFrame, top: str, *bottoms: str) -> float:
    """Sum of one column over the sum of others."""
    return float(quarters[top].sum() / sum(quarters[bottom].sum() for bottom in bottoms))


def weekly_error(quarters: pd.DataFrame, weeks: pd.DataFrame, week: int) -> float:
    """WAPE of the number at the start of a week."""
    return _error_at(_beside_bookings(quarters, weeks), week)


def rises(quarters: pd.DataFrame, weeks: pd.DataFrame) -> float:
    """Number of weeks in which the error is larger than three weeks before."""
    joined = _beside_bookings(quarters, weeks)
    gaps = (joined["forecast"] - joined["bookings"]).abs().groupby(joined["week"]).sum()
    errors = (gaps / joined["bookings"].groupby(joined["week"]).sum()).to_numpy()
    return float(sum(errors[week] > errors[week - 3] for week in range(3, WEEKS_PER_QUARTER)))


def _beside_bookings(quarters: pd.DataFrame, weeks: pd.DataFrame) -> pd.DataFrame:
    """The number of each week beside what its quarter booked."""
    keys = ["replication", "quarter"]
    return weeks[[*keys, "week", "forecast"]].merge(quarters[[*keys, "bookings"]], on=keys)


def _error_at(joined: pd.DataFrame, week: int) -> float:
    return absolute_error(joined[joined["week"] == week], "forecast")


def own_patterns(quarters: pd.DataFrame, weeks: pd.DataFrame) -> list[Pattern]:
    """The patterns that a baseline's own rows show."""
    rows: list[tuple[str, float, float, str, float]] = [
        ("wins a quarter", 150, 250, "wins", quarters["won"].mean()),
        ("day-one error", 0.15, 0.25, "share", absolute_error(quarters, "forecast_day_one")),
        ("three-week spans in which error grows", 0, 0, "spans", rises(quarters, weeks)),
        ("opportunity win rate", 0.15, 0.30, "share", ratio(quarters, "won", "won", "lost")),
        ("median cycle", 45, 110, "days", quarters["cycle_days"].median()),
        ("bookings by the top fifth of reps", 0.35, 0.60, "share", quarters["top_fifth_share"].mean()),
        ("bookings in the third month", 0.40, 0.60, "share", ratio(quarters, "bookings_third_month", "bookings")),
        ("qualified leads accepted", 0.25, 0.60, "share", ratio(quarters, "accepted", "qualified")),
        ("selling time", 0.28, 0.45, "share", quarters["selling_share"].mean()),
        ("gross churn a year", 0.08, 0.15, "share", ratio(quarters, "churned_value", "installed_value")),
        ("mean pressure", 0.2, 0.6, "index", weeks["pressure"].mean()),
        ("weeks with pressure above 0.95", 0.0, 0.10, "share", (weeks["pressure"] > HARD).mean()),
        ("load of reps", 0.0, 0.95, "share", quarters["rep_load"].mean()),
        ("load of the desk", 0.0, 0.95, "share", quarters["desk_load"].mean()),
    ]
    return [Pattern(name, low, high, unit, float(value)) for name, low, high, unit, value in rows]


def patterns(frames: Frames) -> list[Pattern]:
    """All patterns; `frames` holds the scenarios `baseline`, `frictionless` and `unowned`."""
    calm, alone = frames[FRICTIONLESS][0], frames[UNOWNED][0]
    found = own_patterns(*frames[BASELINE])
    # those of other runs stand beside what they belong to
    error = absolute_error(calm, "forecast_day_one")
    found.insert(2, Pattern("day-one error, frictionless", 0.0, 0.10, "share", error))
    found.insert(
        8, Pattern("accepted leads never worked, no owner", 0.30, 0.70, "share", ratio(alone, "orphaned", "accepted"))
    )
    return found
