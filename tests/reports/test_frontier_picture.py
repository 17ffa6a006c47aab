"""The picture of both frontiers: every side is drawn, its claim's numbers stand in its table, and it draws the same."""

from __future__ import annotations

import re

import numpy as np

from revsim.analysis.frontier_rows import TITLES, Asked, Shown
from revsim.analysis.interval import Interval
from revsim.reports.figures.frontier import frontier_picture
from revsim.reports.parts.frontier import worth_part


def row(side: str, budget: float, net: float, width: float = 1e4) -> Shown:
    part, share = Interval(net, net - width, net + width), Interval(-0.1, -0.2, 0.0)
    cost = Interval(0.9 * budget, 0.8 * budget, budget)
    return Shown(Asked(side, budget, f"{side} at {budget:g}", net), cost, part, part, share, share, part)


ROWS = [row(side, budget, k * 1e5 + budget) for k, side in enumerate(TITLES) for budget in (25e3, 60e3)]


def test_every_side_has_its_line_and_the_claim_s_numbers_stand_in_the_table() -> None:
    picture = frontier_picture(ROWS, "EUR")
    assert picture is not None
    drawn = " ".join(re.findall(r">([^<>]+)</text>", picture.files()["svg"].decode()))
    assert all(title in drawn for title in TITLES.values())
    cells = " ".join(cell for line in picture.rows for cell in line)
    numbers = re.findall(r"\+?\d[\d.,]*k", picture.claim)
    assert len(numbers) == 2
    assert all(number in cells for number in numbers)
    assert picture.files()["svg"] == picture.files()["svg"]


def test_the_claim_is_of_the_side_that_brings_most_within_the_largest_budget() -> None:
    picture = frontier_picture([*ROWS[:4], row("both", 25e3, 9e6), row("both", 60e3, -1.0)], "EUR")
    assert picture is not None
    assert "design" in picture.claim


def test_without_intervals_nothing_is_drawn() -> None:
    assert frontier_picture([row("design", 25e3, 1.0, np.nan)], "EUR") is None


def test_the_table_has_a_row_a_mix() -> None:
    sheet = worth_part(ROWS, "EUR").sheet
    assert [line[0] for line in sheet.rows] == [one.asked.scenario for one in ROWS]
    assert {len(line) for line in sheet.rows} == {len(sheet.columns)}
