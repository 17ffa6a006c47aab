"""A remedy that is renewed: its weeks become quarters, and each renewal begins anew."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.path import Path
from revsim.analysis.time_to_effect import TIMED, Timing, _timing

BOOKINGS = next(timed for timed in TIMED if timed.measure == "bookings")


def timed(gains: list[float], plan: tuple[int, float], better: str = "higher") -> Timing:
    """Of twenty replications and fifty resamples that are all alike."""
    whole = np.array(gains)
    path = Path(whole, np.tile(whole, (20, 1)), np.tile(whole, (50, 1)))
    return _timing("s", BOOKINGS._replace(better=better), path, plan)


def life(one: Timing) -> float:
    assert one.fade is not None
    return one.fade.half_life.estimate


def test_renewals_in_weeks_are_told_in_quarters() -> None:
    """Every 26 weeks anew, and halved a quarter later."""
    assert life(timed([4.0, 2.0] * 4, (1, 26.0))) == pytest.approx(1.0, rel=0.01)
    assert life(timed([4.0, 2.0] * 4, (1, 0.0))) > 2.0
    assert life(timed([-4.0, -2.0] * 4, (1, 26.0), "lower")) == pytest.approx(1.0, rel=0.01)


@pytest.mark.parametrize(("begins", "first"), [(1, 0), (3, 2), (8, 7), (20, 7)])
def test_fading_is_looked_at_from_the_quarter_in_which_the_remedy_begins(begins: int, first: int) -> None:
    one = timed([0.0, 0.0, 8.0, 4.0, 2.0, 1.0, 0.5, 0.25], (begins, 0.0))
    assert one.first == first
    assert len(one.effects) == len(one.running) == 8
    assert one.running[3].estimate == 12.0
    if begins == 3:
        assert one.fade is not None
        assert (one.fade.peak_at, life(one)) == (1, pytest.approx(1.0, rel=0.01))
