"""What a stress does in words, by hand: the window, the size of a difference, and how many look clear by chance."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.stress import EVENT, WHOLE, Blow
from revsim.analysis.stress_words import (
    AT_RISK,
    HEADLINE,
    LEADS,
    amount,
    calm_words,
    contrasts,
    effect_words,
    pairs,
    sentence,
    span_words,
    spread,
    table,
    tally,
    window_of,
)

DOWN = Interval(-0.2, -0.3, -0.1)
SUM = Interval(-2e5, -3e5, -1e5)


def blow(measure: str, unit: str, **more: object) -> Blow:
    """A row of the reference without differences."""
    made = Blow(
        *("s", "Demand shock", WHOLE, "1-4", measure, measure, unit, 0.04, 0.09, SUM, DOWN, "better"),
        *(NOTHING, "", NOTHING, ""),
    )
    return made._replace(**more)


def told(**more: object) -> dict:
    """The rows that a sentence reads."""
    money = [blow(name, "EUR/quarter", **more) for name in ("bookings", AT_RISK)]
    hours = [blow(name, "hours/quarter", effect=Interval(1500.0, 1400.0, 1600.0), **more) for name in HOURS]
    return table([blow(HEADLINE, "share^2", **more), *money, *hours])


HOURS = ("heroics_hours", "reconciliation_hours")


def test_rows_are_found_by_scenario_stress_window_and_measure() -> None:
    rows = [blow("bookings", "EUR/quarter"), blow("bookings", "EUR/quarter", window=EVENT), blow(AT_RISK, "EUR")]
    assert len(table(rows)) == 3
    assert pairs([*rows, blow(AT_RISK, "EUR", scenario="t")]) == [("s", "Demand shock"), ("t", "Demand shock")]


def test_the_event_s_own_quarters_are_told_where_there_are_some() -> None:
    assert window_of(told(), "s", "Demand shock") == WHOLE
    assert window_of(told(window=EVENT), "s", "Demand shock") == EVENT


@pytest.mark.parametrize(
    ("window", "quarters", "words"),
    [
        (WHOLE, "1-4", "over all measured quarters"),
        (EVENT, "4-4", "in quarter 4, in which it begins"),
        (EVENT, "2-4", "over quarters 2 to 4, from its beginning on"),
    ],
)
def test_the_quarters_are_told(window: str, quarters: str, words: str) -> None:
    assert span_words(blow("bookings", "EUR", window=window, quarters=quarters)) == words


def test_amounts_have_a_letter_for_thousands_of_money_alone() -> None:
    assert amount(SUM, "EUR/quarter") == "-200k EUR [-300k, -100k] a quarter"
    assert amount(Interval(1500.0, 1400.0, 1600.0), "hours/quarter") == "+1,500 hours [+1,400, +1,600] a quarter"
    assert amount(Interval(1500.0, np.nan, np.nan), "people/quarter") == "+1,500 people a quarter"
    assert amount(Interval(1500.0, 1400.0, np.nan), "EUR") == "+1.50k EUR a quarter"


@pytest.mark.parametrize(("value", "words"), [(0.04, "±20.0 %"), (0.0, "±0 %"), (-0.01, "n/a"), (np.nan, "n/a")])
def test_a_spread_is_the_root_of_a_variance(value: float, words: str) -> None:
    assert spread(value) == words


@pytest.mark.parametrize(
    ("unit", "calm", "words"),
    [
        ("share^2", 0.04, "±20.0 %"),
        ("share^2", -0.04, "±0 %"),
        ("share", 0.04, "4.00 %"),
        ("EUR/quarter", 4e3, "4.00k"),
    ],
)
def test_a_level_without_the_stress_is_read_in_its_unit(unit: str, calm: float, words: str) -> None:
    assert calm_words(blow("any", unit, calm=calm)) == words


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("share^2", "-20.0 % [-30.0, -10.0]"),
        ("share", "-50.0 points [-60.0, -40.0]"),
        ("EUR/quarter", "-0.500 [-0.600, -0.400]"),
    ],
)
def test_an_effect_is_in_percent_of_a_variance_in_points_of_a_share_and_else_as_it_is(unit: str, words: str) -> None:
    assert effect_words(blow("any", unit, effect=Interval(-0.5, -0.6, -0.4))) == words


def test_a_sentence_tells_the_spread_with_and_without_and_the_amounts() -> None:
    said = sentence(told(), "s", "Demand shock")
    assert said.startswith("If demand fell, “s” would, over all measured quarters, ")
    assert "by ±30.0 % (one standard deviation) instead of ±20.0 % (variance -20.0 % (95 % interval -30.0 %" in said
    assert "change by -200k EUR [-300k, -100k] a quarter (better), revenue at risk by -200k EUR" in said
    assert said.endswith("reconciliation by +1,500 hours [+1,400, +1,600] a quarter.")


def test_a_stress_of_another_name_is_told_by_it_and_what_is_not_clear_is_called_so() -> None:
    said = sentence(told(stress="Flood", word="no clear difference"), "s", "Flood")
    assert "Flood" not in LEADS
    assert said.startswith("Under “Flood”, “s”")
    assert said.count("not clear)") == 3


def differing(word: str, measure: str = HEADLINE, unit: str = "share^2", **more: object) -> Blow:
    return blow(measure, unit, difference=DOWN, difference_word=word, **more)


def test_only_clear_differences_of_the_headline_bookings_and_risk_are_told() -> None:
    silent = [differing("no clear difference"), differing("not judged"), differing("")]
    for row in [*silent, differing("suffers less", "wape_week_7"), differing("suffers less", scenario="t")]:
        assert contrasts(table([row]), "s", "r").startswith("No stress tells “s” from “r” clearly")
    said = contrasts(table([differing("suffers less"), differing("suffers more", "bookings", "EUR/quarter")]), "s", "r")
    assert (
        "suffers less in forecast variance under “Demand shock” (by a factor of 0.800, i.e. -30.0 % to -10.0 %)" in said
    )
    assert "; suffers more in bookings under “Demand shock” (-0.200 EUR [-0.300, -0.100] a quarter)." in said


def test_where_an_event_has_quarters_of_its_own_differences_over_all_are_not_told() -> None:
    both = [differing("suffers less", window=window, stress=window) for window in (WHOLE, EVENT)]
    late = differing("suffers more", stress=EVENT)
    said = contrasts(table([*both, late]), "s", "r")
    assert said.count("suffers less") == 2
    assert "suffers more" not in said


def test_a_difference_of_means_is_told_with_its_share_where_it_has_one() -> None:
    row = differing("suffers less", "bookings", "EUR/quarter", relative_difference=Interval(0.05, 0.01, 0.09))
    assert "a quarter, as a share of its own +1.00 % to +9.00 %)" in contrasts(table([row]), "s", "r")


def test_of_twenty_comparisons_one_would_look_clear_by_chance() -> None:
    words = ["suffers less"] * 3 + ["suffers more"] * 2 + ["no clear difference"] * 15 + ["not judged", ""]
    said = tally([differing(word) for word in words])
    assert "Of 20 comparisons with" in said
    assert "5 are clear, 3 of them for the scenario; were nothing true, about 1.0 would" in said
    assert tally([differing("not judged"), differing("")]) == ""


def test_large_shares_keep_their_digits_and_have_no_letter_for_thousands() -> None:
    """A variance that is 21 to 41 times as large, and amounts of which 2,000 to 4,000 % are left."""
    grown = Interval(30.0, 20.0, 40.0)
    rows = [
        blow(HEADLINE, "share^2", difference=grown, difference_word="suffers more"),
        blow("bookings", "EUR", difference=SUM, relative_difference=grown, difference_word="suffers less"),
    ]
    said = contrasts(table(rows), "s", "t")
    assert "(by a factor of 31.0, i.e. +2,000 % to +4,000 %)" in said
    assert "(-200k EUR [-300k, -100k] a quarter, as a share of its own +2,000 % to +4,000 %)" in said
