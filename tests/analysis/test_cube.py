"""Frames as arrays: what is copied, and which columns are read at all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from revsim.analysis.comparison import WEEKLY, compare_frames, paired
from revsim.analysis.cube import common_replications, cube_of
from tests.analysis.synthetic import study


def test_a_table_in_order_is_not_copied_and_a_shuffled_one_gives_the_same_cube() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 6)
    cube = cube_of(quarters, weeks, ["a", "b"])
    assert np.shares_memory(cube.weekly["forecast"], weeks["forecast"].to_numpy())
    shuffled = cube_of(quarters.sample(frac=1, random_state=1), weeks.sample(frac=1, random_state=2), ["a", "b"])
    for one, other in ((cube.quarterly, shuffled.quarterly), (cube.weekly, shuffled.weekly)):
        for name, values in one.items():
            np.testing.assert_array_equal(values, other[name])


def test_scenarios_stand_in_the_order_that_is_asked_for() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 6, common=False)
    there, back = cube_of(quarters, weeks, ["a", "b"]), cube_of(quarters, weeks, ["b", "a"])
    np.testing.assert_array_equal(there.quarterly["bookings"][0], back.quarterly["bookings"][1])


def test_no_other_weekly_column_is_needed_for_anything_that_is_said() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1, "c": 0.15}, 30)
    names, keys = ["a", "b", "c"], ["scenario", "replication", "quarter", "week"]
    whole = compare_frames(quarters, weeks, names, "a", "USD")
    few = compare_frames(quarters, weeks[[*keys, *WEEKLY]], names, "a", "USD")
    pd.testing.assert_frame_equal(whole.effects(), few.effects())
    assert (whole.verdict, whole.notes) == (few.verdict, few.notes)
    assert set(paired(quarters, weeks, names)[0].weekly) == set(WEEKLY)


def test_frames_that_lack_nothing_are_handed_back_as_they_are() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 3)
    same, also, dropped = common_replications(quarters, weeks)
    assert same is quarters
    assert also is weeks
    assert dropped == 0


def test_replications_that_some_scenario_lacks_are_left_out_of_both_frames_and_counted() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 5)
    gone = (quarters["scenario"] == "b") & quarters["replication"].isin([1, 4])
    same, also, dropped = common_replications(quarters[~gone], weeks)
    assert dropped == 2
    assert [sorted(set(frame["replication"])) for frame in (same, also)] == [[0, 2, 3]] * 2
