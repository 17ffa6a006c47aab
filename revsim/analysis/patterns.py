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
BASELINE, FRICTIONLESS, UNOWNED, ONE_MORE = "baseline", "frictionless", "unowned", "one more rep"


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
    """As the measures `wape_...`: of each run the sum of |F - A| over the sum of A, then the mean over runs."""
    off = (quarters[forecast] - quarters["bookings"]).abs()
    runs = pd.DataFrame({"off": off, "booked": quarters["bookings"]}).groupby(quarters["replication"]).sum()
    return float((runs["off"] / runs["booked"]).mean())


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


@np.errstate(divide="ignore", invalid="ignore")  # nothing is a share of a forecast that is always right
def skill(quarters: pd.DataFrame, weeks: pd.DataFrame, week: int) -> float:
    """How much better the number is than last quarter's bookings: 1 - V / V(naive), as `forecast_skill_...`.

    Over the quarters that have one before them; NaN with one quarter or one replication.
    """
    told = weeks[weeks["week"] == week].pivot_table(index="replication", columns="quarter", values="forecast")
    booked = quarters.pivot_table(index="replication", columns="quarter", values="bookings")
    actual, scale = booked.iloc[:, 1:], booked.iloc[:, 1:].mean().to_numpy() ** 2
    if actual.empty or len(actual) == 1:
        return float("nan")
    off = (told.iloc[:, 1:].to_numpy() - actual.to_numpy()).var(axis=0, ddof=1) / scale
    naive = (booked.iloc[:, :-1].to_numpy() - actual.to_numpy()).var(axis=0, ddof=1) / scale
    return float(1.0 - off.mean() / naive.mean())


def base_growth(quarters: pd.DataFrame) -> float:
    """Value signed and grown less what left, against all that came up, once a year each."""
    gained = quarters["bookings"].sum() + quarters["expansion_value"].sum() - quarters["churned_value"].sum()
    come_up = quarters["installed_value"].sum()
    return float(gained / come_up) if come_up > 0.0 else float("nan")


def worth_of_one_more(less: pd.DataFrame, more: pd.DataFrame, margin: float) -> float:
    """Contribution of one more rep to new business beyond all else that is spent, in units of what the rep costs."""
    paid = float((more["people_cost"] - less["people_cost"]).mean())
    other = float((more["spend"] - less["spend"]).mean()) - paid
    return (margin * float((more["bookings"] - less["bookings"]).mean()) - other) / paid if paid != 0.0 else np.nan


def own_patterns(quarters: pd.DataFrame, weeks: pd.DataFrame) -> list[Pattern]:
    """The patterns that a baseline's own rows show."""
    rows: list[tuple[str, float, float, str, float]] = [
        ("wins a quarter", 150, 250, "wins", quarters["won"].mean()),
        ("day-one error", 0.15, 0.25, "share", absolute_error(quarters, "forecast_day_one")),
        ("three-week spans in which error grows", 0, 0, "spans", rises(quarters, weeks)),
        ("skill at week 7 against last quarter's bookings", 0.0, 1.0, "ratio", skill(quarters, weeks, 7)),
        ("opportunity win rate", 0.15, 0.30, "share", ratio(quarters, "won", "won", "lost")),
        ("median cycle", 45, 110, "days", quarters["cycle_days"].median()),
        ("bookings by the top fifth of reps", 0.35, 0.60, "share", quarters["top_fifth_share"].mean()),
        ("bookings in the third month", 0.40, 0.60, "share", ratio(quarters, "bookings_third_month", "bookings")),
        ("qualified leads accepted", 0.25, 0.60, "share", ratio(quarters, "accepted", "qualified")),
        ("selling time", 0.28, 0.45, "share", quarters["selling_share"].mean()),
        ("gross churn a year", 0.08, 0.15, "share", ratio(quarters, "churned_value", "installed_value")),
        ("mean pressure", 0.2, 0.6, "index", weeks["pressure"].mean()),
        ("weeks with pressure above 0.95", 0.0, 0.10, "share", (weeks["pressure"] > HARD).mean()),
        ("spend per unit of new business", 0.8, 1.8, "money per money", ratio(quarters, "spend", "bookings")),
        ("growth of the installed base a year", 0.0, 0.15, "share", base_growth(quarters)),
        ("load of reps", 0.0, 0.95, "share", quarters["rep_load"].mean()),
        ("load of the desk", 0.0, 0.95, "share", quarters["desk_load"].mean()),
    ]
    return [Pattern(name, low, high, unit, float(value)) for name, low, high, unit, value in rows]


def patterns(frames: Frames, margin: float) -> list[Pattern]:
    """All patterns; `frames` holds `baseline`, `frictionless`, `unowned` and `one more rep` on the same luck.

    `margin` is the share of new business that contributes.
    """
    calm, alone = frames[FRICTIONLESS][0], frames[UNOWNED][0]
    found = own_patterns(*frames[BASELINE])
    # those of other runs stand beside what they belong to
    error = absolute_error(calm, "forecast_day_one")
    found.insert(2, Pattern("day-one error, frictionless", 0.0, 0.10, "share", error))
    found.insert(
        9, Pattern("accepted leads never worked, no owner", 0.30, 0.70, "share", ratio(alone, "orphaned", "accepted"))
    )
    more = worth_of_one_more(frames[BASELINE][0], frames[ONE_MORE][0], margin)
    return [*found, Pattern("worth of one more rep, in units of the rep's cost", 0.0, 2.0, "ratio", more)]
