"""Numbers in words: a probability is never certain, an interval without width is not written."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.comparison import compare_frames
from revsim.analysis.interval import Interval
from revsim.analysis.phrases import change_words
from revsim.analysis.table import effect_words
from revsim.analysis.words import bracket, chance
from tests.analysis.synthetic import study


@pytest.mark.parametrize("draws", [2_000, 10_000, 1_000_000])
@pytest.mark.parametrize(
    ("share", "words"), [(1.0, ">99.9 %"), (0.99951, ">99.9 %"), (0.0, "<0.1 %"), (0.0004, "<0.1 %"), (0.997, "99.7 %")]
)
def test_no_chance_is_shown_as_certain_however_many_draws_there_are(share: float, words: str, draws: int) -> None:
    assert chance(share, draws) == words


def test_no_share_of_2000_draws_is_written_as_100_or_0_percent() -> None:
    said = {chance(count / 2_000, 2_000) for count in range(2_001)}
    assert not said & {"100.0 %", "100 %", "0.0 %", "0 %"}


def test_an_interval_whose_ends_are_the_same_as_written_is_left_out() -> None:
    assert bracket("1", "2") == " [1, 2]"
    assert bracket("1", "1") == bracket("n/a", "2") == ""
    assert change_words(Interval(-0.4, -0.5, -0.3)) == "-40.0 % (95 % interval -50.0 % to -30.0 %)"
    assert change_words(Interval(0.0, 0.0, 0.0)) == "0 %"
    assert change_words(Interval(0.1, np.nan, np.nan)) == "+10.0 % (no interval)"


def test_the_table_has_no_bracket_around_one_number() -> None:
    row = compare_frames(*study({"a": 0.2, "b": 0.2}), ["a", "b"], "a", "USD").row(1, "bookings")
    assert effect_words(row) == "0"
    assert effect_words(row._replace(effect=Interval(121_000.0, 120_996.0, 121_004.0))) == "+121k"
    assert effect_words(row._replace(effect=Interval(100.0, 50.0, 150.0))) == "+100 [+50, +150]"
