"""Rows of a stress: of which week, window and plan each is, what is left empty, and in which order they stand."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import business, tail
from revsim.analysis.stress import ASSUMED, EVENT, PLAIN, VARIANCES, WHOLE, Blow, Pair, blows, frame
from revsim.analysis.stress_words import table
from revsim.analysis.view import View
from tests.analysis.cubes import cube

NAMES = ("A", "A: hit", "B", "B: hit")
SHAPE = (20, 6)
PAIRS = [Pair("A", "hit", 0, 1, 27, assumed=False), Pair("B", "hit", 2, 3, 27, assumed=True)]
BASE = cube(NAMES, *SHAPE)
ACTUAL, FORECAST = BASE.quarterly["bookings"][0], BASE.weekly["forecast"][0]


def rows(pairs: list[Pair] = PAIRS, **columns: dict[str, np.ndarray]) -> list[Blow]:
    return blows(cube(NAMES, *SHAPE, **columns), pairs, "EUR")


@pytest.fixture(scope="module")
def usual() -> list[Blow]:
    """Where the stress changes nothing."""
    return rows()


def wider(week_7: float, week_12: float, booked: float = 1.0) -> np.ndarray:
    """Errors so many times as large in these weeks, five times in all others, around so many times the bookings."""
    factors = np.full(13, 5.0)
    factors[[6, 11]] = week_7, week_12
    return booked * ACTUAL[..., None] + factors * (FORECAST - ACTUAL[..., None])


def test_each_scenario_has_its_event_s_quarters_first_then_the_whole_with_all_measures_in_order(
    usual: list[Blow],
) -> None:
    found = usual
    count = len(VARIANCES) + len(PLAIN) + len(tail.TITLES)
    assert [row.measure for row in found] == [*VARIANCES, *PLAIN, *tail.TITLES] * 4
    assert [(row.scenario, row.window, row.quarters) for row in found[::count]] == [
        ("A", EVENT, "3-5"), ("A", WHOLE, "1-6"), ("B", EVENT, "3-5"), ("B", WHOLE, "1-6"),
    ]  # fmt: skip
    assert {row.note for row in found if row.scenario == "A"} == {""}
    assert {row.note for row in found if row.scenario == "B"} == {ASSUMED}


def test_variances_are_of_their_week_and_in_bookings_with_or_without_the_stress() -> None:
    hit = {"forecast": {"A: hit": wider(2.0, 3.0, booked=2.0)}, "bookings": {"A: hit": 2.0 * ACTUAL}}
    found = table(rows(**hit))
    change = {name: found["A", "hit", WHOLE, name].relative.estimate for name in VARIANCES}
    assert change == pytest.approx(
        {
            "forecast_variance_week_7": 0.0,
            "forecast_variance_week_7_common": 3.0,
            "forecast_variance_week_12": 1.25,
            "forecast_variance_week_12_common": 8.0,
        }
    )
    row = found["A", "hit", WHOLE, "forecast_variance_week_7_common"]
    assert row.hit == pytest.approx(4.0 * row.calm)
    assert row.effect.estimate == pytest.approx(3.0 * row.calm)
    assert (row.word, row.unit) == ("worse", "share^2")


def test_a_variance_without_a_ratio_is_judged_by_its_difference() -> None:
    """Without the stress nobody errs at mid-quarter: no share of nothing, but clearly more."""
    row = table(rows(forecast={"A": wider(0.0, 1.0)}))["A", "hit", WHOLE, "forecast_variance_week_7"]
    assert np.isnan(row.relative).all()
    assert row.calm == pytest.approx(0.0, abs=1e-20)
    assert row.effect.low > 0.0
    assert row.word == "worse"


def test_the_reference_has_no_differences_and_nobody_has_one_of_a_stress_that_it_does_not_suffer(
    usual: list[Blow],
) -> None:
    alone = [PAIRS[0], PAIRS[1]._replace(stress="other")]
    for row in (*rows(alone), *[row for row in usual if row.scenario == "A"]):
        assert np.isnan([*row.difference, *row.relative_difference]).all()
        assert row.difference_word == ""


def test_differences_in_tails_are_of_what_the_stress_adds_and_have_no_share() -> None:
    columns = {"A": ACTUAL, "A: hit": ACTUAL - 12.0, "B": ACTUAL - 3.0, "B: hit": ACTUAL - 5.0}
    found = table(rows(bookings=columns))
    for place, name in enumerate(tail.TITLES):
        own, reference = (found[scenario, "hit", WHOLE, name] for scenario in ("B", "A"))
        assert own.difference == pytest.approx((-10.0, -10.0, -10.0))
        assert own.difference_word == "suffers less"
        assert np.isnan(own.relative_difference).all()
        made = cube(NAMES, *SHAPE, bookings=columns)
        assert own.calm == tail.tail_of(tail.shortfall(View(made, 2, 0)))[place]
        assert own.hit == pytest.approx(own.calm + 2.0)
        assert own.relative.estimate == pytest.approx(own.hit / own.calm - 1.0)
        assert (own.unit, reference.effect.estimate) == ("EUR/quarter", pytest.approx(12.0))


def test_shortfalls_are_against_the_plan_of_the_reference_without_the_stress(
    usual: list[Blow],
) -> None:
    plan = BASE.quarterly["plan"][0]
    raised = rows(plan={"B": plan + 50.0, "B: hit": plan + 90.0, "A: hit": plan + 70.0})
    assert [row.hit for row in raised[-2:]] == [row.hit for row in usual[-2:]]
    moved = rows(plan={"A": plan + 50.0})
    assert [row.hit for row in moved[-2:]] == pytest.approx([row.hit + 50.0 for row in usual[-2:]])


def test_amounts_alone_are_judged_beyond_what_is_behind_them() -> None:
    found = table(rows(heroics_hours={"A: hit": BASE.quarterly["heroics_hours"][0] + 2.0}))
    row = found["A", "hit", WHOLE, "heroics_hours"]
    names = list(business.COLUMNS)
    told = [name for name, part in zip(names, row.beyond, strict=True) if np.isfinite(part.estimate)]
    assert told == list(business.BEHIND)
    assert [part.estimate for part in row.beyond[:3]] == pytest.approx([2.0] * 3)
    assert np.isnan(found["A", "hit", WHOLE, "bookings"].beyond).all()


def test_the_table_has_each_number_in_its_column() -> None:
    hit = {"A: hit": ACTUAL - 12.0, "B: hit": ACTUAL - 4.0}
    made = rows(bookings=hit)
    shown = frame(made)
    assert len(shown) == len(made)
    row = shown[(shown["measure"] == "bookings") & (shown["scenario"] == "B")].iloc[-1]
    same = table(made)["B", "hit", WHOLE, "bookings"]
    for name, part in (
        ("effect", same.effect), ("relative", same.relative), ("difference", same.difference),
        ("relative_difference", same.relative_difference),
    ):  # fmt: skip
        assert row[[f"{name}_{end}" for end in ("estimate", "low", "high")]].tolist() == list(part)
    assert row[["calm", "hit", "word", "difference_word", "quarters", "unit"]].tolist() == [
        same.calm, same.hit, "worse", "suffers less", "1-6", "EUR/quarter",
    ]  # fmt: skip
    assert same.hit == pytest.approx(same.calm - 4.0)


def test_a_variance_is_judged_by_its_ratio_where_its_difference_is_not_clear() -> None:
    """Of four replications the errors double on the same luck: four times as much, of whatever it is."""
    made = cube(NAMES, 4, 6)
    booked, number = made.quarterly["bookings"][0][..., None], made.weekly["forecast"][0]
    made = cube(NAMES, 4, 6, forecast={"A: hit": booked + 2.0 * (number - booked)})
    rows = table(blows(made, PAIRS, "EUR"))
    row = next(row for row in rows.values() if row.scenario == "A" and row.measure == "forecast_variance_week_7")
    assert row.relative == pytest.approx((3.0, 3.0, 3.0))
    assert not row.effect.clear
    assert row.word == "worse"
