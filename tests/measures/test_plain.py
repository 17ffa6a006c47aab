"""The tables of any trace are those of the plain definitions, column by column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters, Span
from revsim.contract.trace import Kind, Row, trace_of
from revsim.measures.tables import quarter_table, tables, week_table
from tests.measures.plain import Plain
from tests.measures.plain_quarters import quarter
from tests.measures.plain_weeks import week
from tests.measures.traces import rows_of
from tests.tiny import run, tiny

Table = dict[str, np.ndarray[Any, Any]]
EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True)
KINDS = st.lists(st.sampled_from(list(Kind)), min_size=1, unique=True)
WINDOWS = st.tuples(st.integers(0, 3), st.integers(1, 3))
FULL = rows_of(1, list(Kind), 10_000)


def measured(first: int, quarters: int) -> Parameters:
    """The tiny company's parameters with another window."""
    end = 65.0 * (first + quarters)
    return parameters_of(tiny())._replace(span=Span(first, quarters, 65.0 * first, end, 13 * (first + quarters)))


def expected(rows: list[Row], first: int, quarters: int) -> tuple[Table, Table]:
    p, parameters = Plain(rows, first, quarters), measured(first, quarters)
    return (
        columns([quarter(p, q, parameters) for q in range(quarters)]),
        columns([week(p, w) for w in range(13 * quarters)]),
    )


def columns(entries: Sequence[dict[str, float]]) -> Table:
    return {name: np.array([entry[name] for entry in entries], dtype=float) for name in entries[0]}


def wrong(found: Table, wanted: Table) -> list[str]:
    """Columns that differ by more than the rounding of a sum of times."""
    assert set(found) == set(wanted)
    return [n for n in wanted if not np.allclose(found[n], wanted[n], rtol=1e-12, atol=1e-8, equal_nan=True)]


@EXAMPLES
@given(WINDOWS, KINDS, st.integers(0, 300), st.integers(0, 10**6))
def test_every_column_is_its_plain_definition(
    window: tuple[int, int], kinds: list[Kind], count: int, seed: int
) -> None:
    rows = rows_of(seed, kinds, count)
    found = tables(trace_of(rows), measured(*window))
    assert [wrong(*pair) for pair in zip(found, expected(rows, *window), strict=True)] == [[], []]


@pytest.mark.parametrize("window", [(0, 2), (2, 3), (4, 2), (5, 3)])
def test_every_column_of_a_trace_of_all_kinds_is_its_plain_definition(window: tuple[int, int]) -> None:
    found = tables(trace_of(FULL), measured(*window))
    assert [wrong(*pair) for pair in zip(found, expected(FULL, *window), strict=True)] == [[], []]


def test_a_trace_of_all_kinds_tells_each_column_from_every_other() -> None:
    for table in tables(trace_of(FULL), measured(0, 6)):
        told = {name: values for name, values in table.items() if name not in {"oracle", "oracle_n"}}
        assert [name for name, values in told.items() if not np.isfinite(values).any()] == []
        assert len({values.tobytes() for values in told.values()}) == len(told)


def test_an_empty_trace_has_no_counts_and_no_means() -> None:
    quarters, weeks = tables(trace_of([]), measured(1, 2))
    assert quarters["won"].tolist() == [0, 0]
    assert np.isnan(quarters["cycle_days"]).all()
    assert np.isnan(quarters["open_at_end"]).all()
    assert np.isnan(weeks["forecast"]).all()


def test_a_row_on_a_bound_belongs_to_what_begins_there() -> None:
    days = (math.nextafter(65.0, 0.0), 65.0, math.nextafter(130.0, 0.0), 130.0, math.nextafter(195.0, 0.0), 195.0)
    trace = trace_of([(day, Kind.EXIT, 1, 0, 1.0) for day in days])
    assert quarter_table(trace, measured(1, 2))["exits"].tolist() == [2, 2]


def test_deals_whose_entities_share_low_bits_have_rows_of_their_own() -> None:
    shared = [1, 1 + (1 << 16), 1 + (1 << 40)]
    asked = [(70.0 + 5.0 * number, Kind.QUALIFIED, entity, 0, 1.0) for number, entity in enumerate(shared)]
    won = [(100.0, Kind.WON, entity, 0, 1.0) for entity in reversed(shared)]
    assert quarter_table(trace_of([*asked, *won]), measured(1, 1))["cycle_days"].tolist() == [25.0]


def test_both_tables_at_once_are_those_made_alone() -> None:
    trace, parameters = run(tiny()), parameters_of(tiny())
    alone = quarter_table(trace, parameters), week_table(trace, parameters)
    for one, other in zip(tables(trace, parameters), alone, strict=True):
        assert list(one) == list(other)
        assert all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)


def test_a_plan_that_is_just_met_has_no_coverage() -> None:
    closed = [(65.0 + 5.0 * number, Kind.CLOSED_TO_DATE, 13 + number, -1, 100.0 * number) for number in range(2)]
    open_deals = [(65.0 + 5.0 * number, Kind.PIPELINE_OPERATIONS, 13 + number, -1, 50.0) for number in range(2)]
    trace = trace_of([(65.0, Kind.PLAN, 1, -1, 100.0), *closed, *open_deals])
    coverage = week_table(trace, measured(1, 1))["coverage"]
    assert coverage[0] == 0.5
    assert np.isnan(coverage[1])
