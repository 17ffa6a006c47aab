"""How much better the company's number is than naive forecasts of the same quarters.

    skill_w = 1 - V_w / V_w(naive)           V as in variance.py, over the quarters that have one before them

    naive         last quarter's bookings
    naive to date what is closed at the start of the week, and what last quarter still brought after that week

1 is a number that is always right, 0 one that is no better, below 0 one that is worse. Source: skill scores,
Murphy 1988, Monthly Weather Review 116:2417.
"""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.jackknife import Jackknifed, ratio_of
from revsim.analysis.variance import covariance
from revsim.analysis.view import View

NAIVE = {"": "last quarter's bookings", "_to_date": "what is closed and what last quarter still brought"}


def naive_forecast(view: View, week: int, form: str) -> Floats:
    """(replication, quarter from the second on): one of the two that NAIVE names."""
    before = view.quarter("bookings")[:, :-1]
    if not form:
        return before
    closed = view.at_week("closed_to_date", week)
    return np.asarray(closed[:, 1:] + before - closed[:, :-1])


def forecast_skill(view: View, week: int, form: str = "") -> Jackknifed:
    """1 less V of the number against V of a naive forecast; NaN with one quarter, or where naive is always right."""
    actual = view.quarter("bookings")[:, 1:]
    error, naive = view.forecast(week)[:, 1:] - actual, naive_forecast(view, week, form) - actual
    against = ratio_of(covariance(error, error, actual), covariance(naive, naive, actual))
    return Jackknifed(1.0 - against.value, 1.0 - against.without)
