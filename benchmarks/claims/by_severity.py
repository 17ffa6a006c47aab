"""Claims 1, 2, 3, 11 and question 20: the misaligned company beside the well designed one."""

from __future__ import annotations

import numpy as np

from claims.claim import ALL, ANY, DOWN, UP, Asking, Claim, Contrast
from claims.companies import severities, severity
from claims.judging import LEVEL, judged
from claims.look import Look, Value, change
from claims.slopes import at_equal
from revsim.analysis.jackknife import Jackknifed
from revsim.api import Scenario

BEST, HALF, BUILT = "severity 0", "severity 0.5", "{}, built"
VOLATILITY, VARIANCE = "bookings_volatility_common", "forecast_variance_week_7_common"
AGAINST = "severity 0.5 against none, standing"


def at(level: float) -> str:
    """The name of a level."""
    return f"severity {level:g}"


def two(_: Asking) -> list[Scenario]:
    """None and half, standing."""
    return [severity(0.0, BEST), severity(0.5, HALF)]


def sweep(_: Asking) -> list[Scenario]:
    """All levels standing, and two while they are built."""
    standing = [severity(level, at(level)) for level in severities()]
    return [*standing, *(severity(level, BUILT.format(at(level)), built=True) for level in (0.0, 0.25))]


def half(measure: str, direction: int, unit: str, **more: bool) -> Contrast:
    """Half severity against none."""
    return Contrast(AGAINST, measure, direction, change(measure, HALF, BEST), unit, **more)


def first_clear(measure: str, direction: int, *, logs: bool) -> Value:
    """The first level at which a measure is clearly apart from severity none; NaN where none is. No interval."""

    def value(look: Look) -> Jackknifed:
        nothing = np.full(len(look.cube.replications), np.nan)
        for level in severities()[1:]:
            contrast = Contrast("", measure, direction, change(measure, at(level), BEST, logs=logs), "")
            found = judged(contrast, contrast.value(look))
            if found.p < LEVEL and found.side > 0:
                return Jackknifed(level, nothing)
        return Jackknifed(np.nan, nothing)

    return value


def quarter(suffix: str, *, primary: bool) -> list[Contrast]:
    """A severity of a quarter against none: both headlines."""
    own, base = (name if primary else BUILT.format(name) for name in (at(0.25), BEST))
    return [
        Contrast(
            f"severity 0.25 against none, {suffix}", name, UP, change(name, own, base, logs=True), "%", True, primary
        )
        for name in (VOLATILITY, VARIANCE)
    ]


MEAN = Contrast(
    "severity 0.25 against none, standing", "bookings", DOWN, change("bookings", at(0.25), BEST, logs=True), "%", True
)
CLAIMS = [
    Claim(
        1,
        "Volatility comes before the mean falls",
        "severity 0.25 against none, standing",
        sweep,
        (
            *quarter("standing", primary=True),
            MEAN,
            *quarter("while built", primary=False),
            *(
                Contrast("first clear level, standing", name, way, first_clear(name, way, logs=True), "severity")
                for name, way in ((VOLATILITY, UP), (VARIANCE, UP), ("bookings", DOWN))
            ),
        ),
        rule=ANY,
        reading="either rise is enough, so both are judged by Holm within; a mean clearly lower forbids “supported”",
        unless=MEAN,
    ),
    Claim(
        2,
        "It looks fine early and changes late; coverage looks fine",
        AGAINST,
        two,
        (
            half("late_change_share", UP, "share", primary=True),
            half("coverage_week_1", UP, "ratio"),
            half("bookings", DOWN, "EUR a quarter"),
        ),
    ),
    Claim(
        3,
        "Five symptoms are outcomes of the system",
        f"{AGAINST}, each symptom",
        two,
        (
            half("forecast_volatility", UP, "share", primary=True),
            half("spend_per_booking", UP, "EUR per EUR", primary=True),
            half("leaked_per_accepted", UP, "per accepted lead", primary=True, built_in=True),
            Contrast(
                AGAINST,
                "cycle_days at equal rep_load",
                UP,
                at_equal("cycle_days", "rep_load", HALF, BEST),
                "days",
                primary=True,
            ),
            half("net_revenue_retention", DOWN, "share", primary=True),
            half("cycle_days", UP, "days"),
            half("rep_load", UP, "share"),
        ),
        rule=ALL,
        reading="leaks of all three hand-offs, counted; cycle at equal load by analysis of covariance",
        built_in="the hand-offs' own losses",
    ),
    Claim(
        11,
        "Plans are revised, decisions slow, trust falls",
        AGAINST,
        two,
        (
            half("decision_latency_days", UP, "days", primary=True, built_in=True),
            half("plan_revisions", UP, "a quarter"),
            half("reconciliation_hours", UP, "hours a quarter"),
            half("trust", DOWN, "share"),
        ),
        reading="leaders' hours: no hours of deciding are modelled, so hours of reconciling are told",
        built_in="latency follows disagreement",
    ),
    Claim(
        20,
        "Leaders' hours go from deciding to reconciling",
        AGAINST,
        two,
        (
            half("reconciliation_hours", UP, "hours a quarter", primary=True, built_in=True),
            half("decision_latency_days", UP, "days"),
        ),
        built_in="hours of reconciling follow disagreement",
    ),
]
