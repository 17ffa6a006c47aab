"""Cells of the worlds page that have no number."""

from __future__ import annotations

from math import nan

from revsim.reports.parts import worlds


def test_a_share_that_nothing_tells_is_a_dash() -> None:
    assert worlds._share(nan, nan, nan) == worlds._q(nan) == worlds.DASH
    assert worlds._share(0.5, nan, nan) == "50 %"
    assert worlds._share(0.5, 0.4, 0.6) == "50 % (40 to 60)"
