"""Rows by kind and quarter, and sums by deal, are those that a plain walk over the rows finds, to the last bit."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revsim.contract.trace import Kind, Row, trace_of
from revsim.measures import by_machine, by_numpy
from revsim.measures.grouped import Grouped
from revsim.measures.kinds import OF_DEALS, QUARTERLY, WEEKLY
from revsim.measures.window import Window
from tests.measures.plain import Plain, times, total
from tests.measures.traces import rows_of

EXAMPLES = settings(max_examples=100, deadline=None, derandomize=True)
SOME = st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=5, unique=True)
WINDOWS = st.builds(Window, st.integers(0, 4), st.integers(1, 3))
SEEDS = st.integers(0, 10**6)


def uneven(seed: int, kinds: list[Kind], count: int = 400) -> list[Row]:
    """Random rows whose values are no round numbers, so that a sum tells the order of its parts."""
    random = Random(seed)  # noqa: S311 - traces are no secrets
    return [(*row[:4], row[4] * random.uniform(0.001, 1000.0)) for row in rows_of(seed, kinds, count)]


@EXAMPLES
@given(WINDOWS, SOME, SEEDS)
def test_rows_within_are_those_of_a_mask(window: Window, kinds: list[Kind], seed: int) -> None:
    rows = uneven(seed, [*kinds, Kind.QUALIFIED, Kind.WON, Kind.DUE])
    found, wanted = Grouped(trace_of(rows), window).within(*kinds), Plain(rows, *window).window(*kinds)
    columns = (found.time, found.kind, found.entity, found.actor, found.value)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == wanted


@EXAMPLES
@given(WINDOWS, SOME, SEEDS)
def test_rows_within_know_their_quarter(window: Window, kinds: list[Kind], seed: int) -> None:
    rows = uneven(seed, kinds)
    found, plain = Grouped(trace_of(rows), window).within(*kinds), Plain(rows, *window)
    assert np.bincount(found.quarter, minlength=window.quarters).tolist() == [
        len(plain.quarter(quarter, *kinds)) for quarter in range(window.quarters)
    ]


@EXAMPLES
@given(WINDOWS, SOME, SEEDS)
def test_counts_and_sums_are_those_of_each_quarter_s_rows_in_their_order(
    window: Window, kinds: list[Kind], seed: int
) -> None:
    rows = uneven(seed, kinds)
    found, plain = Grouped(trace_of(rows), window), Plain(rows, *window)
    quarters = [plain.quarter(quarter, *kinds) for quarter in range(window.quarters)]
    assert found.counts(*kinds).tolist() == [len(quarter) for quarter in quarters]
    assert found.sums(*kinds).tolist() == [total(quarter) for quarter in quarters]


@EXAMPLES
@given(SOME, SEEDS)
def test_some_of_the_rows_within_are_those_asked_for_alone(kinds: list[Kind], seed: int) -> None:
    trace, window = trace_of(uneven(seed, kinds)), Window(1, 3)
    found, alone = Grouped(trace, window).within(*kinds).among(kinds[0]), Grouped(trace, window).within(kinds[0])
    assert found.places.tolist() == alone.places.tolist()
    assert found.quarter.tolist() == alone.quarter.tolist()


def test_a_sum_that_was_handed_out_is_the_caller_s_own() -> None:
    grouped = Grouped(trace_of([(70.0, Kind.WON, 1, 0, 5.0)]), Window(1, 1))
    grouped.sums(Kind.WON)[0] = 7.0
    assert grouped.sums(Kind.WON).tolist() == [5.0]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("way", [by_machine, by_numpy])
def test_a_deal_s_sums_are_those_of_its_rows_in_their_order(way: Any, seed: int) -> None:
    rows = uneven(seed, [*OF_DEALS, Kind.STAGE_ENTERED, Kind.WON], 2000)
    entities = sorted({row[2] for row in rows if row[1] == Kind.WON}, reverse=True)
    found, plain = way.deal_sums(trace_of(rows), np.array(entities, dtype=np.int64)), Plain(rows, 0, 1)
    for kind in OF_DEALS:
        of_deals = [plain.of_deal(entity, kind) for entity in entities]
        assert found.rows(kind).tolist() == [len(of_deal) for of_deal in of_deals]
        assert found.times(kind).tolist() == [times(of_deal) for of_deal in of_deals]
        assert found.values(kind).tolist() == [total(of_deal) for of_deal in of_deals]


@EXAMPLES
@given(WINDOWS, SEEDS)
def test_a_state_is_the_last_row_of_its_week_or_quarter(window: Window, seed: int) -> None:
    rows = uneven(seed, [*(kind for kind, _ in WEEKLY.values()), *QUARTERLY], 2000)
    found, plain = Grouped(trace_of(rows), window), Plain(rows, *window)
    for values, (kind, actor) in zip(found.by_week(), WEEKLY.values(), strict=True):
        weeks = range(13 * window.first, 13 * (window.first + window.quarters))
        assert np.array_equal(values, [plain.last(kind, week, actor) for week in weeks], equal_nan=True)
    for kind in QUARTERLY:
        quarters = range(window.first, window.first + window.quarters)
        wanted = [plain.last(kind, quarter) for quarter in quarters]
        assert np.array_equal(found.by_quarter(kind), wanted, equal_nan=True)
