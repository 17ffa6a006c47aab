"""Volatility of new business: over a company's own quarters, in money, of its own mean and of the baseline's."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import volatility
from revsim.analysis.comparison import Comparison, compare_frames
from revsim.analysis.cube import Cube
from revsim.analysis.requirement import findings, parse
from revsim.analysis.table import lines
from revsim.analysis.view import View
from tests.analysis.synthetic import study

BOOKED = np.array(
    [[[100.0, 300.0], [200.0, 200.0]], [[300.0, 700.0], [100.0, 100.0]]]
)  # scenario, replication, quarter
CUBE = Cube(("base", "own"), np.arange(2), np.arange(1, 3), {"bookings": BOOKED}, {})
OWN = View(CUBE, 1, 0)


def test_it_is_the_standard_deviation_over_the_quarters_of_each_replication() -> None:
    assert volatility.volatility(OWN) == pytest.approx([80_000.0**0.5, 0.0])  # of 300 and 700


def test_as_a_share_it_is_of_its_own_mean_and_of_the_baseline_s_in_the_same_replication() -> None:
    assert volatility.own_share(OWN) == pytest.approx([80_000.0**0.5 / 500.0, 0.0])
    assert volatility.common_share(OWN) == pytest.approx([80_000.0**0.5 / 200.0, 0.0])


def test_selling_twice_as_much_doubles_it_in_money_and_leaves_its_share_alone() -> None:
    twice = View(CUBE._replace(quarterly={"bookings": np.stack([BOOKED[0], 2.0 * BOOKED[0]])}), 1, 0)
    base = View(twice.cube, 0, 0)
    assert volatility.volatility(twice) == pytest.approx(2.0 * volatility.volatility(base))
    assert volatility.own_share(twice) == pytest.approx(volatility.own_share(base))
    assert volatility.common_share(twice) == pytest.approx(2.0 * volatility.common_share(base))


def compared(scale: float) -> Comparison:
    """The second scenario's quarters swing by `scale` of the first's around the same level."""
    quarters, weeks = study({"a": 0.2, "b": 0.2}, 40, 6)
    mine = quarters["scenario"] == "b"
    quarters.loc[mine, "bookings"] = 100.0 + scale * (quarters.loc[mine, "bookings"] - 100.0)
    return compare_frames(quarters, weeks, ["a", "b"], "a", "USD")


@pytest.mark.parametrize(("scale", "word"), [(0.5, "better"), (2.0, "worse"), (1.0, "no clear difference")])
def test_less_of_it_is_better_and_it_stands_in_the_headline_of_the_table(scale: float, word: str) -> None:
    found = compared(scale)
    row = found.row(1, "bookings_volatility")
    assert row.word == word
    assert row.relative.estimate == pytest.approx(scale - 1.0, abs=1e-9)
    shown = {line.measure: line for line in lines(found)}
    assert shown["bookings_volatility"].group == "Headline"
    assert shown["bookings_volatility"].words == [word]


def test_the_verdict_tells_how_it_changes_and_a_demand_can_be_made_of_it() -> None:
    quarters, weeks = study({"a": 0.3, "b": 0.1}, 60, 6)  # the headline falls clearly, so that there is a best
    mine = quarters["scenario"] == "b"
    quarters.loc[mine, "bookings"] = 100.0 + 0.5 * (quarters.loc[mine, "bookings"] - 100.0)
    weeks.loc[weeks["scenario"] == "b", "forecast"] = 100.0
    found = compare_frames(quarters, weeks, ["a", "b"], "a", "USD")
    assert "-50.0 %" in found.verdict.split("swings from quarter to quarter")[1]
    (met,) = findings([parse("b:bookings_volatility.relative_high < -40%", ["a", "b"], "a")], found.rows)
    assert met.is_met
