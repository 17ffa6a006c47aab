"""Numbers in words: a probability is never certain, an interval without width is not written."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.comparison import compare_frames
from revsim.analysis.interval import Interval
from revsim.analysis.phrases import change_words
from revsim.analysis.table import ONLY_COMPARED, SHOWN, effect_words, level_words, lines
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import bracket, chance, count_of, level, percent, rounded, short, signed, together
from tests.analysis.judged_by_hand import row
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


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (999.4, 3, "999"), (999.6, 3, "1,000"), (0.09996, 3, "0.100"), (12345.0, 3, "12,300"), (0.0, 3, "0"),
        (-0.5, 1, "-0.5"), (1.005e-5, 2, "0.000010"), (np.nan, 3, "n/a"), (np.inf, 3, "n/a"),
    ],
)  # fmt: skip
def test_a_number_has_so_many_digits_of_its_rounded_self(value: float, digits: int, words: str) -> None:
    assert rounded(value, digits) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (999.4, "999"), (999.5, "1.00k"), (-999.5, "-1.00k"), (999.4e3, "999k"), (999.5e3, "1.00M"),
        (999.5e6, "1.00bn"), (5e9, "5.00bn"), (0.0, "0"), (-np.inf, "n/a"),
    ],
)  # fmt: skip
def test_a_letter_stands_from_where_the_rounded_number_has_four_digits(value: float, words: str) -> None:
    assert short(value) == words


@pytest.mark.parametrize(
    ("values", "money", "words"),
    [
        ([0.0, 0.0], True, ["0", "0"]),
        ([999.5, 1.0], True, ["+1.000k", "+0.001k"]),
        ([999.4, 1.0], True, ["+999", "+1"]),
        ([999.5, 1.0], False, ["+1,000", "+1"]),
        ([1e9, np.nan], True, ["+1.00bn", "n/a"]),
        ([np.nan, np.inf], True, ["n/a", "n/a"]),
        ([-0.123, 0.0456], True, ["-0.123", "+0.046"]),
        ([12.3, -1.23], True, ["+12.3", "-1.2"]),
    ],
)
def test_numbers_side_by_side_have_the_decimals_of_the_largest(values: list, words: list[str], *, money: bool) -> None:
    assert together(values, money=money) == words


@pytest.mark.parametrize(
    ("text", "words"), [("1", "+1"), ("-1", "-1"), ("0", "0"), ("0 %", "0 %"), ("n/a", "n/a"), ("0.1", "+0.1")]
)
def test_a_plus_stands_before_what_has_no_minus(text: str, words: str) -> None:
    assert signed(text) == words


@pytest.mark.parametrize(
    ("share", "draws", "words"),
    [
        (0.5, 10, "50 %"), (0.95, 10, ">90.0 %"), (0.9, 10, "90 %"), (0.1, 10, "10 %"), (0.05, 10, "<10.0 %"),
        (0.99, 1000, "99 %"), (0.991, 1000, "99.1 %"), (0.01, 1000, "1 %"), (0.009, 1000, "0.9 %"),
        (np.nan, 10, "n/a"),
    ],
)  # fmt: skip
def test_a_chance_is_as_fine_as_its_draws(share: float, draws: int, words: str) -> None:
    assert chance(share, draws) == words


def test_units_and_counts() -> None:
    assert [level(0.25, unit) for unit in ("share", "share^2", "days")] == ["25.0 %", "25.0 %", "0.250"]
    assert [count_of(n, "deal") for n in (0, 1, 2)] == ["0 deals", "1 deal", "2 deals"]
    assert (percent(np.nan), percent(0.5, 1)) == ("n/a", "50 %")


DOWN, NO_ENDS = Interval(-0.2, -0.3, -0.1), Interval(-0.2, np.nan, np.nan)


@pytest.mark.parametrize(
    ("effect", "relative", "more", "words"),
    [
        (None, DOWN, {}, ""),
        (Interval(-0.01, -0.02, -0.005), DOWN, {}, "-20.0 % [-30.0, -10.0]"),
        (Interval(-0.01, np.nan, np.nan), NO_ENDS, {}, "-20.0 %"),
        (Interval(-0.01, -0.02, -0.005), NO_ENDS, {}, "-0.0100 [-0.0200, -0.0050]"),
        (DOWN, DOWN, {"group": "risk", "unit": "share"}, "-20.0 points [-30.0, -10.0]"),
        (DOWN, Interval(-0.5, -0.6, -0.4), {"group": "risk", "unit": "days"}, "-0.200 [-0.300, -0.100]"),
    ],
)
def test_an_effect_is_told_as_a_share_in_points_or_in_its_unit(
    effect: Interval | None, relative: Interval, more: dict, words: str
) -> None:
    assert effect_words(row("b", HEADLINE, effect=effect, relative=relative, **more)) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.04, "share^2", "0.0400 (±20.0 % of bookings)"),
        (0.0, "share^2", "0 (±0 % of bookings)"),
        (-0.04, "share^2", "n/a"),
        (np.nan, "share^2", "n/a"),
        (0.04, "share", "4.00 %"),
        (4e3, "EUR/quarter", "4.00k EUR/quarter"),
        (1.5, "ratio", "1.50"),
    ],
)
def test_a_level_is_told_in_its_unit_and_a_variance_with_its_root(value: float, unit: str, words: str) -> None:
    assert level_words(row("b", "any", value, unit=unit)) == words


def test_rows_of_the_table_are_those_that_say_something() -> None:
    pair = compare_frames(*study({"a": 0.2, "b": 0.1}), ["a", "b"], "a", "USD")
    alone = compare_frames(*study({"a": 0.2}), ["a"], "a", "USD")
    told = {name: [line.measure for line in lines(made)] for name, made in (("pair", pair), ("alone", alone))}
    every = [name for names in SHOWN.values() for name in names]
    unknown = {f"{HEADLINE}_structure", f"{HEADLINE}_chance", "net_value_without_renewals", "net_value"}
    assert told["pair"] == [name for name in every if name not in unknown]
    assert told["alone"] == [name for name in every if name not in {*unknown, *ONLY_COMPARED}]
    titles = {line.measure: line.title for line in lines(alone)}
    assert titles["plan_met"] == "Quarters at or above plan"
    assert {line.measure: line.title for line in lines(pair)}["plan_met"] == "Quarters at or above the baseline's plan"
    first = lines(pair)[0]
    assert (first.cells, first.words) == ([effect_words(pair.row(1, HEADLINE))], ["better"])
    one = compare_frames(*study({"a": 0.2, "b": 0.1}, 1), ["a", "b"], "a", "USD")
    assert HEADLINE in [line.measure for line in lines(one)]
