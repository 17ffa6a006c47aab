"""Amounts under a stress: judged beyond the business or the people behind them, on cubes with known answers."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.business import AMOUNTS, BEHIND, Behind, beyond, difference_word, word_beyond
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.jackknife import Jackknifed, mean_of, ratio_of
from revsim.analysis.stress import WHOLE, Blow, Pair, blows, frame
from revsim.analysis.stress_words import table
from tests.analysis.cubes import cube

NAMES = ["A", "A: hit", "B", "B: hit"]
PAIRS = [Pair("A", "hit", 0, 1, 14, assumed=False), Pair("B", "hit", 2, 3, 14, assumed=False)]
BASE = cube(NAMES, quarters=6).quarterly
Columns = dict[str, dict[str, np.ndarray]]


def times(scenario: str, **factors: float) -> Columns:
    """Columns of a scenario so many times as large as those of all others."""
    return {column: {scenario: factor * BASE[column][0]} for column, factor in factors.items()}


def found(columns: Columns, measure: str, scenario: str = "A") -> Blow:
    rows = blows(cube(NAMES, quarters=6, **columns), PAIRS, "EUR")
    return table(rows)[scenario, "hit", WHOLE, measure]


def all_business(factor: float) -> dict[str, float]:
    return dict.fromkeys(BEHIND, factor)


@pytest.mark.parametrize("measure", AMOUNTS)
def test_an_amount_that_falls_while_business_stays_is_better(measure: str) -> None:
    row = found(times("A: hit", **{measure: 0.8}), measure)
    assert row.word == "better"
    assert [part.estimate for part in row.beyond[:3]] == pytest.approx([row.effect.estimate] * 3)


@pytest.mark.parametrize("measure", AMOUNTS)
def test_an_amount_that_halves_with_business_is_less_business_and_not_better(measure: str) -> None:
    row = found(times("A: hit", **{measure: 0.5}, **all_business(0.5)), measure)
    assert row.effect.high < 0.0
    assert row.word == "less business"
    assert [part.estimate for part in row.beyond[:3]] == pytest.approx([0.0] * 3, abs=1e-9)


@pytest.mark.parametrize("behind", BEHIND)
def test_it_is_enough_that_one_measure_of_business_halves_with_the_amount(behind: str) -> None:
    row = found(times("A: hit", leaked_expected_value=0.5, **{behind: 0.5}), "leaked_expected_value")
    assert row.word == "less business"


def test_an_amount_that_falls_by_more_than_business_is_better() -> None:
    row = found(times("A: hit", leaked_expected_value=0.3, **all_business(0.5)), "leaked_expected_value")
    assert row.word == "better"
    assert row.beyond[0].estimate == pytest.approx(row.hit - 0.5 * row.calm)


def test_an_amount_that_stays_while_business_halves_is_not_called_clear() -> None:
    assert found(times("A: hit", **all_business(0.5)), "leaked_expected_value").word == "no clear difference"


def test_an_amount_that_doubles_with_business_is_more_business_and_not_worse() -> None:
    row = found(times("A: hit", heroics_hours=2.0, **all_business(2.0)), "heroics_hours")
    assert row.word == "more business"


def test_an_amount_that_rises_while_new_business_falls_is_worse_whatever_inquiries_do() -> None:
    row = found(times("A: hit", heroics_hours=1.2, inquiries=1.5, bookings=0.8), "heroics_hours")
    assert row.word == "worse"


def test_an_amount_that_does_not_pass_business_which_has_not_clearly_moved_is_not_judged() -> None:
    noise = 100.0 * np.random.default_rng(3).standard_normal(BASE["inquiries"][0].shape)
    columns = times("A: hit", leaked_expected_value=0.9)
    columns["inquiries"] = {"A: hit": BASE["inquiries"][0] + noise - noise.mean()}
    assert found(columns, "leaked_expected_value").word == "not judged"


def test_without_any_business_to_compare_with_nothing_is_judged() -> None:
    nothing = {"accepted": {name: np.zeros_like(BASE["accepted"][0]) for name in NAMES}}
    row = found(times("A: hit", leaked_expected_value=0.5) | nothing, "leaked_expected_value")
    assert row.word == "not judged"


def test_what_new_business_does_is_judged_as_before() -> None:
    assert found(times("A: hit", **all_business(0.5)), "bookings").word == "worse"


def test_who_leaks_less_for_losing_more_business_does_not_suffer_less() -> None:
    columns = times("B: hit", leaked_expected_value=0.5, **all_business(0.5))
    row = found(columns, "leaked_expected_value", "B")
    assert row.difference.high < 0.0
    assert row.difference_word == "not judged"


def test_who_leaks_less_on_equal_business_suffers_less() -> None:
    row = found(times("B: hit", leaked_expected_value=0.5), "leaked_expected_value", "B")
    assert row.difference_word == "suffers less"


def test_what_is_left_beyond_business_stands_at_the_end_of_the_table_for_amounts_alone() -> None:
    told = frame(blows(cube(NAMES, quarters=6), PAIRS, "EUR"))
    left = [f"beyond_{name}_{part}" for name in (*BEHIND, "people_cost") for part in ("estimate", "low", "high")]
    assert list(told.columns[-len(left) :]) == left
    assert set(told.loc[told[left[:9]].notna().all(axis=1), "measure"]) == set(AMOUNTS)
    assert set(told.loc[told[left[9:]].notna().all(axis=1), "measure"]) == {"exits"}


def test_fewer_exits_of_a_company_with_fewer_people_are_not_better() -> None:
    row = found(times("A: hit", exits=0.5, people_cost=0.5, **all_business(0.5)), "exits")
    assert row.effect.high < 0.0
    assert row.word == "fewer people"
    assert row.beyond[3].estimate == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("exits", "people", "word"), [(0.5, 1.0, "better"), (1.5, 0.8, "worse"), (0.4, 0.5, "better")])
def test_exits_that_move_beyond_the_people_who_are_there_are_judged(exits: float, people: float, word: str) -> None:
    assert found(times("A: hit", exits=exits, people_cost=people), "exits").word == word


def test_more_exits_of_a_company_with_more_people_are_not_worse() -> None:
    assert found(times("A: hit", exits=1.5, people_cost=1.5), "exits").word == "more people"


def test_who_loses_fewer_for_having_fewer_does_not_suffer_less() -> None:
    row = found(times("B: hit", exits=0.5, people_cost=0.5), "exits", "B")
    assert row.difference.high < 0.0
    assert row.difference_word == "not judged"


def test_beyond_a_measure_is_what_an_amount_has_more_than_its_share_of_that_measure() -> None:
    """Bookings fall from 10 to 5 on average: 8 leaked before, 4 would go along, 6 do: 2 beyond; alike without each."""
    calm, hit = np.array([4.0, 8.0, 12.0]), np.array([5.0, 6.0, 7.0])
    before, after = np.array([6.0, 10.0, 14.0]), np.array([3.0, 4.0, 8.0])
    growth = ratio_of(mean_of(after), mean_of(before))
    (left,) = beyond(calm, hit, {"bookings": Behind(NOTHING, growth)}).values()
    assert left.value == pytest.approx(6.0 - 8.0 * 0.5)
    assert left.without == pytest.approx([6.5 - 10.0 * 6.0 / 12.0, 6.0 - 8.0 * 5.5 / 10.0, 5.5 - 6.0 * 3.5 / 8.0])


FALLS, RISES, STAYS = Interval(-2.0, -3.0, -1.0), Interval(2.0, 1.0, 3.0), Interval(0.1, -1.0, 1.0)


def behind(**changes: Interval) -> dict[str, Behind]:
    growth = Jackknifed(1.0, np.ones(3))
    return {name: Behind(changes.get(name, STAYS), growth) for name in BEHIND}


@pytest.mark.parametrize(
    ("effect", "left", "changes", "word"),
    [
        (STAYS, FALLS, {}, "no clear difference"),
        (NOTHING, FALLS, {}, "not judged"),
        (FALLS, FALLS, {"bookings": FALLS}, "better"),
        (FALLS, STAYS, {"bookings": FALLS}, "less business"),
        (FALLS, STAYS, {"accepted": FALLS}, "less business"),
        (FALLS, RISES, {"accepted": RISES}, "not judged"),
        (FALLS, STAYS, {}, "not judged"),
        (FALLS, STAYS, {"bookings": RISES, "accepted": FALLS}, "better"),
        (RISES, STAYS, {"inquiries": RISES}, "more business"),
        (RISES, STAYS, {"inquiries": FALLS}, "not judged"),
        (RISES, STAYS, {"bookings": FALLS, "inquiries": RISES}, "worse"),
        (RISES, RISES, {"bookings": RISES}, "worse"),
    ],
)
def test_the_word_for_an_amount_beyond_business(
    effect: Interval, left: Interval, changes: dict[str, Interval], word: str
) -> None:
    assert word_beyond("lower", effect, dict.fromkeys(BEHIND, left), behind(**changes)) == word


def test_only_a_measure_that_is_not_passed_can_be_what_an_amount_goes_with() -> None:
    left = dict.fromkeys(BEHIND, FALLS) | {"inquiries": STAYS}
    assert word_beyond("lower", FALLS, left, behind(accepted=FALLS)) == "not judged"
    assert word_beyond("lower", FALLS, left, behind(inquiries=FALLS)) == "less business"


@pytest.mark.parametrize(
    ("difference", "left", "word"),
    [
        (STAYS, FALLS, "no clear difference"),
        (FALLS, FALLS, "better"),
        (FALLS, STAYS, "not judged"),
        (RISES, RISES, "worse"),
        (RISES, FALLS, "not judged"),
        (NOTHING, STAYS, "not judged"),
    ],
)
def test_a_difference_is_judged_only_if_it_holds_beyond_business(
    difference: Interval, left: Interval, word: str
) -> None:
    assert difference_word("lower", difference, dict.fromkeys(BEHIND, left)) == word
