"""Sentences of a sweep: they say which came first, and also what was not found."""

from __future__ import annotations

import numpy as np

from revsim.analysis.early_warning import early_warnings
from revsim.analysis.masking import maskings
from revsim.analysis.onset import onsets
from revsim.analysis.sweep_words import masking_words, onset_words, waiting_words, warning_words
from revsim.analysis.waiting import waits
from tests.analysis.cubes import cube

NAMES, LEVELS = ["m 0", "m 0.5", "m 1"], [0.0, 0.5, 1.0]
BASE = cube(NAMES)
ACTUAL, FORECAST = BASE.quarterly["bookings"][0], BASE.weekly["forecast"][0]
WIDE = ACTUAL[:, :, None] + 2.0 * (FORECAST - ACTUAL[:, :, None])


def order(**columns: dict[str, np.ndarray]) -> str:
    return " ".join(onset_words(onsets(cube(NAMES, **columns), LEVELS), "m"))


def test_which_of_variance_and_mean_moves_first_is_said_either_way() -> None:
    # bookings and forecast scaled alike move the mean and no relative variance
    small, small_number = 0.8 * ACTUAL, 0.8 * FORECAST
    late = order(bookings={"m 0.5": small, "m 1": small}, forecast={"m 0.5": small_number, "m 1": 0.8 * WIDE})
    assert "The mean leaves zero before forecast variance at mid-quarter." in late
    early = order(bookings={"m 1": small}, forecast={"m 0.5": WIDE, "m 1": 0.8 * WIDE})
    assert "Forecast variance at mid-quarter leaves zero before the mean." in early
    same = order(bookings={"m 1": small}, forecast={"m 1": 0.8 * WIDE})
    assert "Forecast variance at mid-quarter and the mean leave zero at the same level." in same


def test_that_nothing_moves_is_said() -> None:
    said = order()
    assert "Neither forecast variance at mid-quarter nor the mean leaves zero for good." in said
    assert "Mean new business does not leave zero for good" in said


def test_too_few_missed_quarters_are_said_to_be_too_few() -> None:
    rich = cube(["m 0"], bookings={"m 0": np.full(ACTUAL.shape, 200.0)})
    assert warning_words(early_warnings(rich), "m 0").endswith("too few to tell what announces them.")


def test_masking_is_told_over_all_quarters_and_in_the_last() -> None:
    whole, last = masking_words(maskings(BASE, LEVELS, "EUR"), "m")
    assert whole.startswith("At m 1 the day-one error is 0 points [0, 0] larger")
    assert last.startswith("In quarter 4, there,")
    assert "does not clearly change" in last


def test_each_wait_has_its_sentence() -> None:
    said = waiting_words(waits(BASE, 0, [(1, 1), (2, 4)], "EUR"))
    assert [one.partition(" changes")[0] for one in said] == ["Waiting 1 quarter", "Waiting 4 quarters"]
