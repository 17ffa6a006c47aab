"""Cubes of scenarios whose errors, bookings and leaks by quarter are given."""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import Cube


def cube_of(columns: dict[str, np.ndarray], error: np.ndarray | None = None) -> Cube:
    """`columns` and `error` (F - A, all weeks) are (scenario, replication, quarter); bookings are 100 unless given."""
    shape = next(iter(columns.values())).shape if error is None else error.shape
    bookings = columns.get("bookings", np.full(shape, 100.0))
    away = np.zeros(shape) if error is None else error
    forecast = np.repeat((bookings + away)[..., None], 13, axis=3)
    quarterly = {
        name: np.zeros(shape)
        for name in ("leaked_expected_value", "selling_share", "remedy_cost_design", "remedy_cost_coordination")
    }
    quarterly |= {"bookings": bookings, "plan": np.full(shape, 100.0), **columns}
    weekly = {"forecast": forecast, "disagreement": np.zeros(forecast.shape), "trust": np.zeros(forecast.shape)}
    names = tuple(f"s{k}" for k in range(shape[0]))
    return Cube(names, np.arange(shape[1]), np.arange(1, shape[2] + 1), quarterly, weekly)
