"""The middle of a set: what stays, what moves and to where, shares that sum to 1, the nearest member."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.analysis.worlds.medians import Middle, middle_rows, middles, nearest, sign_test, summing_to_one


def one(values: list[float] | np.ndarray, value: float, *, whole: bool = False) -> Middle:
    (found,) = middles(pd.DataFrame({"x": values}), {"x": value}, ["x"] if whole else [])
    return found


def test_the_interval_of_a_median_is_by_the_binomial() -> None:
    """Of 100 the 40th and the 61st (their interval holds at least 95 %: a table of the sign test)."""
    found = one(np.arange(1.0, 101.0), 50.0)
    assert (found.low, found.median, found.high) == (40.0, 50.5, 61.0)


def test_a_value_that_may_be_the_median_stays_as_it_is_written() -> None:
    """Of 100, 39 on one side have p = 0.035 (a table of the sign test), 40 have 0.057."""
    values = np.arange(1.0, 101.0)
    assert not one(values, 40.5).moves
    assert not one(values, 60.5).moves
    assert one(values, 39.5).moves
    assert sign_test(values, 39.5) == pytest.approx(0.0352, abs=1e-4)
    assert sign_test(values, 40.5) == pytest.approx(0.0569, abs=1e-4)


def test_a_value_that_half_of_the_members_keep_is_their_median() -> None:
    assert sign_test(np.array([0.0] * 50 + list(np.linspace(0.1, 1.0, 50))), 0.0) == 1.0


def test_among_many_numbers_one_that_is_barely_off_stays_and_one_that_is_far_off_moves() -> None:
    values = np.arange(1.0, 101.0)
    members = pd.DataFrame({f"x{place}": values for place in range(50)})
    wanted = dict.fromkeys(members, 50.5) | {"x0": 39.5, "x1": 2.5}
    assert [middle.address for middle in middles(members, wanted, []) if middle.moves] == ["x1"]
    alone = middles(members, wanted, [], each_alone=True)
    assert [middle.address for middle in alone if middle.moves] == ["x0", "x1"]


def test_what_moves_has_two_digits_or_three_where_two_would_leave_the_interval() -> None:
    assert one(np.linspace(1.0, 2.0, 101), 5.0).new == 1.5
    assert one(np.linspace(1.2300, 1.2390, 101), 5.0).new == 1.23
    assert one(np.linspace(1_000.0, 2_000.0, 101), 5.0).new == 1_500.0


def test_whole_numbers_stay_whole() -> None:
    assert one([20, 21, 23, 24, 25, 26, 27] * 9, 40, whole=True).new == 24


def test_of_many_numbers_whose_median_is_the_file_s_none_moves_in_most_sets() -> None:
    """Any moves in at most 5 % of sets; 40 sets: six or more would be a false alarm of 1 in 70 (seeded)."""
    rng = np.random.default_rng(11)
    names = [f"x{place}" for place in range(60)]
    wanted = dict.fromkeys(names, 3.0)
    moved = sum(
        any(
            middle.moves for middle in middles(pd.DataFrame(rng.normal(3.0, 1.0, (100, 60)), columns=names), wanted, [])
        )
        for _ in range(40)
    )
    assert moved < 6


shares = st.lists(st.floats(0.05, 1.0), min_size=2, max_size=6)


@given(shares)
def test_shares_of_a_whole_sum_to_one_at_two_decimals(values: list[float]) -> None:
    found = [Middle(str(place), 9.0, value, value, value, value) for place, value in enumerate(values)]
    new = [middle.new for middle in summing_to_one(found, [str(place) for place in range(len(values))])]
    assert sum(new) == pytest.approx(1.0, abs=1e-12)
    total = sum(values)
    assert all(abs(share - value / total) < 0.01 + 1e-12 for share, value in zip(new, values, strict=True))


def test_shares_none_of_which_moves_are_left() -> None:
    found = [Middle("a", 0.401, 0.4, 0.3, 0.5, 0.401), Middle("b", 0.599, 0.6, 0.5, 0.7, 0.599)]
    assert summing_to_one(found, ["a", "b"]) == found


def test_the_nearest_member_is_that_with_the_least_distance_in_spreads() -> None:
    members = pd.DataFrame({"x": [0.0, 1.0, 2.0, 3.0, 4.0], "y": [50.0, 0.0, 100.0, 60.0, 55.0], "z": [7.0] * 5})
    found = middles(members, {"x": 2.0, "y": 55.0, "z": 7.0}, [])
    assert nearest(members, found) == 3
    assert middle_rows(found).columns.tolist() == ["address", "value", "median", "low", "high", "new", "moves"]
