"""A build that stalls: its sums against nothing and against the finished design are known."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.balance import BUYS, COSTS, ERROR_COLUMN, NET
from revsim.analysis.cube import Cube
from revsim.analysis.stalled import Places, frame, lines, sentences, stalls

NAMES = ("nothing", "finished", "stalled")
COLUMNS = [column for _, columns in (BUYS | COSTS).values() for column in columns] + [ERROR_COLUMN]
ADDED = {"bookings": (0.0, 200.0, 90.0), "remedy_cost_design": (0.0, 40.0, 25.0)}
LEVELS = 1_000.0 + np.random.default_rng(1).normal(size=(40, 4))
QUARTERLY = {name: np.stack([LEVELS + more for more in ADDED.get(name, (0.0,) * 3)]) for name in COLUMNS}
FULL = Cube(NAMES, np.arange(40), np.arange(1, 5), QUARTERLY, {})


def test_a_stalled_build_keeps_what_it_built_and_what_it_spent() -> None:
    against_nothing, against_finished = stalls(FULL, [Places(1, 2, 0)], 0.5)
    assert against_nothing.own.items[NET].estimate == pytest.approx(0.5 * 90.0 - 25.0)
    assert against_nothing.finished is not None
    assert against_nothing.finished.items[NET].estimate == pytest.approx(0.5 * 200.0 - 40.0)
    assert against_finished.own.items[NET].estimate == pytest.approx(-0.5 * 110.0 + 15.0)


def test_without_a_scenario_that_builds_nothing_only_the_finished_one_is_beside_it() -> None:
    (only,) = stalls(FULL, [Places(1, 2, None)], 0.5)
    assert (only.against, only.finished) == ("finished", None)


def test_words_table_and_rows_say_cost_net_and_payback() -> None:
    found = stalls(FULL, [Places(1, 2, 0)], 0.5)
    first, second = sentences(found, "EUR")
    assert first.startswith(
        "“stalled” against “nothing”: for 25.0 EUR a quarter it is worth +20.0 EUR a quarter without"
    )
    assert "from measured quarter 1 on" in first
    assert first.endswith(
        "Finished, for 40.0, it is worth +60.0 EUR a quarter without renewals and expansion, +60.0 EUR a quarter with "
        "them."
    )
    assert "0 % of companies (0 % to 9.28 %) are better off stalled" in second
    head, rows = lines(found, "EUR")
    assert len(head) == 4
    assert {len(row) for row in rows} == {4}
    table = frame(found, "EUR")
    assert not table.duplicated(["against", "scenario", "item"]).any()
    pairs = {(one.against, one.scenario) for one in table.itertuples()}
    assert pairs == {("nothing", "stalled"), ("nothing", "finished"), ("finished", "stalled")}


def test_two_ways_to_stall_tell_the_finished_design_once() -> None:
    found = stalls(FULL, [Places(1, 2, 0), Places(1, 2, 0)], 0.5)
    assert not frame(found, "EUR").duplicated(["against", "scenario", "item"]).any()
