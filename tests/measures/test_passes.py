"""Machine code and numpy find the same in the rows of a trace, to the last bit; nobody sees which of them looks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Row, Trace, trace_of
from revsim.measures import by_machine, by_numpy, passes
from revsim.measures.grouped import Grouped
from revsim.measures.kinds import SETS, TOGETHER
from revsim.measures.tables import tables
from revsim.measures.window import Window
from tests.measures.traces import rows_of
from tests.tiny import run, tiny

EXAMPLES = settings(max_examples=100, deadline=None, derandomize=True)
KINDS = st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=8, unique=True)
ODD_VALUES = (-0.0, 0.0, float("nan"), float("inf"), 1e308, 1e-320)
ODD_KINDS = (0, 1, 20, 127, 135, 300, 2**15 - 1, -1, -(2**15))
ODD_ENTITIES = (2**63 - 1, -(2**63), 1 << 16, 1 << 32, (1 << 48) + 1, -1)


def odd(seed: int, kinds: list[Kind], count: int) -> Trace:
    """Rows as no simulator leaves them: values that are no numbers, kinds that nobody knows, entities of any size."""
    random = Random(seed)  # noqa: S311 - traces are no secrets

    def strange(row: Row) -> Row:
        time, kind, entity, actor, value = row
        chance = random.random()
        kind = random.choice(ODD_KINDS) if chance < 0.03 else kind
        entity = random.choice(ODD_ENTITIES) if 0.03 < chance < 0.1 else entity
        actor = random.choice((-(2**63), 2**63 - 1, 4, 5)) if 0.1 < chance < 0.12 and kind != Kind.WON else actor
        value = random.choice(ODD_VALUES) if 0.12 < chance < 0.2 else value * random.uniform(0.001, 1000.0)
        return time, kind, entity, actor, value

    return trace_of([strange(row) for row in rows_of(seed, kinds, count)])


def bits(found: Any) -> list[tuple[str, bytes]]:
    return [(str(array.dtype), np.ascontiguousarray(array).tobytes()) for array in found]


def assert_alike(trace: Trace, window: Window) -> None:
    assert bits(by_machine.totals(trace, window)) == bits(by_numpy.totals(trace, window))
    won = trace.entity[trace.kind == int(Kind.WON)]
    assert bits(by_machine.deal_sums(trace, won)) == bits(by_numpy.deal_sums(trace, won))


@EXAMPLES
@given(KINDS, st.integers(0, 600), st.integers(0, 10**6), st.builds(Window, st.integers(0, 5), st.integers(1, 3)))
def test_both_ways_find_the_same_in_rows_of_any_kind(kinds: list[Kind], count: int, seed: int, window: Window) -> None:
    assert_alike(odd(seed, kinds, count), window)


@pytest.mark.parametrize("seed", range(5))
def test_both_ways_find_the_same_in_rows_of_all_kinds(seed: int) -> None:
    assert_alike(odd(seed, [*Kind, *[Kind.WON, Kind.QUALIFIED] * 20], 6000), Window(1, 4))


def test_both_ways_find_the_same_where_there_are_no_rows_or_none_within() -> None:
    assert_alike(trace_of([]), Window(1, 2))
    assert_alike(odd(1, list(Kind), 500), Window(30, 2))


def test_deals_that_share_all_their_low_bits_are_told_apart() -> None:
    entities = [(number << 48) + (number << 16) for number in range(300)]
    asked = [(1.0, int(Kind.QUALIFIED), entity, 0, float(place)) for place, entity in enumerate(entities)]
    trace = trace_of([*asked, *[(2.0, int(Kind.WON), entity, 0, 1.0) for entity in (*entities[::-1], *entities)]])
    assert_alike(trace, Window(0, 1))
    found = by_machine.deal_sums(trace, np.array(entities * 2, dtype=np.int64)).values(Kind.QUALIFIED)
    assert found.tolist() == [*map(float, range(300)), *[0.0] * 300]  # of equal deals the first has the rows


def test_both_tables_are_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    trace, parameters = run(tiny()), parameters_of(tiny())
    found = tables(trace, parameters)
    monkeypatch.setattr(passes, "MACHINE", "no.such.module")
    for one, other in zip(found, tables(trace, parameters), strict=True):
        assert list(one) == list(other)
        assert bits(one.values()) == bits(other.values())


def test_columns_that_machine_code_cannot_read_are_read_by_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = trace_of(rows_of(1, list(Kind), 500))
    sparse = Trace(*(np.repeat(column, 2)[::2] for column in trace))
    wide = trace._replace(kind=trace.kind.astype(np.int64))  # type: ignore[arg-type] # on purpose
    assert passes.is_plain(trace)
    wanted = bits(passes.totals(trace, Window(0, 3)))
    monkeypatch.delattr(by_machine, "totals")
    for other in (sparse, wide):
        assert not passes.is_plain(other)
        assert bits(passes.totals(other, Window(0, 3))) == wanted


def test_the_measures_of_a_run_pick_no_rows_out_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    trace, parameters = run(tiny()), parameters_of(tiny())
    monkeypatch.delattr(Grouped, "_picked")
    assert tables(trace, parameters)


def test_a_kind_is_in_as_many_sets_as_there_is_room_for() -> None:
    places = {(int(kind), place) for place, kinds in enumerate(TOGETHER) for kind in kinds}
    assert places == {
        (kind, place) for kind, found in enumerate(SETS.tolist()) for place in found if place < len(TOGETHER)
    }


def test_a_run_of_simpy_imports_no_numba_for_its_measures() -> None:
    ask = """
import sys
from revsim.contract.of_scenario import parameters_of
from revsim.measures.tables import tables
from tests.tiny import luck_for, tiny
from revsim.simulate import simulate
p = parameters_of(tiny())
print(int(tables(simulate(p, luck_for(p), "simpy"), p)[0]["won"].sum()), "numba" in sys.modules)
"""
    here = Path(__file__).resolve().parents[2]
    said = subprocess.run([sys.executable, "-c", ask], cwd=here, check=True, capture_output=True, text=True)
    won = tables(run(tiny()), parameters_of(tiny()))[0]["won"].sum()
    assert said.stdout.split() == [str(won), "False"]
