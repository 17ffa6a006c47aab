"""One world by hand: whose patterns it shows, what is regretted, and the cells of its row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.patterns import Pattern, own_patterns
from revsim.analysis.worlds.contests import VARIANCE, Contest, Level
from revsim.analysis.worlds.table import Names, Seen, contest_rows, level_rows, look, world_rows
from tests.analysis.synthetic import frame, tables

NAMES = Names(("A", "B"), "A", lambda name, world: f"w{world:04d} {name}")


def rows_of(world: int, replications: int = 4) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of a world whose scenarios share no luck."""
    parts = []
    for place, name in enumerate(NAMES.scenarios):
        quarter, week = tables(np.random.default_rng([world, place]), (replications, 2), 0.2)
        called = NAMES.in_world(name, world)
        parts.append((frame(called, quarter), frame(called, week)))
    quarters, weeks = (pd.concat(some, ignore_index=True) for some in zip(*parts, strict=True))
    return quarters, weeks


def test_patterns_are_those_of_the_baseline_s_rows_alone() -> None:
    quarters, weeks = rows_of(1)
    (seen,) = look(quarters, weeks, 1, NAMES)
    mine = [each[each["scenario"] == "w0001 A"] for each in (quarters, weeks)]
    assert seen.patterns == own_patterns(*mine)
    assert seen.replications == 4
    assert [level.scenario for level in seen.levels] == ["A", "B"]
    assert {contest.own for contest in seen.contests} == {"B"}
    assert seen.levels[0].added_cost == 0.0


@pytest.mark.parametrize(("replications", "is_judged"), [(1, False), (2, False), (3, True)])
def test_a_world_of_fewer_than_three_replications_has_their_number_alone(replications: int, *, is_judged: bool) -> None:
    (seen,) = look(*rows_of(1, replications), 1, NAMES)
    assert seen.replications == replications
    assert [bool(part) for part in seen[2:]] == [is_judged] * 3


def test_replications_that_one_scenario_lacks_are_left_out_and_worlds_are_counted_from_one() -> None:
    quarters, weeks = rows_of(2, 5)
    there = ~((quarters["scenario"] == "w0002 B") & (quarters["replication"] == 4))
    seen = look(quarters[there], weeks, 2, NAMES)
    assert [(one.world, one.replications) for one in seen] == [(1, 0), (2, 4)]


LEVELS = [Level("A", 0.04, 50.0, 0.0, np.nan), Level("B", 0.01, 40.0, 3.0, 0.5), Level("C", -0.01, 70.0, 1.0, 2.0)]
GAP = Interval(-0.5, -0.6, -0.4)
CONTESTS = [Contest("B", "A", VARIANCE, GAP, "wins"), Contest("C", "B", VARIANCE, NOTHING, "not judged")]
WORLD = Seen(7, 10, LEVELS, CONTESTS, [Pattern("churn", 0.1, 0.2, "share", 0.15)])


def test_regret_is_of_spreads_above_the_lowest_and_of_bookings_below_the_highest() -> None:
    rows = level_rows([WORLD]).set_index("scenario")
    assert rows["regret_spread"].to_dict() == pytest.approx({"A": 0.2, "B": 0.1, "C": 0.0})
    assert rows["regret_bookings"].to_dict() == {"A": 20.0, "B": 30.0, "C": 0.0}
    assert set(rows["world"]) == {7}


def test_a_row_of_a_world_has_its_draws_patterns_levels_effects_on_the_baseline_and_words() -> None:
    draws = pd.DataFrame({"drift": [0.3, 0.4]}, index=pd.Index([7, 8], name="world"))
    (row,) = world_rows([WORLD], draws, "A").to_dict("records")
    assert (row["world"], row["drift"], row["replications"], row["pattern: churn"]) == (7, 0.3, 10, 0.15)
    assert (row["B: variance"], row["B: added_cost"], row["B: regret_bookings"]) == (0.01, 3.0, 30.0)
    assert [row[f"B: variance effect {part}"] for part in ("estimate", "low", "high")] == list(GAP)
    assert (row["B: variance word"], row["C against B: variance word"]) == ("wins", "not judged")
    assert "C: variance effect low" not in row


def test_contests_are_told_world_by_world() -> None:
    rows = contest_rows([WORLD, Seen(8, 0, [], [], [])])
    assert rows["world"].tolist() == [7, 7]
    assert rows.iloc[0].tolist() == [7, "B", "A", VARIANCE, *GAP, "wins"]
    assert contest_rows([]).columns.tolist() == rows.columns.tolist()
