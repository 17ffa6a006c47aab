"""The procedure of Hoad, Robinson and Davies against answers that can be counted by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.comparison import compare_frames, headline_half_width
from revsim.analysis.cube import cube_of
from revsim.analysis.precision import FEWEST, MOST_GROWTH, Rule, ahead, half_width, headline_path, rule_of, step
from revsim.analysis.variance import covariance
from tests.analysis.synthetic import study
from tests.analysis.test_variance import cube_of_errors


def test_the_look_ahead_is_five_up_to_a_hundred_and_grows_behind() -> None:
    rule = Rule(0.1, 10, 1000)
    assert [ahead(rule, count) for count in (3, 50, 100, 101, 200, 1000)] == [5, 5, 5, 6, 10, 50]


def test_the_first_count_that_stays_narrow_is_the_solution() -> None:
    found = step(lambda count: 1.0 / count, 30, Rule(0.05, 3, 1000))
    assert found == (20, 30)


def test_a_count_that_is_lost_within_the_look_ahead_is_none() -> None:
    # narrow at 10 to 14, wide at 15, narrow again from 16: the sixth of the look-ahead spoils the first
    half = lambda count: 0.2 if count == 15 or count < 10 else 0.04  # noqa: E731
    assert step(half, 40, Rule(0.05, 3, 1000)).solution == 16
    assert step(lambda count: 0.2 if count == 16 or count < 10 else 0.04, 40, Rule(0.05, 3, 1000)).solution == 10


def test_a_narrow_interval_is_not_believed_before_its_look_ahead_is_run() -> None:
    assert step(lambda _: 0.01, 12, Rule(0.05, 10, 1000)) == (None, 15)
    assert step(lambda _: 0.01, 15, Rule(0.05, 10, 1000)).solution == 10


def test_nothing_is_judged_below_the_fewest() -> None:
    assert step(lambda _: 0.01, 100, Rule(0.05, 60, 1000)).solution == 60


def test_the_next_step_is_where_half_widths_like_one_over_root_n_meet_the_wish() -> None:
    # 0.2 at 50 wants 50 x (0.2 / 0.1414)^2 = 100, and its look-ahead of five
    assert step(lambda count: 0.2 * (50 / count) ** 0.5, 50, Rule(0.2 * 0.5**0.5, 10, 1000)).goal in (105, 107)
    assert step(lambda _: 1.0, 50, Rule(0.01, 10, 1000)).goal == pytest.approx(50 * MOST_GROWTH, abs=10)


def test_a_step_never_goes_beyond_the_cap_and_the_cap_needs_no_look_ahead() -> None:
    assert step(lambda _: 1.0, 50, Rule(0.01, 10, 60)) == (None, 60)
    assert step(lambda count: 1.0 / count, 20, Rule(0.05, 3, 20)).solution == 20


def test_without_an_interval_the_study_goes_on() -> None:
    found = step(lambda _: float("nan"), 20, Rule(0.05, 3, 1000))
    assert found.solution is None
    assert found.goal > 20


@pytest.mark.parametrize("seed", range(5))
def test_the_solution_does_not_depend_on_the_steps(seed: int) -> None:
    rng, rule = np.random.default_rng(seed), Rule(0.1, 5, 400)
    noise = rng.lognormal(sigma=0.1, size=401)
    half = lambda count: noise[count] / count**0.5  # noqa: E731
    one_by_one = next(found for have in range(5, 401) if (found := step(half, have, rule).solution) is not None)
    have, path = 5, [5]
    while (found := step(half, have, rule)).solution is None:
        have = found.goal
        path.append(have)
    assert found.solution == one_by_one
    assert all(later > earlier for earlier, later in pairwise(path))


def test_a_rule_begins_at_the_fewest_unless_more_are_asked_for_or_the_cap_is_lower() -> None:
    assert [rule_of(0.1, *given).fewest for given in ((5, 2000), (200, 2000), (5, 8))] == [FEWEST, 200, 8]


def test_the_half_width_of_all_is_the_reports_and_that_of_the_first_is_of_the_first_alone() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 40, common=False)
    path = headline_path(cube_of(quarters, weeks, ["a", "b"]), 0)
    some = [frame[frame["replication"] < 25] for frame in (quarters, weeks)]
    for count, frames in ((40, (quarters, weeks)), (25, some)):
        comparison = compare_frames(*frames, ["a", "b"], "a", "USD")
        relative = comparison.row(1, "forecast_variance_week_7").relative
        assert path(count) == headline_half_width(comparison) == pytest.approx((relative.high - relative.low) / 2)


@pytest.mark.parametrize("names", [["a", "b", "nothing"], ["a", "nothing", "b"], ["nothing", "a", "b"]])
def test_a_scenario_without_bookings_has_no_half_width_wherever_it_stands(names: list[str]) -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1, "nothing": 0.1}, 40, common=False)
    quarters.loc[quarters["scenario"] == "nothing", "bookings"] = 0.0
    assert np.isnan(headline_path(cube_of(quarters, weeks, names), names.index("a"))(40))


def test_a_headline_that_is_empty_says_why() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 40, common=False)
    own, last = quarters["scenario"] == "b", quarters["quarter"] == quarters["quarter"].max()
    quarters.loc[own & last, "bookings"] = 0.0
    row = compare_frames(quarters, weeks, ["a", "b"], "a", "USD").row(1, "forecast_variance_week_7")
    assert "1 quarter of" in row.note
    quarters.loc[own, "bookings"] = 0.0
    row = compare_frames(quarters, weeks, ["a", "b"], "a", "USD").row(1, "forecast_variance_week_7")
    assert np.isnan(row.level.estimate)
    assert "nothing is booked in any quarter" in row.note


@pytest.mark.parametrize(
    ("half", "have", "goal"),
    [
        (float("nan"), 20, 35),  # half as many again, and five
        (float("inf"), 20, 35),
        (0.12, 50, 77),  # 1.44 times as many
        (0.2, 50, 158),  # not four times as many but three, and a look-ahead of 7.5
        (0.2, 9, 15),  # before the fewest of ten nothing is forecast
        (0.2, 10, 35),
    ],
)
def test_the_goal_is_what_the_half_width_forecasts_and_its_look_ahead(half: float, have: int, goal: int) -> None:
    assert step(lambda _: half, have, Rule(0.1, 10, 1000)) == (None, goal)


def test_a_rule_s_fewest_is_fifty() -> None:
    assert rule_of(0.1, 5, 2000) == Rule(0.1, 50, 2000, 5)


def test_a_wish_is_met_by_just_so_much() -> None:
    assert step(lambda _: 0.1, 15, Rule(0.1, 10, 1000)) == (10, 15)


def test_a_scenario_alone_has_the_half_width_of_its_level_and_one_that_never_errs_none() -> None:
    """Errors of one unit either way, 40 of them at 100: of V leave-one-out values all alike."""
    sign = np.tile([1.0, -1.0], 20)[:, None] * np.ones((1, 3))
    cube = cube_of_errors([sign], [100.0])
    assert headline_path(cube, 0)(40) == pytest.approx(0.0, abs=1e-9)
    error = np.random.default_rng(1).normal(size=(40, 3))
    level = interval.of_variance(covariance(error[:30], error[:30], np.full((30, 3), 100.0)))
    assert headline_path(cube_of_errors([error], [100.0]), 0)(30) == pytest.approx(level.half / level.estimate)
    assert np.isnan(headline_path(cube_of_errors([0.0 * sign], [100.0]), 0)(40))


def test_of_several_effects_the_widest_counts() -> None:
    rng = np.random.default_rng(5)
    base, free = rng.normal(size=(2, 40, 4))
    near, far = 0.5 * base + 0.05 * free, free
    cubes = [cube_of_errors(errors, [100.0] * len(errors)) for errors in ([base, near], [base, far], [base, near, far])]
    one, other, both = (headline_path(cube, 0)(40) for cube in cubes)
    assert one < other
    assert both == other
    assert half_width(cubes[2], 0) == both


@pytest.mark.parametrize(("have", "most", "found"), [(14, 1000, (None, 15)), (12, 14, (None, 14)), (14, 14, (10, 14))])
def test_no_more_is_looked_at_than_there_is_and_no_goal_lies_beyond_the_cap(
    have: int, most: int, found: tuple[int | None, int]
) -> None:
    assert step(lambda _: 0.01, have, Rule(0.05, 10, most)) == found
