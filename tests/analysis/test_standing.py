"""What stands is judged in rows of its own, against a baseline that stands likewise."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.cube import cube_of
from revsim.analysis.standing import standing_of
from tests.analysis.synthetic import study

NAMES = ["Status quo", "Design, standing"]


def test_effects_are_those_of_the_twins_and_levels_leave_out_a_baseline_that_is_no_twin() -> None:
    cube = cube_of(*study(dict(zip(NAMES, (0.2, 0.1), strict=True)), 12), NAMES)
    found = standing_of(cube, NAMES[0], "USD", {NAMES[1]: "Design"})
    assert set(found.effects()["scenario"]) == {NAMES[1]}
    assert set(found.summary()["scenario"]) == {NAMES[1]}
    assert found.balances == []  # there is no margin


def test_a_twin_s_effect_on_new_business_is_the_difference_of_the_two_means() -> None:
    quarters, weeks = study(dict(zip(NAMES, (0.2, 0.1), strict=True)), 12)
    quarters.loc[quarters["scenario"] == NAMES[1], "bookings"] += 7.0
    cube = cube_of(quarters, weeks, NAMES)
    rows = standing_of(cube, NAMES[0], "USD", {NAMES[1]: "Design"}).effects().set_index("measure")
    means = quarters.groupby("scenario")["bookings"].mean()
    assert rows.loc["bookings", "estimate"] == pytest.approx(means[NAMES[1]] - means[NAMES[0]])
    assert np.isfinite(rows.loc["forecast_variance_week_7", "relative"])
