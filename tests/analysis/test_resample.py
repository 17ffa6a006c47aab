"""Resamples that several measures ask for."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.resample import counts, picks


def test_the_same_resamples_are_made_once_and_nobody_can_write_into_them() -> None:
    found = counts(7, (3, 9))
    assert counts(7, (3, 9)) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0, 0] = 1.0


def test_counts_say_how_often_each_replication_is_picked() -> None:
    wanted = [np.bincount(taken, minlength=7) for taken in picks(7, (3, 9))]
    np.testing.assert_array_equal(counts(7, (3, 9)), wanted)
