"""What a stress does: effects and differences in differences with known answers."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import stress
from revsim.analysis.interval import Interval
from revsim.analysis.span import from_event, quarter_of, within
from revsim.analysis.stress import EVENT, WHOLE, Blow, Pair, blows, frame
from revsim.analysis.stress_words import contrasts, effect_words, sentence, span_words, table, tally
from tests.analysis.cubes import cube

NAMES = ["A", "A: hit", "B", "B: hit"]
PAIRS = [Pair("A", "hit", 0, 1, 14, assumed=True), Pair("B", "hit", 2, 3, 14, assumed=True)]
BASE = cube(NAMES, quarters=6)
ACTUAL, FORECAST = BASE.quarterly["bookings"][0], BASE.weekly["forecast"][0]
FROM_SECOND = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 0.0])


def found(rows: list[Blow], scenario: str, measure: str, window: str = EVENT) -> Blow:
    return table(rows)[scenario, "hit", window, measure]


def rows(**columns: dict[str, np.ndarray]) -> list[Blow]:
    return blows(cube(NAMES, quarters=6, **columns), PAIRS, "EUR")


@pytest.mark.parametrize(
    ("week", "quarter", "span"), [(1, 1, (1, 3)), (13, 1, (1, 3)), (14, 2, (2, 4)), (66, 6, (6, 6))]
)
def test_the_event_s_window_is_its_quarter_and_the_two_after_it(week: int, quarter: int, span: tuple[int, int]) -> None:
    assert quarter_of(week) == quarter
    assert from_event(BASE, week) == span


def test_a_part_of_a_study_is_the_study_of_those_quarters() -> None:
    part = within(BASE, 2, 4)
    assert part.quarters.tolist() == [2, 3, 4]
    assert np.array_equal(part.weekly["forecast"], BASE.weekly["forecast"][:, :, 1:4])


def test_a_stress_without_effect_shows_none_anywhere() -> None:
    all_rows = rows()
    assert {row.effect.estimate for row in all_rows} == {0.0}
    assert {row.difference.estimate for row in all_rows if row.scenario == "B"} == {0.0}
    assert {row.word for row in all_rows} == {"no clear difference"}


def test_lost_bookings_are_found_in_full_in_the_event_s_quarters_and_thinned_over_the_whole() -> None:
    all_rows = rows(bookings={"A: hit": ACTUAL - 12.0 * FROM_SECOND})
    assert found(all_rows, "A", "bookings").effect.estimate == pytest.approx(-12.0)
    assert found(all_rows, "A", "bookings", WHOLE).effect.estimate == pytest.approx(-6.0)
    assert found(all_rows, "A", "bookings").word == "worse"


def test_a_loss_moves_what_is_at_risk_by_as_much() -> None:
    all_rows = rows(bookings={"A: hit": ACTUAL - 12.0 * FROM_SECOND})
    for measure in ("revenue_at_risk", "expected_shortfall"):
        part = found(all_rows, "A", measure).effect
        assert part == pytest.approx((12.0, 12.0, 12.0))


def test_a_raised_plan_alone_puts_nothing_more_at_risk() -> None:
    plan = BASE.quarterly["plan"][0]
    assert found(rows(plan={"A: hit": 1.3 * plan}), "A", "revenue_at_risk").effect.estimate == 0.0


def test_who_loses_less_suffers_less_and_by_the_difference() -> None:
    loss = {"A: hit": ACTUAL - 12.0 * FROM_SECOND, "B: hit": ACTUAL - 4.0 * FROM_SECOND}
    row = found(rows(bookings=loss), "B", "bookings")
    assert row.difference == pytest.approx((8.0, 8.0, 8.0))
    assert row.difference_word == "suffers less"
    level = ACTUAL[:, 1:4].mean()
    assert row.relative_difference.estimate == pytest.approx((level - 4.0) / (level - 12.0) - 1.0)


def test_a_larger_company_that_loses_the_same_share_loses_more_money_and_no_larger_share() -> None:
    sold = {"A: hit": 0.9 * ACTUAL, "B": 2.0 * ACTUAL, "B: hit": 1.8 * ACTUAL}
    row = found(rows(bookings=sold), "B", "bookings")
    assert row.difference_word == "suffers more"
    assert row.relative_difference == pytest.approx((0.0, 0.0, 0.0), abs=1e-12)


def test_variances_differ_in_differences_by_the_ratio_of_their_ratios() -> None:
    away = FORECAST - ACTUAL[:, :, None]
    wider = {name: ACTUAL[:, :, None] + scale * away for name, scale in (("A: hit", 2.0), ("B: hit", 3.0))}
    all_rows = rows(forecast=wider)
    assert found(all_rows, "A", "forecast_variance_week_7").relative.estimate == pytest.approx(3.0)
    row = found(all_rows, "B", "forecast_variance_week_7")
    assert row.difference.estimate == pytest.approx(9.0 / 4.0 - 1.0)
    assert row.difference_word == "suffers more"
    assert found(all_rows, "A", "forecast_variance_week_7").difference_word == ""


def test_a_stress_without_a_week_is_looked_at_over_the_whole_only() -> None:
    all_rows = blows(BASE, [PAIRS[0]._replace(week=None)], "EUR")
    assert {row.window for row in all_rows} == {WHOLE}


def test_differences_in_differences_cover_nothing_nineteen_times_in_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Independent noise on all four bookings, 200 studies: 2 % to 9.5 % look clear (false-alarm rate 1 %)."""
    # the other measures of a study are not looked at here, and take nearly all of its time
    monkeypatch.setattr(stress, "PLAIN", ("bookings",))
    monkeypatch.setattr(stress, "VARIANCES", {})
    monkeypatch.setattr(stress, "_tails", lambda *_: [])
    rng = np.random.default_rng(5)
    clear = []
    for _ in range(200):
        noise = {name: ACTUAL + rng.standard_normal(ACTUAL.shape) for name in NAMES}
        row = found(rows(bookings=noise), "B", "bookings")
        clear.append(row.difference.clear)
    assert 0.02 <= np.mean(clear) <= 0.095


def test_the_sentence_says_what_the_table_says() -> None:
    all_rows = rows(bookings={"A: hit": ACTUAL - 12.0 * FROM_SECOND})
    said = sentence(table(all_rows), "A", "hit")
    assert "“A”" in said
    assert "business would change by -12.0 EUR [-12.0, -12.0] a quarter (worse)" in said
    assert "+12.0 EUR [+12.0, +12.0] a quarter (worse)" in said


def test_contrasts_name_what_is_clear_and_say_so_where_nothing_is() -> None:
    assert contrasts(table(rows()), "B", "A").startswith("No stress tells “B” from “A” clearly")
    said = contrasts(table(rows(bookings={"A: hit": ACTUAL - 12.0 * FROM_SECOND})), "B", "A")
    assert "suffers less in bookings under “hit” (+12.0 EUR" in said


def test_the_tally_counts_what_chance_alone_would_call_clear() -> None:
    all_rows = rows()
    count = sum(row.scenario == "B" for row in all_rows)
    assert tally(all_rows).startswith(f"Of {count} comparisons")
    assert f"about {0.05 * count:.1f} would look so" in tally(all_rows)


def test_rows_of_a_stress_whose_size_is_chosen_are_marked() -> None:
    assert frame(rows())["note"].unique().tolist() == ["size of the stress is chosen, no direct evidence"]
    calm = blows(BASE, [PAIRS[0]._replace(assumed=False)], "EUR")
    assert frame(calm)["note"].unique().tolist() == [""]


@pytest.mark.parametrize(
    ("quarters", "window", "words"),
    [
        ("2-4", EVENT, "over quarters 2 to 4, from its beginning on"),
        ("6-6", EVENT, "in quarter 6, in which it begins"),
        ("1-6", WHOLE, "over all measured quarters"),
    ],
)
def test_it_is_said_over_which_quarters_a_stress_is_told(quarters: str, window: str, words: str) -> None:
    assert span_words(rows()[0]._replace(quarters=quarters, window=window)) == words


def test_an_effect_without_an_interval_stands_alone() -> None:
    row = found(rows(bookings={"A: hit": ACTUAL - 12.0 * FROM_SECOND}), "A", "bookings")
    assert effect_words(row).startswith("-12.0 [")
    assert effect_words(row._replace(effect=Interval(-12.0, np.nan, np.nan))) == "-12.0"
