"""A measure that is not there is answered with one that is."""

from __future__ import annotations

import pytest

from revsim.analysis.gains import check_measure
from revsim.errors import UserError


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("booking", "Did you mean `bookings`"),
        ("leaks", "Did you mean `cycle_days`?"),  # 8 of 15 letters
        ("variance", "Did you mean `tolerance` or `orphaned` or `forecast_variance_week_7`?"),
        ("sales", "Ask e.g. for"),
        ("foo", "Ask e.g. for `forecast_variance_week_7` or `bookings`."),
    ],
)
def test_an_unknown_measure_names_one_and_ends_without_a_blank(given: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        check_measure(given)
    assert words in str(caught.value)
    assert all(line == line.rstrip() for line in str(caught.value).splitlines())
