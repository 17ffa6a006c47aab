"""A sweep's points in words: the lowest variance is named, and the table is the comparison's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from revsim.analysis.comparison import ONE_COMPANY, compare_cube, paired
from revsim.analysis.grid_words import (
    SHOWN,
    Rivals,
    best_notes,
    compared_words,
    grid,
    lowest_words,
    rivals_words,
    titles,
)
from revsim.analysis.level_groups import Group, GroupedComparison, Members, compare_groups, groups_of, members_of
from revsim.analysis.table import effect_words
from revsim.analysis.variance import HEADLINE
from tests.analysis.synthetic import study


def compared(spreads: dict[str, float], replications: int, baselines: Sequence[int] = ()) -> GroupedComparison:
    """All against the first, unless baselines (positions) say otherwise."""
    cube, dropped = paired(*study(spreads, replications), list(spreads))
    groups = groups_of(baselines or [0] * len(spreads), [0] * len(spreads), has_rivals=bool(baselines))
    ids = [f"p{position}" for position in range(len(spreads))]
    return compare_groups(cube, groups, ids, "USD", dropped, [ONE_COMPANY] * len(groups))


def test_the_point_of_lowest_variance_is_named_with_its_effect() -> None:
    comparison = compared({"m 0": 0.2, "m 1": 0.1, "m 2": 0.15}, 30)
    effect = effect_words(comparison.row(1, HEADLINE))
    assert lowest_words(comparison, [0, 1, 2]) == (
        f"Of 3 points “m 1” has the lowest forecast variance at mid-quarter: {effect} against “m 0”, better."
    )


def test_where_the_first_point_is_lowest_there_is_nothing_to_compare() -> None:
    comparison = compared({"m 0": 0.1, "m 1": 0.2}, 30)
    assert lowest_words(comparison, [0, 1]).endswith("at mid-quarter, the first of them.")


def test_one_replication_has_no_variance_and_that_is_said() -> None:
    comparison = compared({"m 0": 0.1, "m 1": 0.2}, 1)
    assert lowest_words(comparison, [0, 1]) == "Of 2 points none has a forecast variance: it takes more replications."


def test_the_first_row_has_levels_and_the_others_effects_with_their_words() -> None:
    comparison = compared({"m 0": 0.2, "m 1": 0.1}, 30)
    (first, levels), (second, effects) = grid(comparison)
    assert (first, second) == ("m 0", "m 1")
    assert len(levels) == len(effects) == len(titles(comparison))
    assert "of bookings" in levels[0][0]
    assert effects[0] == (effect_words(comparison.row(1, HEADLINE)), "better")
    assert {word for _, word in levels} == {""}


RIVALS = {"a 0": 0.2, "a 1": 0.1, "b 0": 0.1, "b 1": 0.2, "c 0": 0.3, "c 1": 0.3}


def test_rivals_are_compared_with_the_first_scenario_at_their_level_as_in_a_study_of_that_level_alone() -> None:
    comparison = compared(RIVALS, 30, [0, 1, 0, 1, 0, 1])
    effects = comparison.effects()
    assert list(effects.columns)[list(effects.columns).index("better") + 1] == "baseline"
    assert dict(zip(effects["scenario"], effects["baseline"], strict=True)) == {
        "p2": "p0",
        "p3": "p1",
        "p4": "p0",
        "p5": "p1",
    }
    cube, _ = paired(*study(RIVALS, 30), list(RIVALS))
    alone = compare_cube(members_of(cube, [1, 3, 5]), "a 1", "USD")
    assert alone.row(1, HEADLINE) == comparison.row(3, HEADLINE)
    assert (comparison.row(2, HEADLINE).word, comparison.row(3, HEADLINE).word) == ("better", "worse")


def test_the_best_is_asked_among_the_scenarios_of_a_level() -> None:
    comparison = compared(RIVALS, 30, [0, 1, 0, 1, 0, 1])
    best = comparison.best().set_index("scenario")
    assert best["baseline"].to_dict() == {"p0": "p0", "p2": "p0", "p4": "p0", "p1": "p1", "p3": "p1", "p5": "p1"}
    assert best[best["may_be_best"]].index.tolist() == ["p2", "p1"]
    (note,) = best_notes(comparison, ["A", "A", "B", "B", "C", "C"])
    assert "of 2 combinations of levels: “A” at 1, “B” at 1, “C” at 0." in note


def test_rivals_in_words_count_the_levels_at_which_each_is_clearly_apart() -> None:
    comparison = compared(RIVALS, 30, [0, 1, 0, 1, 0, 1])
    one, other = rivals_words(comparison, [Rivals("B", "A", [2, 3]), Rivals("C", "A", [4, 5])])
    assert "of “B” is clearly lower at 1 of 2 points, clearly higher at 1; it changes most at b 1: " in one
    assert "of “C” is clearly lower at 0 of 2 points, clearly higher at 2; it changes most at c 1: " in other


@pytest.mark.parametrize("baselines", [[], [0, 0, 0, 0, 0, 0]])
def test_points_keep_their_order_in_all_tables(baselines: list[int]) -> None:
    comparison = compared(RIVALS, 5, baselines)
    assert list(dict.fromkeys(comparison.summary()["scenario"])) == [f"p{k}" for k in range(6)]
    assert comparison.titles == list(RIVALS)


def test_columns_of_some_scenarios_are_read_as_those_of_all_are() -> None:
    column = np.arange(120.0).reshape(4, 3, 2, 5)
    some = Members(column, [3, 1])
    assert some[0].tolist() == column[3].tolist()
    assert some[1, :, :, 2].tolist() == column[1, :, :, 2].tolist()
    part = some[:, 1:3]
    assert (part[0].tolist(), part[1].tolist()) == (column[3, 1:3].tolist(), column[1, 1:3].tolist())


def test_all_scenarios_in_their_order_are_the_cube_itself() -> None:
    cube, _ = paired(*study({"a": 0.2, "b": 0.1}, 3), ["a", "b"])
    assert members_of(cube, [0, 1]) is cube
    assert members_of(cube, [1, 0]).scenarios == ("b", "a")
    turned = members_of(cube, [1, 0])
    assert turned.quarterly["bookings"][0].tolist() == cube.quarterly["bookings"][1].tolist()
    assert turned.weekly["forecast"][0].tolist() == cube.weekly["forecast"][1].tolist()


@pytest.mark.parametrize(
    ("baselines", "waits", "rivals", "groups"),
    [
        ([0, 0, 0], [0, 0, 0], False, [((0, 1, 2), True)]),
        ([1, 1, 1], [0, 0, 0], False, [((1, 0, 2), True)]),
        ([0, 0, 0], [0, 2, 4], False, [((0, 1, 2), False)]),
        ([0, 1, 0, 1], [0, 0, 0, 0], True, [((0, 2), True), ((1, 3), True)]),
        ([0, 0, 0], [0, 0, 2], True, [((0, 1), True), ((0, 2), False)]),
    ],
)
def test_points_with_one_baseline_are_a_group_and_those_that_wait_another(
    baselines: list[int], waits: list[int], *, rivals: bool, groups: list[tuple[tuple[int, ...], bool]]
) -> None:
    assert groups_of(baselines, waits, has_rivals=rivals) == [Group(*each) for each in groups]


def test_points_that_stand_are_a_group_of_their_own_among_which_nobody_chooses() -> None:
    groups = groups_of([0, 0, 2, 2], [0, 0, 0, 0], has_rivals=False, stands=[False, False, True, True])
    assert groups == [Group((0, 1), asks_best=True), Group((2, 3), asks_best=False, stands=True)]


def test_points_of_one_scenario_have_no_baseline_of_their_own_in_the_table_of_the_best() -> None:
    best = compared({"m 0": 0.2, "m 1": 0.1, "m 2": 0.15}, 30).best()
    assert best["scenario"].tolist() == ["p0", "p1", "p2"]
    assert "baseline" not in best.columns
    assert compared({"m 0": 0.2, "m 1": 0.1}, 30).best().empty


def test_points_that_wait_are_asked_for_no_best_beside_rivals_and_stand_in_the_table_alone() -> None:
    cube, dropped = paired(*study(RIVALS, 10), list(RIVALS))
    ids = [f"p{place}" for place in range(6)]
    groups = [Group((0, 2, 4)), Group((1, 3, 5), asks_best=False)]
    both = compare_groups(cube, groups, ids, "USD", dropped, [ONE_COMPANY] * 2)
    assert both.best()["scenario"].tolist() == ["p0", "p2", "p4"]
    assert [place for place, _ in both.contests] == [0]
    (note,) = best_notes(both, list("abcdef"))
    assert "of 1 combination of levels" in note
    assert [name in note for name in ("“a” at", "“c” at", "“b” at")] == [True, True, False]
    alone = compare_groups(cube, groups[1:], ids, "USD", dropped, [ONE_COMPANY])
    assert alone.best()["scenario"].tolist() == ["p1", "p3", "p5"]
    assert (alone.contests, list(best_notes(alone, list("abcdef")))) == ([], [])
    assert [alone.baseline_of(place) for place in (1, 3, 5)] == [1, 1, 1]
    assert compared_words(both).startswith("levels of the first")
    assert compared_words(alone).startswith("the first point's levels")


def test_a_lowest_point_that_is_not_clearly_apart_from_the_first_is_not_named() -> None:
    comparison = compared({"m 0": 0.2, "m 1": 0.2, "m 2": 0.3}, 30)
    assert (
        lowest_words(comparison, [0, 1, 2])
        == "Of 3 points “m 0” has the lowest forecast variance at mid-quarter, the first of them."
    )
    apart = compare_groups(
        paired(*study({"m 0": 0.2, "m 1": 0.199}, 5, common=False), ["m 0", "m 1"])[0],
        groups_of([0, 0], [0, 0], has_rivals=False), ["p0", "p1"], "USD", 0, [ONE_COMPANY],
    )  # fmt: skip
    levels = [apart.row(place, HEADLINE).level.estimate for place in (0, 1)]
    assert (lowest_words(apart, [0, 1]) == "") == (levels[1] < levels[0])


def test_rivals_without_a_number_are_said_to_have_none() -> None:
    comparison = compared(RIVALS, 1, [0, 1, 0, 1, 0, 1])
    (said,) = rivals_words(comparison, [Rivals("B", "A", [2, 3])])
    assert said == "Of 2 points of “B” none has a forecast variance: it takes more replications."


def test_one_point_alone_has_its_columns() -> None:
    comparison = compared({"m 0": 0.2}, 4)
    assert titles(comparison) == [comparison.row(0, name).title for name in SHOWN]
    ((name, cells),) = grid(comparison)
    assert (name, len(cells)) == ("m 0", len(SHOWN))


def test_a_column_that_reads_one_scenario_is_asked_for_it_by_its_place_alone() -> None:
    """As one that lies in a file: a place, or a place with replications, quarters and week."""

    class Asked:
        def __getitem__(self, key: object) -> object:
            return key

    some = Members(Asked(), [3, 1])
    assert some[0] == 3
    assert some[1, :, :, 2] == (1, slice(None), slice(None), 2)
