"""Rows of masking: which week and quarter each number is of, and what stands in the rows of the first level."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.cube import Cube
from revsim.analysis.masking import ERROR, NOTICED, READ, TOLERANCE, Masked, frame, maskings, noticed
from revsim.analysis.view import View
from tests.analysis.cubes import cube

NAMES, SHAPE = ("m 0", "m 1"), (4, 2)
WEEKS = np.arange(13.0)


def by_week(first: float) -> np.ndarray:
    """(replication, quarter, week): `first` in week 1 of quarter 1, one more a week, a hundred more in quarter 2."""
    return first + WEEKS + np.array([0.0, 100.0])[None, :, None] + np.zeros((*SHAPE, 13))


def made() -> Cube:
    """Bookings of 100; the second level's numbers are larger by five, its bookings' errors by 0.05."""
    both = {"m 0": 1.0, "m 1": 6.0}
    weekly = {name: {own: by_week(first) for own, first in both.items()} for name in ("trust", "tolerance")}
    weekly["hero_energy"] = weekly["trust"]
    weekly["forecast"] = {own: 100.0 + by_week(first) for own, first in both.items()}
    return cube(NAMES, *SHAPE, bookings=dict.fromkeys(NAMES, np.full(SHAPE, 100.0)), **weekly)


def rows_at(level: float) -> dict[tuple[int, str], Masked]:
    found = maskings(made(), [0.0, 1.0], "EUR")
    return {(row.quarter, row.measure): row for row in found if row.level == level}


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        (ERROR, (0.51, 0.01, 1.01)),
        (TOLERANCE, (51.0, 1.0, 101.0)),
        ("trust", (51.0, 1.0, 101.0)),
        ("hero_energy", (57.0, 7.0, 107.0)),
    ],
)
def test_a_level_is_of_week_one_of_its_quarter_or_of_all_its_weeks(measure: str, values: tuple[float, ...]) -> None:
    rows = rows_at(0.0)
    assert [rows[quarter, measure].value.estimate for quarter in (0, 1, 2)] == pytest.approx(values)


def test_the_first_level_has_no_effect_and_no_word_and_the_second_has_both() -> None:
    first, second = rows_at(0.0), rows_at(1.0)
    assert all(np.isnan(first[0, name].effect).all() for name in READ)
    assert {first[0, name].word for name in READ} == {""}
    assert second[0, "trust"].effect == pytest.approx((5.0, 5.0, 5.0))
    assert (second[0, "trust"].word, second[0, ERROR].word, second[0, TOLERANCE].word) == (
        "better", "worse", "not judged",
    )  # fmt: skip


def test_where_every_quarter_books_something_nothing_is_left_out() -> None:
    assert {row.note for row in rows_at(0.0).values()} == {""}
    assert {row.note for row in rows_at(1.0).values()} == {""}


def test_an_error_is_noticed_only_above_what_is_normal() -> None:
    actual, number = np.full((1, 3), 100.0), np.array([[124.0, 125.0, 126.0]])
    normal = np.full((1, 3, 13), 0.25)
    one = cube(
        ("a",), 1, 3, bookings={"a": actual}, forecast={"a": np.repeat(number[..., None], 13, axis=2)},
        tolerance={"a": normal},
    )  # fmt: skip
    assert noticed(View(one, 0, 0)).tolist() == [[0.0, 0.0, 1.0]]


def test_the_table_spreads_each_row_s_value_and_effect() -> None:
    table = frame(maskings(made(), [0.0, 1.0], "EUR")).set_index(["level", "quarter", "measure"])
    row = table.loc[(1.0, 2, "trust")]
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx([106.0] * 3)
    assert row[["effect", "effect_low", "effect_high"]].tolist() == pytest.approx([5.0] * 3)
    assert row[["unit", "word", "title", "note"]].tolist() == ["share", "better", "Trust in the number", ""]
    assert table["unit"].loc[(0.0, 1, "debt")] == "EUR/quarter"
    assert not table.index.duplicated().any()
    assert (1.0, 0, NOTICED) in table.index
