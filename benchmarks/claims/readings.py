"""What is read of each replication: the measures of the analysis, and those that only a claim asks for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.estimates import MEASURES
from revsim.analysis.measure import HANDOFFS, Reader, per_quarter
from revsim.analysis.view import View, ratio

WEEKS = 13
ALARM, LATE_ALARM = 0.7, 0.5  # of trust: below what it begins with in the shipped company (1 - 2 x .15); half gone


def leaked(*handoffs: str) -> Reader:
    """Deals and leads lost at these hand-offs, per accepted lead."""

    def read(view: View) -> Floats:
        lost = np.sum([view.quarter(f"leaked_{name}_count") for name in handoffs], axis=0)
        return ratio(lost.sum(axis=1), view.quarter("accepted").sum(axis=1))

    return read


def debt_per_booking(view: View) -> Floats:
    """Misalignment debt against new business."""
    return ratio(view.quarter("debt").sum(axis=1), view.quarter("bookings").sum(axis=1))


def first_week_below(trust: Floats, threshold: float) -> Floats:
    """(replication,): first measured week, from 1, in which trust (replication, week) is lower; one after the last."""
    low = trust < threshold
    return np.asarray(np.where(low.any(axis=1), low.argmax(axis=1) + 1.0, trust.shape[1] + 1.0), np.float64)


def alarm_week(threshold: float) -> Reader:
    """First measured week in which trust is below a threshold."""

    def read(view: View) -> Floats:
        trust = view.week("trust")
        return first_week_below(trust.reshape(len(trust), -1), threshold)

    return read


READINGS: dict[str, Callable[[View], Floats]] = {
    **{measure.name: measure.read for measure in MEASURES},
    "leaked_per_accepted": leaked(*HANDOFFS),
    **{f"leaked_{name}_per_accepted": leaked(name) for name in HANDOFFS},
    "debt_per_booking": debt_per_booking,
    "alarm_week": alarm_week(ALARM),
    "late_alarm_week": alarm_week(LATE_ALARM),
    "leaders_cost": per_quarter("leaders_cost"),
}
