"""Signals by weeks ahead: one that knows the future, one that knows nothing, and what is looked at when."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.early_warning import Warned, ahead, early_warnings, farthest, frame, too_few
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.signals import SIGNALS, WATCHED, missed
from revsim.analysis.view import View
from tests.analysis.cubes import cube

SHAPE = (80, 6, 13)
FATES = np.random.default_rng(3).random(SHAPE[:2]) < 0.4
BOOKED = np.where(FATES, 50.0, 120.0)


def study(**weekly: np.ndarray):  # noqa: ANN201 - a cube
    given = {name: {"only": values} for name, values in weekly.items()}
    return cube(["only"], SHAPE[0], SHAPE[1], bookings={"only": BOOKED}, **given)


def test_a_quarter_is_missed_when_it_books_less_than_nine_tenths_of_its_plan() -> None:
    plan = np.full(SHAPE[:2], 100.0)
    booked = np.tile([89.9, 90.0, 90.1, 100.0, 110.0, 0.0], (SHAPE[0], 1))
    found = missed(View(cube(["a"], *SHAPE[:2], plan={"a": plan}, bookings={"a": booked}), 0, 0))
    assert found[0].tolist() == [True, False, False, False, False, True]


@pytest.mark.parametrize(("weeks", "week", "shift"), [(1, 13, 0), (7, 7, 0), (13, 1, 0), (14, 13, 1), (26, 1, 1)])
def test_weeks_ahead_count_back_from_the_end_of_the_quarter(weeks: int, week: int, shift: int) -> None:
    numbers = np.arange(np.prod(SHAPE), dtype=float).reshape(SHAPE)
    signal, fates = ahead(numbers, FATES, weeks)
    assert signal[5, 2] == numbers[5, 2, week - 1]
    assert fates[5, 2] == FATES[5, 2 + shift]


def test_what_knows_this_quarter_from_week_5_on_announces_nine_weeks_ahead_and_no_earlier() -> None:
    knows = np.random.default_rng(4).random(SHAPE)
    knows[:, :, 4:] += 2.0 * FATES[:, :, None]
    rows = early_warnings(study(pressure=knows))
    assert farthest(rows, "only", "pressure") == 9
    at = next(row for row in rows if row.signal == "pressure" and row.weeks_ahead == 9)
    assert at.area == (1.0, 1.0, 1.0)
    assert at.others[1] < 0.7


def test_noise_announces_nothing_in_nineteen_studies_of_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    """All nine signals are noise: 40 studies, at most 6 with any announcement (binomial, false-alarm rate 1 %)."""
    # the range beside other replications' fates stands in a row and announces nothing; it takes half of a study's time
    monkeypatch.setattr("revsim.analysis.early_warning.shifted", lambda *_: np.array([0.5]))
    loud = 0
    for seed in range(40):
        one = cube(["only"], 60, 4, seed=seed)
        rows = early_warnings(one)
        loud += any(row.announces for row in rows if row.signal in SIGNALS)
    assert loud <= 6


def test_a_met_plan_warns_least_of_all() -> None:
    coverage = np.where(FATES[:, :, None], 5.0, np.nan) * np.ones(SHAPE)
    rows = early_warnings(study(coverage=coverage))
    assert {row.area.estimate for row in rows if row.signal == "coverage" and row.weeks_ahead <= 13} == {1.0}


def test_the_table_holds_each_signal_and_week_once() -> None:
    table = frame(early_warnings(study()))
    assert len(table) == len(WATCHED) * 26
    assert not table.duplicated(["scenario", "signal", "weeks_ahead"]).any()


@pytest.mark.parametrize(("weeks", "quarters"), [(13, 6), (14, 5), (26, 5)])
def test_the_first_quarter_has_no_quarter_before_it(weeks: int, quarters: int) -> None:
    signal, fates = ahead(np.zeros(SHAPE), FATES, weeks)
    assert signal.shape == fates.shape == (SHAPE[0], quarters)


@pytest.mark.parametrize(
    ("missed_quarters", "quarters", "few"), [(4, 20, True), (5, 20, False), (15, 20, False), (16, 20, True)]
)
def test_fewer_than_five_missed_or_met_quarters_are_too_few(missed_quarters: int, quarters: int, *, few: bool) -> None:
    assert too_few([warned(missed=missed_quarters, quarters=quarters)], "s") == few
    other = warned(scenario="t", missed=10, quarters=20)
    assert too_few([other, warned(missed=missed_quarters, quarters=quarters)], "s") == few


def warned(**more: object) -> Warned:
    row = Warned("s", "trust", "Trust", 3, Interval(0.6, 0.55, 0.65), (0.4, 0.6), NOTHING, True, 10, 20)
    return row._replace(**more)


def test_the_farthest_week_is_the_last_that_announces_of_that_scenario_and_signal() -> None:
    rows = [
        warned(weeks_ahead=2), warned(weeks_ahead=5), warned(weeks_ahead=9, announces=False),
        warned(weeks_ahead=12, scenario="t"), warned(weeks_ahead=13, signal="pressure"),
    ]  # fmt: skip
    assert farthest(rows, "s", "trust") == 5
    assert farthest(rows, "s", "coverage") == 0


def test_a_signal_is_set_against_the_number_and_counts_are_of_the_quarters_looked_at() -> None:
    some, booked = FATES[:20, :3], BOOKED[:20, :3]
    weekly = np.repeat(some[:, :, None], 13, axis=2) * 1.0
    rows = early_warnings(cube(["only"], 20, 3, bookings={"only": booked}, pressure={"only": weekly}))
    at = {(row.signal, row.weeks_ahead): row for row in rows}
    sure, number = at["pressure", 1], at["forecast", 1]
    assert sure.against.estimate == pytest.approx(1.0 - number.area.estimate)
    assert number.against.estimate == 0.0
    assert (sure.missed, sure.quarters) == (some.sum(), some.size)
    assert (at["pressure", 14].missed, at["pressure", 14].quarters) == (some[:, 1:].sum(), some[:, 1:].size)
