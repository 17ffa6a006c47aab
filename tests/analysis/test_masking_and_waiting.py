"""Masking and the cost of waiting, on numbers that are known."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval, masking, waiting
from revsim.analysis.estimates import word_of
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.masking import ERROR, NORMALISED, NOTICED, TOLERANCE, Masked, maskings
from revsim.analysis.onset import WHOLE
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from revsim.analysis.waiting import waits
from tests.analysis.cubes import cube

NAMES, LEVELS, SHAPE = ["m 0", "m 1"], [0.0, 1.0], (40, 4)
NOISE = 0.01 * np.random.default_rng(1).random(SHAPE)


def masked(errors: tuple[float, float], taken: tuple[float, float]) -> dict[str, Masked]:
    """Levels whose day-one error and tolerance are the given shares, about; the rows of the higher level."""
    actual = np.full(SHAPE, 100.0)
    weeks = np.ones((1, 1, 13))
    number = {n: (actual * (1.0 + e + NOISE))[:, :, None] * weeks for n, e in zip(NAMES, errors, strict=True)}
    normal = {n: np.full((*SHAPE, 13), t) for n, t in zip(NAMES, taken, strict=True)}
    one = cube(NAMES, *SHAPE, bookings=dict.fromkeys(NAMES, actual), forecast=number, tolerance=normal)
    rows = maskings(one, LEVELS, "EUR")
    return {row.measure: row for row in rows if row.level == 1.0 and row.quarter == WHOLE}


def test_error_that_grows_with_tolerance_below_it_is_noticed_and_half_of_it_is_normal() -> None:
    rows = masked((0.1, 0.3), (0.2, 0.3))
    assert rows[ERROR].effect.estimate == pytest.approx(0.2)
    assert rows[TOLERANCE].effect.estimate == pytest.approx(0.1)
    assert rows[NORMALISED].value == pytest.approx((0.5, 0.5, 0.5))
    # 0.1 is below 0.2, and 0.3 with its noise above 0.3
    assert rows[NOTICED].effect.estimate == pytest.approx(1.0)


def test_error_that_grows_under_a_tolerance_that_grows_with_it_is_noticed_no_more_often() -> None:
    rows = masked((0.1, 0.3), (0.2, 0.4))
    assert rows[NORMALISED].value.estimate == pytest.approx(1.0)
    assert rows[NOTICED].effect.estimate == 0.0


def test_a_quarter_without_bookings_is_neither_noticed_nor_unnoticed_and_is_told_of() -> None:
    actual = np.full(SHAPE, 100.0)
    actual[:10, 0] = 0.0
    number = dict.fromkeys(NAMES, np.full((*SHAPE, 13), 130.0))
    normal = dict.fromkeys(NAMES, np.full((*SHAPE, 13), 0.2))
    one = cube(NAMES, *SHAPE, bookings=dict.fromkeys(NAMES, actual), forecast=number, tolerance=normal)
    rows = {row.measure: row for row in maskings(one, LEVELS, "EUR") if (row.level, row.quarter) == (0.0, WHOLE)}
    assert rows[NOTICED].value.estimate == 1.0  # every quarter that has an error has one above what is normal
    assert rows[NOTICED].note == rows[ERROR].note == "10 of 160 quarters without bookings, left out"
    assert rows[TOLERANCE].note == ""


def test_without_added_error_there_is_no_share_of_it() -> None:
    assert np.isnan(masked((0.1, 0.1), (0.2, 0.3))[NORMALISED].value.estimate)


def test_masking_holds_each_level_quarter_and_measure_once() -> None:
    table = masking.frame(maskings(cube(NAMES, *SHAPE), LEVELS, "EUR"))
    assert not table.duplicated(["level", "quarter", "measure"]).any()
    assert set(table["quarter"]) == {0, 1, 2, 3, 4}


def test_waiting_costs_the_sum_of_what_each_quarter_loses_and_no_more() -> None:
    base = cube(["now", "later"], *SHAPE)
    lost = base.quarterly["bookings"][0] - np.array([5.0, 3.0, 0.0, 0.0])
    rows = waits(cube(["now", "later"], *SHAPE, bookings={"later": lost}), 0, [(1, 1)], "EUR")
    at = {row.measure: row for row in rows}
    assert at["bookings"].effect == pytest.approx((-8.0, -8.0, -8.0))
    assert at["net"].effect == pytest.approx((-8.0, -8.0, -8.0))
    assert at["renewals"].effect.estimate == 0.0
    assert (at["bookings"].word, at["renewals"].word) == ("worse", "no clear difference")


def test_waiting_that_widens_the_error_by_a_half_more_than_doubles_the_variance() -> None:
    base = cube(["now", "later"], *SHAPE)
    actual, number = base.quarterly["bookings"][0][:, :, None], base.weekly["forecast"][0]
    wide = cube(["now", "later"], *SHAPE, forecast={"later": actual + 1.5 * (number - actual)})
    at = {row.measure: row for row in waits(wide, 0, [(1, 2)], "EUR")}
    assert at["forecast_variance_week_7"].relative.estimate == pytest.approx(1.25)
    assert waiting.frame(list(at.values()))["quarters"].unique().tolist() == [2]


def test_what_has_become_normal_is_a_ratio_of_means_and_its_interval_the_jackknife_s() -> None:
    """Four companies, one without any bookings: added errors 0.1, 0.2, 0.3, tolerance added 0.1, 0.1, 0.4."""
    actual = np.full((4, 1), 100.0)
    actual[1] = 0.0
    added, taken = np.array([[0.1], [9.0], [0.2], [0.3]]), np.array([[0.1], [9.0], [0.1], [0.4]])
    number = {"m 0": actual, "m 1": actual * (1.0 + added)}
    normal = {"m 0": np.zeros((4, 1)), "m 1": taken}
    thirteen = np.ones((1, 1, 13))
    one = cube(
        NAMES, 4, 1, bookings=dict.fromkeys(NAMES, actual),
        forecast={name: values[:, :, None] * thirteen for name, values in number.items()},
        tolerance={name: values[:, :, None] * thirteen for name, values in normal.items()},
    )  # fmt: skip
    own, base = View(one, 1, 0), View(one, 0, 0)
    found = masking.normalised(own, base)
    assert np.isnan(found).all()  # three of 0.1 to 0.3 are not clear of zero
    sure = one._replace(weekly=dict(one.weekly) | {"forecast": np.stack([one.weekly["forecast"][0], [
        [[100.0 * (1.0 + a)] * 13] for a in (0.19, 0.0, 0.2, 0.21)]])})  # fmt: skip
    found = masking.normalised(View(sure, 1, 0), View(sure, 0, 0))
    without = np.array([0.5 / 0.41, 0.5 / 0.40, 0.2 / 0.39])
    assert found == pytest.approx(interval.of_jackknife(Jackknifed(1.0, without)))


def test_waits_are_read_from_their_columns_over_all_quarters() -> None:
    """Each column is raised by a number of its own in each of four quarters."""
    more = {
        "bookings": 1.0, "renewed_value": 2.0, "expansion_value": 4.0, "spend": 8.0, "remedy_cost_design": 16.0,
        "remedy_cost_coordination": 32.0, "forecast_error_cost": 64.0,
    }  # fmt: skip
    base = cube(["now", "later"], *SHAPE)
    given = {name: {"later": base.quarterly[name][0] + much} for name, much in more.items()}
    at = {row.measure: row for row in waits(cube(["now", "later"], *SHAPE, **given), 0, [(1, 3)], "EUR")}
    effects = {name: at[name].effect.estimate for name in waiting.MONEY}
    assert effects == pytest.approx(
        {
            "bookings": 4.0,
            "renewals": 24.0,
            "remedy_cost": 192.0,
            "forecast_error_cost": 256.0,
            "net": 4.0 * (7.0 - 8.0),
        }
    )
    assert at["bookings"].at_once == pytest.approx(base.quarterly["bookings"][0].sum(axis=1).mean())
    words = {name: at[name].word for name in waiting.MONEY}
    assert words == {
        "bookings": "better", "renewals": "better", "remedy_cost": "worse", "forecast_error_cost": "worse",
        "net": "worse",
    }  # fmt: skip
    assert {row.quarters for row in at.values()} == {3}
    assert at["forecast_variance_week_7"].at_once == pytest.approx(forecast_variance(View(base, 0, 0), 7).value)


def test_the_word_for_a_variance_is_that_of_its_ratio_where_there_is_one() -> None:
    """Begun later, no error at all is left: a ratio of nothing has no interval, and the difference is judged."""
    base = cube(["now", "later"], *SHAPE)
    booked = base.quarterly["bookings"][0][:, :, None] * np.ones(13)
    at = {
        row.measure: row
        for row in waits(cube(["now", "later"], *SHAPE, forecast={"later": booked}), 0, [(1, 1)], "EUR")
    }
    row = at["forecast_variance_week_7"]
    assert np.isnan(row.relative.low)
    assert row.word == word_of("lower", row.effect) == "better"
    rng = np.random.default_rng(7)
    for _ in range(40):  # until the two intervals disagree
        number = booked + rng.standard_normal((*SHAPE, 1)) * np.exp(rng.standard_normal((SHAPE[0], 1, 1))) * 20.0
        made = cube(["now", "later"], *SHAPE, seed=1, forecast={"later": number})
        (row,) = [one for one in waits(made, 0, [(1, 1)], "EUR") if one.measure == "forecast_variance_week_7"]
        assert row.word == word_of("lower", row.relative)
        if row.word != word_of("lower", row.effect):
            break
    else:
        pytest.fail("the two never disagree")
