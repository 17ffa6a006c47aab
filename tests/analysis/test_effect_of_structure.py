"""A part of structure near zero has no ratio: its effect is told as a difference."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.estimates import Row
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.table import effect_words

BASE = Jackknifed(0.01, np.array([0.012, 0.011, -0.001, 0.013, 0.015]))
OWN = Jackknifed(0.02, np.array([0.022, 0.019, 0.018, 0.021, 0.020]))


def row(base: Jackknifed = BASE) -> Row:
    relative = interval.as_share(interval.log_ratio(OWN, base))
    effect = interval.difference(OWN, base)
    return Row("own", "x", "X", "share^2", "headline", interval.of_positive(OWN), effect, relative, "", "")


def test_a_ratio_that_leave_one_out_takes_below_zero_has_no_interval() -> None:
    assert row().relative.estimate == pytest.approx(1.0)
    assert np.isnan(row().relative.low)


def test_the_table_shows_the_difference_with_its_interval_then() -> None:
    assert "%" not in effect_words(row())
    assert "[" in effect_words(row())


def test_a_positive_part_is_shown_as_its_ratio() -> None:
    base = Jackknifed(0.01, np.array([0.012, 0.011, 0.009, 0.010, 0.008]))
    assert effect_words(row(base)).startswith("+100 %")
