"""What a company can watch week by week, turned so that higher warns of a missed quarter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from revsim.analysis.auc import Flags
from revsim.analysis.cube import Floats
from revsim.analysis.view import View

MISSED_BY = 0.1
LAST_WEEKS = 4


def missed(view: View) -> Flags:
    """(replication, quarter): bookings below the quarter's own plan by more than a tenth."""
    return np.asarray(view.quarter("bookings") < (1.0 - MISSED_BY) * view.quarter("plan"))


def _of_plan(view: View, column: str) -> Floats:
    return np.asarray(view.week(column) / view.quarter("plan")[:, :, None])


def _coverage(view: View) -> Floats:
    """A plan that is met needs no pipeline: it warns least."""
    values = view.week("coverage")
    return np.where(np.isnan(values), -np.inf, -values)


def _moves(view: View) -> Floats:
    """(replication, quarter, week): absolute moves of the number into each week against the plan; none into week 1."""
    number = view.week("forecast")
    size = np.abs(np.diff(number, axis=2, prepend=number[:, :, :1]))
    return np.asarray(size / view.quarter("plan")[:, :, None])


def _late(view: View) -> Floats:
    """Moves of the last four weeks."""
    total = np.cumsum(_moves(view), axis=2)
    before = np.zeros_like(total)
    before[:, :, LAST_WEEKS:] = total[:, :, :-LAST_WEEKS]
    return np.asarray(total - before)


def _higher(column: str) -> Callable[[View], Floats]:
    return lambda view: view.week(column)


def _lower(column: str) -> Callable[[View], Floats]:
    return lambda view: -view.week(column)


SIGNALS: dict[str, tuple[str, Callable[[View], Floats]]] = {
    "coverage": ("Low pipeline coverage", _coverage),
    "disagreement": ("Disagreement of the three forecasts", _higher("disagreement")),
    "pressure": ("Pressure", _higher("pressure")),
    "tolerance": ("Error that is taken as normal", _higher("tolerance")),
    "trust": ("Low trust in the number", _lower("trust")),
    "forecast_moves": ("Moves of the number since day one", lambda view: np.cumsum(_moves(view), axis=2)),
    "late_change": ("Moves of the number in the last four weeks", _late),
    "open_pipeline": ("Small open pipeline against plan", lambda view: -_of_plan(view, "pipeline_operations")),
    "hero_energy": ("Low energy of the heroes", _lower("hero_energy")),
}
# what is seen without a theory, or not at all; a signal worth having tells more than the first two
BENCHMARKS: dict[str, tuple[str, Callable[[View], Floats]]] = {
    "forecast": ("Low company's number against plan", lambda view: -_of_plan(view, "forecast")),
    "closed_to_date": ("Little closed to date against plan", lambda view: -_of_plan(view, "closed_to_date")),
    "true_pipeline": ("Small pipeline as it truly is (nobody sees it)", lambda view: -_of_plan(view, "open_pipeline")),
}
WATCHED = {**SIGNALS, **BENCHMARKS}
# numbers of a scenario that a signal's own dynamics rest on
RESTS_ON = {
    "coverage": ("world.forecasting",),
    "disagreement": ("world.definitions", "world.forecasting"),
    "pressure": ("world.leadership.pressure",),
    "tolerance": ("world.leadership.tolerance",),
    "trust": ("world.leadership.tolerance",),
    "forecast_moves": ("world.forecasting", "world.definitions"),
    "late_change": ("world.forecasting", "world.definitions"),
    "open_pipeline": ("world.forecasting", "world.definitions"),
    "hero_energy": ("world.people", "world.reconciliation"),
    "forecast": ("world.forecasting", "world.definitions"),
    "closed_to_date": (),
    "true_pipeline": (),
}
