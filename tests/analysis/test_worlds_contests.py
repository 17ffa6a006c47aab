"""Who wins a world, how often over worlds, and what it costs to have chosen another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from revsim.analysis.cube import Cube, cube_of
from revsim.analysis.interval import Interval
from revsim.analysis.patterns import Pattern, own_patterns
from revsim.analysis.worlds.contests import (
    BOOKINGS,
    COMMON,
    COST,
    LOSES,
    NET,
    NETS,
    NEW_NET,
    SWING,
    SWING_COMMON,
    UNDECIDED,
    UNJUDGED,
    VARIANCE,
    WINS,
    Contest,
    contests,
    levels,
    word_of,
)
from revsim.analysis.worlds.history import misfit
from revsim.analysis.worlds.shares import best, shares, wilson
from revsim.analysis.worlds.table import Names, Seen, contest_rows, level_rows, look
from tests.analysis.synthetic import frame, study, tables

NAMES = Names(("A", "B", "C"), "A", lambda name, world: f"w{world:04d} {name}")


def cube(
    errors: dict[str, float], *, common: bool = True, seed: int = 1, costs: dict[str, float] | None = None
) -> Cube:
    quarters, weeks = study(errors, replications=40, seed=seed, common=common)
    if costs is not None:
        noise = 0.01 * np.random.default_rng(seed).standard_normal(len(quarters))
        quarters["remedy_cost_design"] = quarters["scenario"].map(costs) + noise
        quarters["remedy_cost_coordination"] = 0.0
    return cube_of(quarters, weeks, list(errors))


def word(found: list[Contest], own: str, rival: str, criterion: str) -> str:
    (one,) = (each for each in found if each[:3] == (own, rival, criterion))
    return one.word


def test_half_the_error_on_the_same_luck_wins_on_both_variances_and_is_a_quarter_of_it() -> None:
    found = list(contests(cube({"A": 0.2, "B": 0.1}), 0))
    assert [word(found, "B", "A", criterion) for criterion in (VARIANCE, COMMON)] == [WINS, WINS]
    assert found[0].effect.estimate == pytest.approx(-0.75)


def test_equal_scenarios_are_undecided_on_everything() -> None:
    found = list(contests(cube({"A": 0.2, "B": 0.2, "C": 0.2}), 0))
    assert {each.word for each in found if each.criterion not in (COST, *NETS)} == {UNDECIDED}
    assert {each.word for each in found if each.criterion in NETS} == {UNJUDGED}  # nothing says what the margin is


def test_turning_a_contest_round_turns_its_word_round() -> None:
    found = list(contests(cube({"A": 0.2, "B": 0.1, "C": 0.3}), 0))
    turned = list(contests(cube({"A": 0.2, "C": 0.3, "B": 0.1}), 0))
    assert (word(found, "C", "B", VARIANCE), word(turned, "B", "C", VARIANCE)) == (LOSES, WINS)


def test_noise_wins_no_more_often_than_its_interval_says() -> None:
    # 60 pairs at 5 %: more than 9 alarms has probability 0.002 by chance
    alarms = sum(
        word(list(contests(cube({"A": 0.2, "B": 0.2}, common=False, seed=seed), 0)), "B", "A", VARIANCE) != UNDECIDED
        for seed in range(60)
    )
    assert alarms <= 9


def test_selling_more_wins_on_bookings_alone() -> None:
    quarters, weeks = study({"A": 0.2, "B": 0.2}, replications=40)
    more = quarters["scenario"] == "B"
    quarters.loc[more, "bookings"] += 5.0
    weeks.loc[weeks["scenario"] == "B", "forecast"] += 5.0
    found = list(contests(cube_of(quarters, weeks, ["A", "B"]), 0))
    assert word(found, "B", "A", BOOKINGS) == WINS
    assert word(found, "B", "A", COMMON) == UNDECIDED
    assert next(each for each in found if each.criterion == BOOKINGS).effect.estimate == pytest.approx(5.0)


def test_net_value_is_the_margin_of_what_more_is_sold_less_what_more_is_paid() -> None:
    """5 more of bookings and 4 more of renewals at a margin of a half, for 1 more of a remedy's cost."""
    quarters, weeks = study({"A": 0.2, "B": 0.2}, replications=40)
    more = quarters["scenario"] == "B"
    for column, gain in (("bookings", 5.0), ("renewed_value", 4.0), ("remedy_cost_design", 1.0)):
        quarters.loc[more, column] += gain
    found = {each.criterion: each for each in contests(cube_of(quarters, weeks, ["A", "B"])._replace(margin=0.5), 0)}
    assert found[NEW_NET].effect.estimate == pytest.approx(1.5)
    assert found[NET].effect.estimate == pytest.approx(3.5)
    assert {found[NEW_NET].word, found[NET].word} == {WINS}


def test_a_dear_remedy_that_brings_nothing_loses_on_net_value_alone() -> None:
    quarters, weeks = study({"A": 0.2, "B": 0.2}, replications=40)
    quarters.loc[quarters["scenario"] == "B", "remedy_cost_design"] += 1.0
    found = list(contests(cube_of(quarters, weeks, ["A", "B"])._replace(margin=0.5), 0))
    assert {each.criterion for each in found if each.word == LOSES} == {NEW_NET, NET}


def test_bookings_pulled_half_way_to_their_mean_swing_half_as_much() -> None:
    quarters, weeks = study({"A": 0.2, "B": 0.2}, replications=40)
    is_b = quarters["scenario"] == "B"
    own = quarters[is_b].groupby("replication")["bookings"].transform("mean")
    quarters.loc[is_b, "bookings"] = 0.5 * (quarters.loc[is_b, "bookings"] + own)
    found = {each.criterion: each for each in contests(cube_of(quarters, weeks, ["A", "B"]), 0)}
    assert found[SWING].effect.estimate == pytest.approx(-0.5)
    assert found[SWING_COMMON].effect.estimate == pytest.approx(-0.5)
    assert {found[SWING].word, found[SWING_COMMON].word} == {WINS}


def test_the_price_of_a_point_is_added_cost_over_percentage_points_removed() -> None:
    _, b = levels(cube({"A": 0.2, "B": 0.1}, costs={"A": 1.0, "B": 4.0}), 0)
    assert b.added_cost == pytest.approx(3.0, abs=0.01)
    assert b.cost_per_point == pytest.approx(3.0 / 75.0, abs=0.001)


def test_what_removes_no_variance_has_no_price_of_a_point() -> None:
    _, b = levels(cube({"A": 0.2, "B": 0.3}, costs={"A": 1.0, "B": 4.0}), 0)
    assert np.isnan(b.cost_per_point)


def test_a_remedy_that_removes_half_a_point_has_a_price_and_one_that_removes_nothing_has_none() -> None:
    """Errors of .1995, of .2 and of 0 beside .2: .499375 points, none and 100 for 1 more."""
    same, little, all_ = (cube({"A": 0.2, "B": error}, costs={"A": 1.0, "B": 2.0}) for error in (0.2, 0.1995, 0.0))
    assert [np.isnan(level.cost_per_point) for level in levels(same, 0)] == [True, True]
    assert levels(little, 0)[1].cost_per_point == pytest.approx(1.0 / 0.499375, rel=0.01)
    assert levels(all_, 0)[1].cost_per_point == pytest.approx(0.01, rel=0.01)


def test_against_a_baseline_that_never_errs_nothing_has_a_price() -> None:
    found = levels(cube({"A": 0.0, "B": 0.2}, costs={"A": 1.0, "B": 2.0}), 0)
    assert found[0].variance == 0.0
    assert [np.isnan(level.cost_per_point) for level in found] == [True, True]


def test_a_price_is_compared_as_the_difference_of_costs_of_a_point() -> None:
    """75 points for 2 against 50 for 3: 3 / 50 - 2 / 75 more a point; the other way round as much less."""
    costs = {"A": 1.0, "B": 3.0, "C": 4.0}
    found = list(contests(cube({"A": 0.2, "B": 0.1, "C": np.sqrt(0.02)}, costs=costs), 0))
    (one,) = (each for each in found if each.criterion == COST)
    assert (one.own, one.rival) == ("C", "B")
    assert one.effect.estimate == pytest.approx(3.0 / 50.0 - 2.0 / 75.0, abs=1e-3)
    assert one.effect.low < one.effect.estimate < one.effect.high < 0.1


def test_a_difference_of_prices_is_as_wide_as_the_costs_beside_each_other() -> None:
    """Beyond 1, B costs 1 +- .1 for 75 points and C 2 +- .3 for 50: 2 / 50 - 1 / 75 +- (.3 / 50 - .1 / 75)."""
    quarters, weeks = study({"A": 0.2, "B": 0.1, "C": np.sqrt(0.02)}, 40)
    sign = 1.0 - 2.0 * (quarters["replication"] % 2)
    paid, varied = ({"A": 1.0, "B": 2.0, "C": 3.0}, {"A": 0.0, "B": 0.1, "C": 0.3})
    quarters["remedy_cost_design"] = quarters["scenario"].map(paid) + sign * quarters["scenario"].map(varied)
    quarters["remedy_cost_coordination"] = 0.0
    (one,) = (each for each in contests(cube_of(quarters, weeks, ["A", "B", "C"]), 0) if each.criterion == COST)
    assert one.effect.estimate == pytest.approx(2.0 / 50.0 - 1.0 / 75.0)
    half = t.ppf(0.975, 39) * (0.3 / 50.0 - 0.1 / 75.0) / np.sqrt(39.0)
    assert one.effect.half == pytest.approx(half)
    assert one.word == LOSES


def test_the_variance_of_a_world_is_that_of_mid_quarter() -> None:
    quarters, weeks = study({"A": 0.2, "B": 0.1}, 10)
    middle = weeks[(weeks["week"] == 7) & (weeks["scenario"] == "B")]["forecast"].to_numpy()
    sold = quarters[quarters["scenario"] == "B"]["bookings"].to_numpy()
    away, level = ((middle - sold).reshape(10, 4), sold.reshape(10, 4).mean(axis=0))
    _, own = levels(cube_of(quarters, weeks, ["A", "B"]), 0)
    assert own.variance == pytest.approx((away.var(axis=0, ddof=1) / level**2).mean())
    assert own.bookings == pytest.approx(sold.mean())


def test_each_pair_is_judged_once_and_a_price_only_beside_another_remedy() -> None:
    found = list(contests(cube({"A": 0.2, "B": 0.1, "C": 0.3}), 1))
    plain = [VARIANCE, COMMON, SWING, SWING_COMMON, BOOKINGS, NEW_NET, NET]
    assert [each[:3] for each in found] == [
        *(("A", "B", what) for what in plain),
        *(("C", "B", what) for what in plain),
        *(("C", "A", what) for what in (*plain, COST)),
    ]


@pytest.mark.parametrize(
    ("errors", "costs", "expected"),
    [
        ((0.1, 0.1), (2.0, 4.0), LOSES),  # as much for twice the money
        ((0.1, 0.1), (4.0, 2.0), WINS),
        ((0.19, 0.1), (2.0, 4.0), WINS),  # ten points for 2, 75 for 4
        ((0.1, 0.25), (2.0, 1.0), LOSES),  # a remedy that adds variance is no bargain at any price
        ((0.25, 0.3), (2.0, 1.0), UNJUDGED),  # neither removes any: there is no price
        ((0.1, 0.1), (2.0, 2.0), UNDECIDED),
        ((0.2, 0.1), (2.0, 9.0), WINS),  # what is the baseline to the digit removes nothing for its money
    ],
)
def test_the_cheaper_point_wins(errors: tuple[float, float], costs: tuple[float, float], expected: str) -> None:
    found = cube({"A": 0.2, "B": errors[0], "C": errors[1]}, costs={"A": 0.0, "B": costs[0], "C": costs[1]})
    assert word(list(contests(found, 0)), "C", "B", COST) == expected


@pytest.mark.parametrize(
    ("low", "high", "higher", "expected"),
    [
        (0.1, 0.3, True, WINS),
        (0.1, 0.3, False, LOSES),
        (-0.1, 0.3, True, UNDECIDED),
        (np.nan, np.nan, True, UNJUDGED),
    ],
)
def test_a_word_is_clear_only_where_the_interval_is(low: float, high: float, *, higher: bool, expected: str) -> None:
    assert word_of(Interval(0.2, low, high), higher=higher) == expected


def worlds_of(errors: list[dict[str, float]], drop: tuple[str, ...] = ()) -> list[Seen]:
    """Judged worlds whose scenarios have these errors."""
    parts = []
    for world, one in enumerate(errors, start=1):
        for name, error in one.items():
            called = f"w{world:04d} {name}"
            if called not in drop:
                quarter, week = tables(np.random.default_rng(world), (12, 3), error)
                parts.append((frame(called, quarter), frame(called, week)))
    quarters, weeks = (pd.concat(some, ignore_index=True) for some in zip(*parts, strict=True))
    return look(quarters.assign(installed_value=1.0), weeks, len(errors), NAMES)


def test_regret_is_zero_for_the_best_and_the_gap_of_spreads_for_the_others() -> None:
    rows = level_rows(worlds_of([{"A": 0.2, "B": 0.1, "C": 0.3}])).set_index("scenario")
    spread = np.sqrt(rows["variance"])
    assert rows["regret_spread"].to_dict() == pytest.approx((spread - spread["B"]).to_dict())
    assert rows["regret_spread"]["B"] == 0.0


def test_a_world_that_lacks_a_scenario_s_rows_is_not_judged_and_the_others_are() -> None:
    seen = worlds_of([{"A": 0.2, "B": 0.1, "C": 0.3}] * 2, drop=("w0001 C",))
    assert [one.replications for one in seen] == [0, 12]
    assert set(contest_rows(seen)["world"]) == {2}


def test_shares_count_words_and_leave_out_what_is_not_judged() -> None:
    rows = pd.DataFrame(
        [("B", "A", VARIANCE, -0.1, -0.2, 0.1, one) for one in (WINS, WINS, LOSES, UNDECIDED, UNJUDGED)],
        columns=["scenario", "against", "criterion", "estimate", "low", "high", "word"],
    )
    (found,) = shares(rows).to_dict("records")
    assert (found["worlds"], found["wins"], found["loses"], found["undecided"]) == (4, 2, 1, 1)
    assert found["wins_share"] == 0.5


def test_ahead_counts_estimates_clear_or_not_on_the_criterion_s_better_side() -> None:
    rows = [
        ("B", "A", what, estimate, -9.0, 9.0, UNDECIDED) for what in (VARIANCE, BOOKINGS) for estimate in (-1, -1, 1)
    ]
    columns = ["scenario", "against", "criterion", "estimate", "low", "high", "word"]
    found = shares(pd.DataFrame(rows, columns=columns)).set_index("criterion")
    assert found["ahead"].round(6).to_dict() == {VARIANCE: 0.666667, BOOKINGS: 0.333333}


@pytest.mark.parametrize("criterion", NETS)
def test_more_net_value_is_ahead(criterion: str) -> None:
    rows = [("B", "A", criterion, estimate, UNDECIDED) for estimate in (-1.0, 2.0, 3.0, 1.0)]
    assert shares(contest_frame(*rows))["ahead"].tolist() == [0.75]


def test_wilson_s_interval_is_the_published_one() -> None:
    # 81 of 263, Newcombe 1998, table I, method 3
    found = wilson(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_ties_for_the_best_are_shared_and_sum_to_all_worlds() -> None:
    rows = pd.DataFrame(
        {
            "world": [1, 1, 2, 2],
            "scenario": ["A", "B"] * 2,
            "variance": [0.1, 0.1, 0.3, 0.2],
            "bookings": [5.0, 4.0, 5.0, 6.0],
            "regret_spread": 0.0,
            "regret_bookings": 0.0,
        }
    )
    found = best(rows).set_index("scenario")
    assert found["best_variance"].to_dict() == {"A": 0.5, "B": 1.5}
    assert found["best_bookings_share"].to_dict() == {"A": 0.5, "B": 0.5}


def contest_frame(*rows: tuple[str, str, str, float, str]) -> pd.DataFrame:
    """Scenario, against, criterion, estimate and word of each."""
    frame_ = pd.DataFrame(rows, columns=["scenario", "against", "criterion", "estimate", "word"])
    return frame_.assign(world=range(len(rows)), low=-9.0, high=9.0)


def test_an_estimate_of_nothing_is_ahead_of_nobody_and_a_price_never_is() -> None:
    signs = [(what, estimate) for what in (VARIANCE, BOOKINGS, COST) for estimate in (0.0, 0.5, -0.5, -0.5, 0.5, 0.5)]
    found = shares(contest_frame(*(("B", "A", what, estimate, UNDECIDED) for what, estimate in signs)))
    assert found["ahead"].tolist()[:2] == pytest.approx([2.0 / 6.0, 3.0 / 6.0])
    assert found.loc[2, ["ahead", "ahead_low", "ahead_high"]].isna().all()


def test_contests_stand_in_the_order_in_which_they_come_and_unjudged_ones_have_no_shares() -> None:
    found = shares(contest_frame(("C", "A", VARIANCE, 0.5, UNJUDGED), ("B", "C", VARIANCE, -1.0, WINS)))
    assert found["scenario"].tolist() == ["C", "B"]
    assert found["worlds"].tolist() == [0, 1]
    assert found["wins_share"].isna().tolist() == [True, False]


def test_the_best_of_all_worlds_is_counted_with_wilson_s_ends_and_regrets() -> None:
    """B, first in the list, is lowest in world 1, as low as A in world 2 (1.5 of 3), and sells most in world 3."""
    rows = pd.DataFrame(
        {
            "world": [1, 1, 2, 2, 3, 3],
            "scenario": ["B", "A"] * 3,
            "variance": [0.1, 0.2, 0.2, 0.2, np.nan, np.nan],
            "bookings": [4.0, 5.0, 5.0, 6.0, 9.0, 7.0],
            "regret_spread": [0.0, 0.3, 0.0, 0.0, 0.3, 0.0],
            "regret_bookings": [1.0, 0.0, 1.0, 0.0, 0.0, 2.0],
        }
    )
    found = best(rows)
    assert found["scenario"].tolist() == ["B", "A"]
    own, other = found.to_dict("records")
    assert (own["worlds"], own["best_variance"], own["best_variance_share"]) == (3, 1.5, 0.5)
    assert (other["best_variance"], other["best_bookings"], own["best_bookings"]) == (0.5, 2.0, 1.0)
    # two of three, and none of three
    assert (own["best_variance_low"], own["best_variance_high"]) == pytest.approx((0.2077, 0.9385), abs=1e-4)
    assert (other["best_variance_low"], other["best_variance_high"]) == pytest.approx((0.0, 0.5615), abs=1e-4)
    assert (own["mean_regret_spread"], own["largest_regret_spread"]) == pytest.approx((0.1, 0.3))
    assert (own["mean_regret_bookings"], own["largest_regret_bookings"]) == pytest.approx((2.0 / 3.0, 1.0))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (Pattern("x", 0.15, 0.25, "share", 0.2), 0.0),
        (Pattern("x", 0.15, 0.25, "share", 0.25), 0.0),
        (Pattern("x", 0.15, 0.25, "share", 0.30), 0.5),
        (Pattern("x", 0.15, 0.25, "share", 0.05), 1.0),
        (Pattern("x", 0.0, 0.0, "spans", 1.0), 0.5),
        (Pattern("x", 0.0, 1.0, "share", float("nan")), float("inf")),
    ],
)
def test_misfit_is_the_distance_outside_a_range_in_its_widths(pattern: Pattern, expected: float) -> None:
    assert misfit(pattern) == pytest.approx(expected)


def test_a_baseline_s_own_patterns_are_those_that_need_no_other_run() -> None:
    quarters, weeks = study({"A": 0.2})
    found = own_patterns(quarters.assign(installed_value=1.0), weeks)
    assert len(found) == 17
    assert found[0].value == pytest.approx(quarters["won"].mean())
