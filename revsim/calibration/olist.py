"""Olist's marketing funnel as numbers of a scenario.

Source of the data: "Marketing Funnel by Olist" (Kaggle), real and anonymised; only fitted numbers are kept. Leads of
2018: those of 2017 were worked late, before a sales team was there. Every lead in it is qualified already.
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

DATA = "Olist marketing funnel, leads of 2018"
FIRST = pd.Timestamp("2018-01-01")
SOURCES = ("organic search", "paid search", "social", "unknown", "direct and referral", "email, display and other")
GROUPS = {
    "organic search": 0, "paid search": 1, "social": 2, "unknown": 3, "direct traffic": 4, "referral": 4,
}  # fmt: skip
OTHER = 5
COHORT = 147.0  # calendar days of leads: 21 weeks
MONTH_END = 5  # days


def frame_of(leads: pd.DataFrame, closed: pd.DataFrame) -> pd.DataFrame:
    """Leads of 2018 with their wins; columns first_contact_date, source (index), won_date, sr_id, as timestamps."""
    both = leads.merge(closed[["mql_id", "won_date", "sr_id"]], on="mql_id", how="left")
    for name in ("first_contact_date", "won_date"):
        both[name] = pd.to_datetime(both[name]).dt.normalize()
    origin = both["origin"].fillna("unknown").str.replace("_", " ")
    both = both.assign(source=origin.map(GROUPS).fillna(OTHER).astype(int))
    kept = both[(both["first_contact_date"] >= FIRST) & ~(both["won_date"] < both["first_contact_date"])]
    return kept[["first_contact_date", "source", "won_date", "sr_id"]]


def funnel_of(frame: pd.DataFrame) -> Funnel:
    """The frame as a funnel; values and losses are not in the data."""
    lead = np.asarray((frame["first_contact_date"] - FIRST).dt.days, dtype=np.float64)
    won = np.asarray((frame["won_date"] - FIRST).dt.days, dtype=np.float64)
    seat = pd.factorize(frame["sr_id"])[0].astype(np.int64)
    nothing = np.full(len(lead), np.nan)
    return Funnel(lead, frame["source"].to_numpy(dtype=np.int64), won, nothing, seat, nothing, nothing)


def moments(funnel: Funnel) -> Moments:
    """Leads a week, conversion by source, time to win, concentration; of `COHORT` days of leads."""
    funnel = funnel.of((funnel.lead_day >= 0.0) & (funnel.lead_day < COHORT))
    days = ages(funnel)
    won = funnel.of(funnel.won)
    found = {f"won of {name}": float(funnel.won[funnel.source == i].mean()) for i, name in enumerate(SOURCES)}
    return found | {
        "leads a week": len(funnel.lead_day) / (COHORT / 7.0),
        "typical days": float(np.exp(np.log(days).mean())),
        "sd of log days": float(np.log(days).std()),
        "top fifth of representatives": top_fifth(won.seat, np.ones(len(won.seat))),
    }


def targets(frame: pd.DataFrame) -> dict[str, Target]:
    """The measured moments with their errors; that of the leads a week from weekly counts, which hang together."""
    weekly = weekly_counts(frame)
    found = targets_of(funnel_of(frame), moments)
    return found | {"leads a week": Target(float(weekly.mean()), fits.mean_error(weekly))}


def weekly_counts(frame: pd.DataFrame) -> Array:
    """Leads by whole week, the broken ones at both ends left out."""
    counts = frame.groupby(frame["first_contact_date"].dt.to_period("W")).size()
    whole: Array = np.asarray(counts, dtype=np.float64)[1:-1]
    return whole


def direct(frame: pd.DataFrame) -> dict[str, Fitted]:
    """Numbers that a column tells by itself."""
    n, weekly = len(frame), weekly_counts(frame)
    label = f"fitted: {DATA}, n={n:,} (C)"
    weeks = f"fitted: {len(weekly)} weekly counts of {DATA} (C)"
    found = {
        "world.demand.shock_sd": fitted(fits.dispersion(weekly), weeks),
        "world.demand.shock_persistence": fitted(fits.persistence(weekly), weeks),
        "world.buyers.quarter_end_speed": month_end(frame["won_date"].dropna()),
    }
    for index in range(len(SOURCES)):
        part = fits.share(int((frame["source"] == index).sum()), n)
        found[f"world.demand.sources[{index}].share"] = fitted(part, label)
    return found


def month_end(won: pd.Series[pd.Timestamp]) -> Fitted:
    """Odds of a win in the last five days of a month against an even spread."""
    length = won.dt.days_in_month
    late = fits.share(int((won.dt.day > length - MONTH_END).sum()), len(won))
    even = float((MONTH_END / length).mean())
    value, low, high = (max(1.0, (p / (1.0 - p)) / (even / (1.0 - even))) for p in late[:3])
    return Fitted(value, low, high, f"fitted: wins in a month's last five days, {DATA}, n={len(won)} (C)")


def search() -> Search:
    """What is moved from the shipped company's numbers, and the moments that tell it."""
    shipped = load("scenarios/companies/olist.yaml")
    scenario = replace(shipped, {"calendar.warmup_quarters": 2, "calendar.quarters": 4, **STEADY})
    world, sales = scenario.world, scenario.world.sales
    advance = tuple(f"world.sales.stages[{stage}].advance" for stage in range(len(sales.stages)))

    knobs = [
        Knob(("world.demand.inquiries_per_week",), world.demand.inquiries_per_week.value, 10.0, 200.0, 400.0),
        Knob(advance, sales.stages[0].advance.value, 0.1, -2.0, 2.0),
        Knob(("world.sales.stages[1].buyer_days",), sales.stages[1].buyer_days.value, 0.6, 0.2, 30.0),
        Knob(("world.sales.buyer_sigma",), sales.buyer_sigma.value, 0.2, 0.5, 4.0),
        Knob(("world.sales.skill_sigma",), sales.skill_sigma.value, 0.25, 0.1, 1.6),
    ]
    for index, source in enumerate(world.demand.sources):
        if SOURCES[index] != "direct and referral":  # fit is relative: this source stays at 0
            knobs.append(Knob((f"world.demand.sources[{index}].fit",), source.fit.value, 0.2, -3.0, 3.0))
    return Search(scenario, tuple(knobs), moments)
