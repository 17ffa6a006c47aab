"""Maven Analytics' CRM opportunities as numbers of a scenario: a FICTITIOUS company.

Source of the data: "CRM Sales Opportunities" (Maven Analytics data playground), invented; good for the format of an
export and the shape of a quarter, no evidence of anything. Only fitted numbers are kept. Wins of whole quarters (second
to fourth of 2017): the first has only a month of them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from revsim.calibration import fits
from revsim.calibration.companies import STEADY, Fitted, Search, fitted, targets_of
from revsim.calibration.funnel import Array, Funnel, ages, top_fifth
from revsim.calibration.match import Knob, Moments, Target
from revsim.scenario.address import replace
from revsim.scenario.load import load
from revsim.units import WEEKS_PER_QUARTER

DATA = "Maven CRM sales opportunities, a FICTITIOUS company"
FIRST = pd.Timestamp("2017-04-01")
QUARTERS = 3
SPAN = 91.0 * QUARTERS  # calendar days of the model's quarters


def frame_of(pipeline: pd.DataFrame) -> pd.DataFrame:
    """Engaged opportunities; columns engage_date, close_date (timestamps), won, lost, sales_agent, close_value."""
    engaged = pipeline.dropna(subset=["engage_date"])
    kept = engaged[["sales_agent", "close_value"]].assign(
        engage_date=pd.to_datetime(engaged["engage_date"]),
        close_date=pd.to_datetime(engaged["close_date"]),
        won=engaged["deal_stage"] == "Won",
        lost=engaged["deal_stage"] == "Lost",
    )
    return kept.sort_values("engage_date", kind="stable")


def closed_of(frame: pd.DataFrame) -> Funnel:
    """What was won or lost in the second to fourth quarter, as a funnel; days from 2017-04-01, no sources."""
    closed = frame[(frame["won"] | frame["lost"]) & (frame["close_date"] >= FIRST)]
    end, won = closed["close_date"], closed["won"].to_numpy()
    month = (end.dt.month - 1) % 3 + (end.dt.day - 0.5) / end.dt.days_in_month
    day = np.asarray((end - FIRST).dt.days, dtype=np.float64)
    return Funnel(
        lead_day=np.asarray((closed["engage_date"] - FIRST).dt.days, dtype=np.float64),
        source=np.zeros(len(closed), dtype=np.int64),
        won_day=np.where(won, day, np.nan),
        lost_day=np.where(won, np.nan, day),
        seat=np.where(won, pd.factorize(closed["sales_agent"])[0], -1).astype(np.int64),
        value=np.where(won, closed["close_value"].to_numpy(dtype=float), np.nan),
        quarter_share=np.where(won, month.to_numpy(dtype=float) / 3.0, np.nan),
    )


def targets(frame: pd.DataFrame) -> dict[str, Target]:
    """The measured moments with their errors; wins are as uncertain as the demand behind them."""
    found, weekly = targets_of(closed_of(frame), moments), weekly_counts(frame)
    wins = found["wins a quarter"].value
    return found | {"wins a quarter": Target(wins, wins * fits.mean_error(weekly) / float(weekly.mean()))}


def moments_of_run(funnel: Funnel) -> Moments:
    """The moments of a simulated funnel: of what it closed in its first three measured quarters."""
    closed = np.where(funnel.won, funnel.won_day, funnel.lost_day)
    return moments(funnel.of((closed >= 0.0) & (closed < SPAN)))


def moments(closed: Funnel) -> Moments:
    """Wins, losses, times, values, months and agents of what was closed in three quarters."""
    won, days = closed.of(closed.won), ages(closed)
    month = np.minimum((3.0 * won.quarter_share).astype(int), 2)
    value = np.bincount(month, weights=won.value, minlength=3) / won.value.sum()
    return {
        "wins a quarter": len(won.value) / QUARTERS,
        "won of decided": float(closed.won.mean()),
        "median days": float(np.median(days)),
        "slow tenth of days": float(np.quantile(days, 0.9)),
        "median value": float(np.median(won.value)),
        "mean value": float(won.value.mean()),
        "value in month 1": float(value[0]),
        "value in month 3": float(value[2]),
        "top fifth of agents": top_fifth(won.seat, won.value),
    }


def weekly_counts(frame: pd.DataFrame) -> Array:
    """Opportunities engaged by week in the two quarters before engaging dries up, their straight trend taken out."""
    number = np.asarray((frame["engage_date"] - FIRST).dt.days // 7, dtype=np.int64)
    weeks = np.bincount(number[(number >= 0) & (number < 2 * WEEKS_PER_QUARTER)]).astype(np.float64)
    place = np.arange(len(weeks), dtype=float)
    plain: Array = weeks - np.polyval(np.polyfit(place, weeks, 1), place) + weeks.mean()
    return plain


def direct(frame: pd.DataFrame) -> dict[str, Fitted]:
    """Numbers that a column tells by itself."""
    weekly = weekly_counts(frame)
    weeks = f"fitted: {len(weekly)} weekly counts of {DATA}, trend taken out (C)"
    agents = frame.loc[frame["won"], "sales_agent"].nunique()
    return {
        "world.demand.shock_sd": fitted(fits.dispersion(weekly), weeks),
        "world.demand.shock_persistence": fitted(fits.persistence(weekly), weeks),
        "world.sales.reps": Fitted(agents, agents - 4, agents + 5, f"counted: agents with wins, {DATA} (C)"),
    }


def search() -> Search:
    """What is moved from the shipped company's numbers, and the moments that tell it."""
    shipped = load("scenarios/companies/maven.yaml")
    scenario = replace(shipped, {"calendar.warmup_quarters": 2, "calendar.quarters": 3, **STEADY})
    world, sales, buyers = scenario.world, scenario.world.sales, scenario.world.buyers

    def both(name: str) -> tuple[str, ...]:
        return tuple(f"world.sales.stages[{stage}].{name}" for stage in range(len(sales.stages)))

    knobs = (
        Knob(("world.demand.inquiries_per_week",), world.demand.inquiries_per_week.value, 15.0, 150.0, 500.0),
        Knob(both("advance"), sales.stages[0].advance.value, 0.1, -1.0, 4.0),
        Knob(both("buyer_days"), sales.stages[0].buyer_days.value, 1.0, 1.0, 60.0),
        Knob(("world.sales.buyer_sigma",), sales.buyer_sigma.value, 0.1, 0.1, 2.5),
        Knob(("world.sales.skill_sigma",), sales.skill_sigma.value, 0.25, 0.05, 1.6),
        Knob(("world.buyers.quarter_end_speed",), buyers.quarter_end_speed.value, 0.4, 1.0, 5.0),
        Knob(("world.buyers.quarter_end_window",), buyers.quarter_end_window.value, 4.0, 3.0, 40.0),
        Knob(("world.buyers.value_median",), buyers.value_median.value, 60.0, 300.0, 4000.0),
        Knob(("world.buyers.value_sigma",), buyers.value_sigma.value, 0.05, 0.3, 2.0),
    )
    return Search(scenario, knobs, moments_of_run)
