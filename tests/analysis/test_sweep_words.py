"""Sentences of a sweep: they say which came first, and also what was not found."""

from __future__ import annotations

import re

import numpy as np
import pytest

from revsim.analysis.early_warning import Warned, early_warnings
from revsim.analysis.interval import Interval
from revsim.analysis.masking import ERROR, NORMALISED, NOTICED, TOLERANCE, Masked, maskings
from revsim.analysis.onset import MEAN, SWING, TITLES, VARIANCE, WHOLE, Onset, onsets
from revsim.analysis.signals import SIGNALS, WATCHED
from revsim.analysis.sweep_words import bracketed, masking_words, onset_words, waiting_words, warning_words
from revsim.analysis.variance import HEADLINE
from revsim.analysis.waiting import Wait, waits
from tests.analysis.cubes import cube

NAMES, LEVELS = ["m 0", "m 0.5", "m 1"], [0.0, 0.5, 1.0]
BASE = cube(NAMES)
ACTUAL, FORECAST = BASE.quarterly["bookings"][0], BASE.weekly["forecast"][0]
WIDE = ACTUAL[:, :, None] + 2.0 * (FORECAST - ACTUAL[:, :, None])


def order(**columns: dict[str, np.ndarray]) -> str:
    return " ".join(onset_words(onsets(cube(NAMES, **columns), LEVELS), "m"))


def test_which_of_variance_and_mean_moves_first_is_said_either_way() -> None:
    # bookings and forecast scaled alike move the mean and no relative variance
    small, small_number = 0.8 * ACTUAL, 0.8 * FORECAST
    late = order(bookings={"m 0.5": small, "m 1": small}, forecast={"m 0.5": small_number, "m 1": 0.8 * WIDE})
    assert "The mean leaves zero before forecast variance at mid-quarter." in late
    early = order(bookings={"m 1": small}, forecast={"m 0.5": WIDE, "m 1": 0.8 * WIDE})
    assert "Forecast variance at mid-quarter leaves zero before the mean." in early
    same = order(bookings={"m 1": small}, forecast={"m 1": 0.8 * WIDE})
    assert "Forecast variance at mid-quarter and the mean leave zero at the same level." in same


def test_that_nothing_moves_is_said() -> None:
    said = order()
    assert "Neither forecast variance at mid-quarter nor the mean leaves zero for good." in said
    assert "Mean new business does not leave zero for good" in said


def test_too_few_missed_quarters_are_said_to_be_too_few() -> None:
    rich = cube(["m 0"], bookings={"m 0": np.full(ACTUAL.shape, 200.0)})
    assert warning_words(early_warnings(rich), "m 0").endswith("too few to tell what announces them.")


def test_masking_is_told_over_all_quarters_and_in_the_last() -> None:
    whole, last = masking_words(maskings(BASE, LEVELS, "EUR"), "m")
    assert whole.startswith("At m 1 the day-one error is 0 points [0, 0] larger")
    assert last.startswith("In quarter 4, there,")
    assert "does not clearly change" in last


def test_each_wait_has_its_sentence() -> None:
    said = waiting_words(waits(BASE, 0, [(1, 1), (2, 4)], "EUR"))
    assert [one.partition(" changes")[0] for one in said] == ["Waiting 1 quarter", "Waiting 4 quarters"]


DOWN, UP, OPEN = Interval(-0.2, -0.3, -0.1), Interval(0.2, 0.1, 0.3), Interval(0.1, -0.1, 0.3)
NONE = Interval(np.nan, np.nan, np.nan)


def left(measure: str, level: float, effect: Interval, *, stays: bool, quarter: int = WHOLE) -> Onset:
    return Onset(level, quarter, measure, TITLES[measure], effect, effect, stays)


def swept(*clear: str, **effects: Interval) -> list[Onset]:
    """Levels 1 and 2; the measures named leave zero from 2 on, all others have these effects or open ones."""
    return [
        left(measure, level, UP if measure in clear and level == 2.0 else effects.get(measure, OPEN),
             stays=measure in clear and level == 2.0)
        for measure in TITLES
        for level in (1.0, 2.0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clear", "variance", "swing"),
    [
        ((), "Neither", "Neither"),
        ((VARIANCE,), "leaves zero before the mean, which does not.", "Neither"),
        ((MEAN,), "The mean leaves zero before", "The mean leaves zero before"),
        ((MEAN, VARIANCE), "leave zero at the same level.", "The mean leaves zero before"),
    ],
)
def test_what_leaves_zero_first_is_told_of_either_variance(clear: tuple[str, ...], variance: str, swing: str) -> None:
    lines = onset_words(swept(*clear), "m")
    order = dict(zip((VARIANCE, SWING), lines[len(TITLES) :], strict=False))
    assert variance in order[VARIANCE]
    assert swing in order[SWING]
    assert order[SWING].endswith("which does not.") == (swing != "Neither")


def test_how_finely_each_is_measured_is_told_at_the_highest_level_over_all_quarters() -> None:
    fine = onset_words([*swept(), left(VARIANCE, 2.0, Interval(0, -9, 9), stays=False, quarter=1)], "m")[-1]
    assert fine.startswith("At m 2 the change of forecast variance is known to ±20 points, that of the mean to ±20:")


def test_where_a_measure_leaves_zero_is_told_with_its_effect_and_the_first_clear_quarter() -> None:
    rows = swept(VARIANCE)
    (line, *_) = onset_words(rows, "m")
    start = "Forecast variance at mid-quarter leaves zero from m 2 on (+20.0 % [+10.0, +30.0]); at m 2 it is +20.0 %"
    assert line.startswith(start)
    assert line.endswith("there clear in no quarter up to the last.")
    quarters = [left(VARIANCE, 2.0, UP, stays=number > 2, quarter=number) for number in (1, 2, 3, 4)]
    assert onset_words([*rows, *quarters], "m")[0].endswith("there clear from quarter 3 on.")


def test_levels_that_are_clear_for_themselves_alone_are_named() -> None:
    rows = swept(**{VARIANCE: DOWN})
    assert "for good (by its single intervals it is clear at 1, 2); at m 2 it is -20.0 %" in onset_words(rows, "m")[0]
    assert "single intervals" not in onset_words(swept(), "m")[0]


def test_an_interval_in_brackets_is_a_hundredfold_or_money() -> None:
    assert bracketed(Interval(0.123, 0.045, 0.201)) == "+12.3 % [+4.5, +20.1]"
    assert bracketed(Interval(1.2e6, 1e6, 1.4e6), 1.0, "") == "+1.20M [+1.00M, +1.40M]"


def warned(far: dict[str, int], **more: object) -> list[Warned]:
    """Rows of all signals and weeks; those named announce so many weeks ahead."""
    rows = [
        Warned("s", signal, title, weeks, Interval(0.7, 0.6, 0.8), (0.4, 0.6), OPEN, weeks <= far.get(signal, 0), 9, 40)
        for signal, (title, _) in WATCHED.items()
        for weeks in range(1, 27)
    ]
    return [row._replace(**more) for row in rows]


def test_signals_are_told_farthest_first_with_their_pairs_and_the_silent_ones_by_name() -> None:
    said = warning_words(warned({"pressure": 3, "trust": 12, "forecast": 1}), "s")
    assert said.startswith("At “s” 22.5 % of 40 quarters miss the plan")
    by = said.partition("end of the quarter by: ")[2].partition(". By none of: ")
    assert by[0] == "low trust in the number 12 weeks ahead (70 of 100); pressure 3 weeks ahead (70 of 100)"
    silent = by[2].partition(". For comparison: ")
    assert len(silent[0].split(", ")) == len(SIGNALS) - 2
    assert "pressure" not in silent[0]
    assert "number against plan 1 week ahead (70 of 100); little closed to date against plan not at all" in silent[2]
    assert said.endswith("tells 70 of 100; clearly more tells no signal.")


def test_where_no_signal_or_every_signal_announces_that_is_told() -> None:
    assert "end of the quarter by: no signal. By none of: low pipeline coverage," in warning_words(warned({}), "s")
    every = warning_words(warned(dict.fromkeys(SIGNALS, 2)), "s")
    assert ". By none of: -. For comparison" in every


def test_signals_that_tell_more_than_the_number_and_those_that_are_turned_round_are_named() -> None:
    rows = [
        row._replace(against=UP) if (row.signal, row.weeks_ahead) == ("pressure", 13)
        else row._replace(area=Interval(0.3, 0.2, 0.4)) if (row.signal, row.weeks_ahead) == ("trust", 7)
        else row
        for row in warned({})
    ]  # fmt: skip
    said = warning_words(rows, "s")
    assert "clearly more tells pressure (70 of 100)." in said
    assert said.endswith("misses follow the opposite of: low trust in the number.")


def test_no_quarter_at_all_is_no_share_of_any() -> None:
    assert warning_words(warned({}, missed=0, quarters=0), "s").startswith("At “s” 0 % of 0 quarters miss")


def masked(seen: Interval, share: Interval = NONE) -> str:
    rows = [
        Masked(2.0, quarter, measure, "", "", share, {ERROR: UP, TOLERANCE: DOWN, NOTICED: seen}.get(measure, NONE), "")
        for quarter in (WHOLE, 1, 4)
        for measure in (ERROR, TOLERANCE, NOTICED, NORMALISED)
    ]
    return masking_words(rows, "m")[0]


@pytest.mark.parametrize(
    ("seen", "how"), [(UP, "normal rises ("), (DOWN, "normal falls ("), (OPEN, "normal does not clearly change (")]
)
def test_whether_errors_are_noticed_more_often_is_told_by_the_interval(seen: Interval, how: str) -> None:
    said = masked(seen)
    assert how in said
    assert "error is +20.0 points [+10.0, +30.0] larger" in said
    assert "taken as normal -20.0 points [-30.0, -10.0]; the share" in said


def test_what_has_become_normal_is_told_where_there_is_a_share() -> None:
    said = masked(UP, Interval(0.5, 0.4, 0.6))
    assert "]; 50.0 % [40.0 %, 60.0 %] of it has become normal; the share" in said


def test_what_a_wait_costs_is_told_line_by_line_with_whether_it_is_clear() -> None:
    words = {"bookings": "worse", "renewals": "no clear difference", "net": "better", HEADLINE: "worse"}
    rows = [
        Wait(2, f"{name}_common" if name == HEADLINE else name, "", "EUR", 1.0, Interval(-2e3, -3e3, -1e3), UP, word)
        for name, word in words.items()
    ]
    (said,) = waiting_words(rows)
    assert said.startswith("Waiting 2 quarters changes new business by -2.00k [-3.00k, -1.00k] EUR over")
    assert re.findall(r"\(([a-z ]+)\)", said) == ["worse", "not clear", "better", "worse"]
    assert "the same bookings, by +20.0 % [+10.0, +30.0] (worse)" in said


def test_one_quarter_that_misses_is_all_of_them() -> None:
    assert warning_words(warned({}, missed=1, quarters=1), "s").startswith("At “s” 100 % of 1 quarter miss")


def test_a_signal_that_tells_as_much_as_the_number_tells_no_more() -> None:
    """An interval of what it tells beyond the number that ends at zero is not above it."""
    said = warning_words(warned({}, against=Interval(0.1, 0.0, 0.2)), "s")
    assert "clearly more tells no signal." in said
    assert warning_words(warned({}, area=Interval(0.4, 0.3, 0.5)), "s").endswith("clearly more tells no signal.")
