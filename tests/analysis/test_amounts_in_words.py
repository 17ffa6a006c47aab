"""Numbers as tables and sentences show them: units, signs, percent of a log ratio, brackets."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from revsim.analysis.gains import LOGS
from revsim.analysis.interval import Interval
from revsim.analysis.shares import percent_span, span, told
from revsim.analysis.timing_words import amount

QUARTERED = Interval(log(0.75), log(0.5), log(1.25))


def test_a_log_ratio_is_told_in_percent_of_change() -> None:
    assert percent_span(QUARTERED) == told(QUARTERED, LOGS)
    numbers = percent_span(QUARTERED).replace("\N{MINUS SIGN}", "-").replace("+", "")
    assert numbers.startswith("-25")
    assert "[-50" in numbers
    assert "25" in numbers.partition(",")[2]
    assert " % [" in numbers


def test_an_interval_is_told_in_its_unit_shares_and_logs_a_hundredfold() -> None:
    part = Interval(0.25, 0.125, 0.5)
    assert span(part, LOGS) == "+25.0 log points [+12.5, +50.0]"
    assert span(part, "share") == "+25.0 points [+12.5, +50.0]"
    assert "0.25" in span(part, "days").partition(" days [")[0]
    assert told(part, "days") == span(part, "days")


def test_without_an_interval_there_is_no_bracket() -> None:
    assert "[" not in span(Interval(0.25, np.nan, np.nan), "days")
    assert "[" not in percent_span(Interval(log(0.75), np.nan, np.nan))


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (log(1.25), LOGS, "+25.0 %"),
        (202_000.0, "money", "+202k EUR"),
        (2.0, "days", "+2"),
    ],
)
def test_an_effect_has_its_sign_and_money_its_currency(value: float, unit: str, words: str) -> None:
    assert amount(value, unit, "EUR").startswith(words)
    assert ("EUR" in amount(value, unit, "EUR")) == (unit == "money")


def test_thousands_have_a_letter_in_units_and_none_in_points_and_percent() -> None:
    part = Interval(25.0, 20.0, 30.0)
    assert span(part, LOGS) == "+2,500 log points [+2,000, +3,000]"
    assert span(part, "share") == "+2,500 points [+2,000, +3,000]"
    assert span(Interval(2500.0, 2000.0, 3000.0), "days") == "+2.50k days [+2.00k, +3.00k]"
    assert percent_span(Interval(log(26.0), log(21.0), log(31.0))) == "+2,500 % [+2,000, +3,000]"


def test_one_end_without_a_number_leaves_the_estimate_alone() -> None:
    assert span(Interval(0.25, 0.125, np.nan), "share") == "+25.0 points"
    assert percent_span(Interval(log(1.25), np.nan, log(1.5))) == "+25.0 %"
