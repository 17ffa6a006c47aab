"""A sweep's points in words: the lowest variance is named, and the table is the comparison's."""

from __future__ import annotations

from revsim.analysis.comparison import compare_frames
from revsim.analysis.grid_words import grid, lowest_words, titles
from revsim.analysis.table import effect_words
from revsim.analysis.variance import HEADLINE
from tests.analysis.synthetic import study


def test_the_point_of_lowest_variance_is_named_with_its_effect() -> None:
    comparison = compare_frames(*study({"m 0": 0.2, "m 1": 0.1, "m 2": 0.15}, 30), ["m 0", "m 1", "m 2"], "m 0", "USD")
    effect = effect_words(comparison.row(1, HEADLINE))
    assert lowest_words(comparison) == (
        f"Of 3 points “m 1” has the lowest forecast variance at mid-quarter: {effect} against “m 0”, better."
    )


def test_where_the_first_point_is_lowest_there_is_nothing_to_compare() -> None:
    comparison = compare_frames(*study({"m 0": 0.1, "m 1": 0.2}, 30), ["m 0", "m 1"], "m 0", "USD")
    assert lowest_words(comparison).endswith("at mid-quarter, the first of them.")


def test_one_replication_has_no_variance_and_that_is_said() -> None:
    comparison = compare_frames(*study({"m 0": 0.1, "m 1": 0.2}, 1), ["m 0", "m 1"], "m 0", "USD")
    assert lowest_words(comparison) == "Of 2 points none has a forecast variance: it takes more replications."


def test_the_first_row_has_levels_and_the_others_effects_with_their_words() -> None:
    comparison = compare_frames(*study({"m 0": 0.2, "m 1": 0.1}, 30), ["m 0", "m 1"], "m 0", "USD")
    (first, levels), (second, effects) = grid(comparison)
    assert (first, second) == ("m 0", "m 1")
    assert len(levels) == len(effects) == len(titles(comparison))
    assert "of bookings" in levels[0][0]
    assert effects[0] == (effect_words(comparison.row(1, HEADLINE)), "better")
    assert {word for _, word in levels} == {""}
