"""The picture of parts: bars that add up to the variance, a claim out of its table, nothing without intervals."""

from __future__ import annotations

import re

import numpy as np
import pytest

from revsim.analysis.gains import Gains
from revsim.analysis.parts import LEVEL, Told, parts
from revsim.reports.figures.parts import CHANCE, REST, Piece, parts_picture, pieces
from revsim.reports.figures.picture import Picture

NAMES = ["a", "b", "c"]
LEVELS = {"whole": 3.4, "structure": 3.0, "chance": 0.4}
NUMBER = re.compile(r"[-+]?\d+\.\d+")


def game(week: int, of: str, noise: float, replications: int) -> Gains:
    """V without frictions: a takes off 1, b 0.5, and c adds 0.25 when it goes; chance stays as it is."""
    rng = np.random.default_rng(week)
    worth = [-1.0, -0.5, 0.25] if of != "chance" else [0.0, 0.0, 0.0]
    mean = np.asarray([LEVELS[of] + sum(w for k, w in enumerate(worth) if s >> k & 1) for s in range(8)])
    each = mean[:, None] + noise * rng.normal(size=(8, replications))
    whole = each.mean(axis=1)
    away = (replications * whole[:, None] - each) / (replications - 1)
    return Gains(f"{week} {of}", "Forecast variance", "share^2", "lower", whole, away, resampled=False)


def rows(noise: float = 0.05, replications: int = 60) -> list[Told]:
    return parts([game(week, of, noise, replications) for week in (1, 7, 12) for of in LEVELS], NAMES)


def picture(of: str = "structure", noise: float = 0.05, replications: int = 60) -> Picture:
    found = parts_picture(rows(noise, replications), of)
    assert found is not None
    return found


def at_mid_quarter(of: str) -> dict[str, Piece]:
    return {piece.part: piece for piece in pieces(rows(), of) if piece.week == 7}


def test_the_parts_of_a_week_add_up_to_all_of_its_variance() -> None:
    told = rows()
    for of, whole in (("structure", ("structure", "chance")), ("whole", ("whole",))):
        for week in (1, 7, 12):
            stacked = sum(piece.adds.estimate for piece in pieces(told, of) if piece.week == week)
            levels = [row.value.estimate for row in told if (row.week, row.kind) == (week, LEVEL) and row.of in whole]
            assert stacked == pytest.approx(sum(levels))


def test_a_friction_adds_what_its_absence_takes_off_with_ends_in_order() -> None:
    found = at_mid_quarter("structure")
    assert found["a"].adds.estimate == pytest.approx(1.0, abs=0.05)
    assert found["c"].adds.estimate == pytest.approx(-0.25, abs=0.05)
    assert all(piece.adds.low < piece.adds.estimate < piece.adds.high for piece in found.values())


def test_weeks_and_parts_come_in_order_with_what_is_left_and_chance_last() -> None:
    found = pieces(rows(), "structure")
    assert [piece.part for piece in found] == [*NAMES, REST, CHANCE] * 3
    assert [piece.week for piece in found] == [1] * 5 + [7] * 5 + [12] * 5


def test_chance_is_a_part_only_where_it_is_told_apart() -> None:
    assert CHANCE not in at_mid_quarter("whole")


def test_the_claim_names_the_largest_friction_in_numbers_of_the_table() -> None:
    one = picture()
    assert "the largest clear part is a" in one.claim
    told = {number for row in one.rows for cell in row for number in NUMBER.findall(cell)}
    assert set(NUMBER.findall(one.claim)) <= told
    assert all(len(row) == len(one.columns) for row in one.rows)
    assert set(one.files()) == {"svg", "png"}


def test_where_no_friction_is_clear_the_claim_says_so() -> None:
    assert picture(noise=50.0).claim.startswith("No friction clearly adds to structure at mid-quarter (week 7)")


def test_without_intervals_nothing_is_drawn() -> None:
    assert parts_picture(rows(replications=2), "structure") is None
    assert parts_picture([], "structure") is None
