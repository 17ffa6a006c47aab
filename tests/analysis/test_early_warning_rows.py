"""Rows of one signal, with signals that know the fate of a quarter in some weeks and nothing in all others."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from revsim.analysis import auc
from revsim.analysis.early_warning import Warned, _areas, _of_signal, frame
from revsim.analysis.interval import Interval

SHAPE = (12, 3, 13)
FATES = np.indices(SHAPE[:2]).sum(axis=0) % 2 == 0
NAN = float("nan")


@pytest.fixture(autouse=True)
def _few_shifts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auc, "SHIFTS", 3)


def knows(weeks: Iterable[int], sign: float = 1.0) -> np.ndarray:
    """A signal that is the fate so many weeks ahead (1 to 13 of its own quarter, 14 to 26 of the next), else zero.

    In a quarter whose week would know of two, none is asked for.
    """
    values = np.zeros(SHAPE)
    for ahead in weeks:
        if ahead <= 13:
            values[:, :, 13 - ahead] += sign * FATES
        else:
            values[:, :-1, 26 - ahead] += sign * FATES[:, 1:]
    return values


def told(values: np.ndarray, fates: np.ndarray = FATES) -> list[Warned]:
    return _of_signal(values, fates, ("s", "pressure", "Pressure"), _areas(np.zeros((*fates.shape, 13)), fates))


def announced(rows: list[Warned]) -> list[int]:
    return [row.weeks_ahead for row in rows if row.announces]


def test_rows_stand_in_the_order_of_weeks_and_each_has_its_own_area() -> None:
    rows = told(knows([1, 2, 7]))
    assert [row.weeks_ahead for row in rows] == list(range(1, 27))
    certain = [row.weeks_ahead for row in rows if row.area == (1.0, 1.0, 1.0)]
    assert certain == [1, 2, 7]
    assert {row.area.estimate for row in rows if row.weeks_ahead <= 13} == {0.5, 1.0}
    assert rows[6].against == (0.5, 0.5, 0.5)
    assert rows[7].against == (0.0, 0.0, 0.0)
    assert rows[0][:3] == ("s", "pressure", "Pressure")


@pytest.mark.parametrize(
    ("weeks", "until"), [([1, 2, 3], 3), ([1, 2, 3, 5, 6], 3), ([2, 3], 0), ([1], 1), (range(1, 14), 13), ([], 0)]
)
def test_it_announces_as_far_back_as_it_knows_without_a_gap(weeks: Iterable[int], until: int) -> None:
    assert announced(told(knows(weeks))) == list(range(1, until + 1))


def test_what_knows_in_all_weeks_announces_from_the_first_on() -> None:
    """Of fates that are the same in all quarters."""
    fates = np.repeat(np.arange(12)[:, None] < 6, 3, axis=1)
    assert announced(told(np.repeat(fates[..., None] * 1.0, 13, axis=2), fates)) == list(range(1, 27))


def test_what_is_lower_where_a_quarter_is_missed_announces_nothing() -> None:
    rows = told(knows(range(1, 14), -1.0))
    assert rows[0].area == (0.0, 0.0, 0.0)
    assert announced(rows) == []


def test_an_area_only_just_above_a_half_is_enough_where_it_is_clear() -> None:
    """Of each 40 missed replications 3 are warned of, of the met ones none: an area of a half and 3 / 80."""
    fates = np.repeat(np.arange(600)[:, None] < 400, 2, axis=1)
    warned = np.repeat((np.arange(600) < 30)[:, None], 2, axis=1)
    rows = told(np.repeat(warned[..., None] * 1.0, 13, axis=2), fates)
    assert rows[0].area.estimate == pytest.approx(0.5 + 30 / 800)
    assert announced(rows) == list(range(1, 27))


def test_without_an_area_there_is_no_range_of_others_either() -> None:
    fates = np.zeros(SHAPE[:2], bool)
    fates[0] = True
    rows = told(knows([1]), fates)
    assert (rows[0].missed, rows[0].quarters) == (3, 36)
    for row in rows:
        assert np.isnan([*row.area, *row.others, *row.against]).all()
    assert announced(rows) == []


def test_beside_the_fates_of_others_it_ranges_over_the_middle_of_the_shifts() -> None:
    """Three shifts give three areas: 2.5 % and 97.5 % of the way from the least to the largest, by thirds."""
    signal = knows([1])
    shifts = np.sort(auc.shifted(signal[:, :, 12], FATES))
    assert len(shifts) == 3
    low, high = told(signal)[0].others
    assert low == pytest.approx(shifts[0] + 0.05 * (shifts[1] - shifts[0]))
    assert high == pytest.approx(shifts[2] - 0.05 * (shifts[2] - shifts[1]))


def test_the_table_has_each_field_in_its_column() -> None:
    row = Warned("s", "trust", "Trust", 3, Interval(0.6, 0.55, 0.65), (0.4, 0.7), Interval(0.1, 0.0, 0.2), True, 10, 20)
    (found,) = frame([row]).to_dict("records")
    assert found == {
        "scenario": "s", "signal": "trust", "weeks_ahead": 3, "auc": 0.6, "low": 0.55, "high": 0.65,
        "shifted_low": 0.4, "shifted_high": 0.7, "against_number": 0.1, "against_number_low": 0.0,
        "against_number_high": 0.2, "announces": True, "missed": 10, "quarters": 20, "title": "Trust",
    }  # fmt: skip


def test_a_season_in_which_all_miss_and_others_in_which_none_does_are_told_without_areas() -> None:
    fates = np.repeat([[True, False, False]], 12, axis=0)
    rows = told(np.zeros(SHAPE), fates)
    assert (rows[0].missed, rows[0].quarters) == (12, 36)
    assert np.isnan([[*row.area, *row.others] for row in rows]).all()
    assert announced(rows) == []
