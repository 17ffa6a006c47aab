"""Sweep files: the shipped one, its points, and every way such a file can be wrong, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.api import load, run
from revsim.contract.of_scenario import parameters_of
from revsim.errors import ScenarioError, UserError
from revsim.scenario.canonical import world_hash
from revsim.scenario.grid import points_of
from revsim.scenario.problems import Problem
from revsim.scenario.reserved import column_like
from revsim.scenario.sweep import read_sweep
from tests.tiny import SMALL

GOOD = """sweep: S
scenario: status-quo.yaml
factors:
  - name: m
    levels: [0, 0.5, 1]
    sets:
      - {address: design.owned_handoffs, from: 1, to: 0}
"""
TWO = (
    GOOD
    + """  - name: reps
    levels: [24, 30]
    sets: [{address: world.sales.reps, from: 0, to: 1}]
"""
)
# text, code, line, column, words of message or hint
CASES = {
    "a misspelt key": (GOOD.replace("levels", "level"), "E101", 5, 5, "did you mean `levels`"),
    "a misspelt part of a set": (GOOD.replace("to: 0", "too: 0"), "E101", 7, 51, "did you mean `to`"),
    "no factors": ("sweep: S\nscenario: status-quo.yaml\n", "E102", 1, 1, "`factors` is missing"),
    "a word for a level": (GOOD.replace("0.5", "half"), "E103", 5, 17, "`factors[0].levels[1]` = `half`"),
    "a level twice": (GOOD.replace("0.5", "0"), "E105", 5, 5, "each level once"),
    "one level": (GOOD.replace("[0, 0.5, 1]", "[0]"), "E105", 5, 5, "at least 2"),
    "two factors of one name": (TWO.replace("name: reps", "name: m"), "E105", 3, 1, "a name each"),
    "half a quarter to wait": (GOOD + "waiting: [0.5]\n", "E105", 8, 1, "whole numbers of quarters"),
    "an address that is not there": (GOOD.replace("owned_handoffs", "owned_hands"), "E101", 7, 19, "owned_handoffs"),
    "a value out of bounds": (GOOD.replace("0.5, 1]", "0.5, -1]"), "E105", 7, 19, "allowed: 0 to 1"),
    "a fixed address that is not there": (GOOD + "fixed: {design.zzz: 1}\n", "E101", 8, 9, "known here"),
    "a factor called as a column": (GOOD.replace("name: m", "name: scenario"), "E211", 4, 11, "column `scenario`"),
    "one that differs in case": (GOOD.replace("name: m", "name: Base"), "E211", 4, 11, "column `base`"),
    "one that differs in spaces": (GOOD.replace("name: m", "name: waits  Quarters"), "E211", 4, 11, "`waits_quarters`"),
    "one that differs in width": (GOOD.replace("name: m", "name: \uff51uarter"), "E211", 4, 11, "column `quarter`"),
    "one that holds what is not seen": (
        GOOD.replace("name: m", 'name: "lu\\u200bck"'),
        *("E211", 4, 11, "column `luck`"),
    ),
    "a measure's name": (GOOD.replace("name: m", "name: Bookings"), "E211", 4, 11, "column `bookings`"),
    "no name to read": (GOOD.replace("name: m", "name: ' - '"), "E211", 4, 11, "a letter or a digit"),
    "names apart by case alone": (TWO.replace("name: reps", "name: M"), "E211", 8, 11, "differs from `m`"),
    "one value that two factors set": (
        TWO.replace("world.sales.reps", "design.owned_handoffs.marketing_to_sales"),
        *("E212", 10, 22, "by `reps` and by `m`"),
    ),
    "one value that a factor sets twice": (
        GOOD + "      - {address: design.owned_handoffs, from: 0, to: 1}\n",
        *("E212", 8, 19, "by `m` and by `m`"),
    ),
    "one value fixed and varied": (GOOD + "fixed: {design.owned_handoffs: 1}\n", "E212", 8, 9, "by `fixed` and by `m`"),
    "a part of what is varied fixed": (
        GOOD + "fixed: {design.owned_handoffs.marketing_to_sales: 1}\n",
        *("E212", 8, 9, "(as `design.owned_handoffs`)"),
    ),
    "a start that waiting sets too": (
        GOOD + "fixed: {design.start_week: 1}\nwaiting: [1]\n",
        *("E212", 8, 9, "begins only once"),
    ),
    "an item that is not there": (
        GOOD.replace("design.owned_handoffs", "'world.sales.stages[9].effort_hours'"),
        *("E108", 7, 19, "no item [9]"),
    ),
    "what is no address": (GOOD.replace("design.owned_handoffs", "'a b'"), "E011", 7, 19, "no step of a path"),
    "the name of a point": (GOOD + "fixed: {name: Best}\n", "E210", 8, 9, "has its id"),
    "no scenario": (GOOD.replace("status-quo.yaml", "[]"), "E105", 2, 1, "at least one"),
    "a scenario twice": (
        GOOD.replace("status-quo.yaml", "[design.yaml, design.yaml]"),
        *("E105", 2, 25, "named twice"),
    ),
    "two scenarios of one name": (
        GOOD.replace("status-quo.yaml", "[design.yaml, ./design]"),
        *("E210", 2, 25, "two scenarios are called `Design`"),
    ),
    "a wait twice": (GOOD + "waiting: [1, 1]\n", "E105", 8, 14, "twice"),
    "a wait beyond the end": (GOOD + "waiting: [1, 8]\n", "E210", 8, 14, "holds 8 quarters"),
    "too many points": (
        GOOD.replace("[0, 0.5, 1]", str([k / 10_000 for k in range(10_001)])),
        *("E210", 3, 1, "10,001 points, and at most 10,000"),
    ),
    "points of other lengths": (
        GOOD.replace("design.owned_handoffs, from: 1, to: 0", "calendar.quarters, from: 2, to: 4"),
        *("E210", 7, 19, "measure 2 and 3 quarters"),
    ),
    "a scenario that is not there": (GOOD.replace("status-quo", "nope"), "E012", 2, 11, "no file `nope.yaml`"),
    "a scenario in place of a sweep": ("extends: status-quo.yaml\n", "E101", 1, 1, "this is a scenario, no sweep"),
}


def write(folder: Path, text: str) -> str:
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    return str(folder / "s.yaml")


@pytest.mark.parametrize(("text", "code", "line", "column", "words"), CASES.values(), ids=CASES)
def test_a_fault_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, text: str, code: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        points_of(*read_sweep(write(tmp_path, text)))
    problems = [problem for problem in caught.value.problems if isinstance(problem, Problem)]
    told = {(problem.code, problem.place.line, problem.place.column): problem for problem in problems}
    assert (code, line, column) in told
    assert words in told[code, line, column].message + told[code, line, column].hint


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("sweep: S", "swep: S").replace("0.5", "half")
    with pytest.raises(ScenarioError) as caught:
        read_sweep(write(tmp_path, text))
    assert [problem.place.line for problem in caught.value.problems if isinstance(problem, Problem)] == [1, 1, 5]


def test_a_point_has_the_value_between_from_and_to_at_its_level(tmp_path: Path) -> None:
    points = points_of(*read_sweep(write(tmp_path, GOOD.replace("from: 1, to: 0", "from: 0.9, to: 0.1"))))
    values = [point.scenario.design.owned_handoffs.marketing_to_sales.value for point in points]
    assert values == pytest.approx([0.9, 0.5, 0.1])
    assert [point.id for point in points] == ["p000001", "p000002", "p000003"]
    assert [point.title for point in points] == ["p000001 (m 0)", "p000002 (m 0.5)", "p000003 (m 1)"]


def test_several_factors_make_the_full_grid_the_last_fastest(tmp_path: Path) -> None:
    points = points_of(*read_sweep(write(tmp_path, TWO)))
    assert [(point.levels["m"], point.levels["reps"]) for point in points] == [
        (m, reps) for m in (0, 0.5, 1) for reps in (24, 30)
    ]


def test_several_scenarios_are_told_apart_by_name(tmp_path: Path) -> None:
    text = GOOD.replace("scenario: status-quo.yaml", "scenario: [status-quo.yaml, coordination.yaml]")
    points = points_of(*read_sweep(write(tmp_path, text)))
    assert [point.title for point in points][::3] == ["p000001 (Status quo, m 0)", "p000004 (Coordination, m 0)"]
    assert {point.base for point in points} == {"Status quo", "Coordination"}


def test_points_of_six_long_factors_have_an_id_each_and_their_levels(tmp_path: Path) -> None:
    dials = ["sponsored", "one_view_of_data", "shared_definitions", "owned_handoffs", "shared_incentives", "decay"]
    factors = "".join(
        f"  - {{name: a factor of ordinary length {k}, levels: [0, 1], sets: [{{address: design.{dial}, "
        "from: 0, to: 1}]}\n"
        for k, dial in enumerate(dials)
    )
    points = points_of(*read_sweep(write(tmp_path, f"sweep: S\nscenario: status-quo.yaml\nfactors:\n{factors}")))
    assert [point.id for point in points] == [f"p{number:06d}" for number in range(1, 65)]
    assert len({tuple(point.levels.values()) for point in points}) == len({point.title for point in points}) == 64
    assert max(len(point.title) for point in points) <= 80


def test_levels_that_differ_beyond_the_usual_digits_are_two_points(tmp_path: Path) -> None:
    points = points_of(*read_sweep(write(tmp_path, GOOD.replace("[0, 0.5, 1]", "[0.1, 0.1000000001]"))))
    assert [point.levels["m"] for point in points] == [0.1, 0.1000000001]
    assert [point.title for point in points] == ["p000001 (m 0.1)", "p000002 (m 0.1000000001)"]


def test_a_point_of_another_scenario_is_compared_with_the_first_at_its_levels(tmp_path: Path) -> None:
    text = GOOD.replace("scenario: status-quo.yaml", "scenario: [status-quo.yaml, coordination.yaml]")
    points = points_of(*read_sweep(write(tmp_path, text + "waiting: [1]\n")))
    baselines = {point.id: point.baseline for point in points}
    assert [baselines[f"p00000{k}"] for k in range(1, 8)] == [f"p00000{k}" for k in (1, 2, 3, 1, 2, 3, 1)]


def test_every_column_of_a_study_is_a_name_that_no_factor_may_have() -> None:
    study = run(load("controls/frictionless.yaml").replace(SMALL), replications=1, engine="simpy", workers=1)
    columns = {*study.quarters.columns, *study.weeks.columns, *study.effects().columns, *study.summary().columns}
    assert {column for column in columns if column_like(column.upper()) is None} == set()


def test_the_shipped_sweep_runs_from_well_designed_to_not_at_all_and_waits() -> None:
    points = points_of(*read_sweep("severity"))
    built, stands = ([point for point in points if not point.waits and point.stands == s] for s in (False, True))
    assert [point.levels["misalignment"] for point in built] == [k / 8 for k in range(9)]
    assert [point.levels["misalignment"] for point in stands] == [k / 8 for k in range(9)]
    first, last = points[0].scenario.design, points[8].scenario.design
    assert (first.one_view_of_data.value, last.one_view_of_data.value) == (1.0, 0.0)
    assert (first.governance.cadence_weeks.value, last.governance.cadence_weeks.value) == (4.0, 26.0)
    later = [point for point in points if point.waits]
    starts = [point.scenario.design.start_week for point in later]
    assert [start.value for start in starts if start is not None] == [14.0, 27.0, 53.0]
    assert later[0].scenario.design.one_view_of_data.value == 1.0


def test_what_stands_is_every_point_of_the_grid_in_force_from_the_first_day_and_compared_with_the_first_of_them() -> (
    None
):
    points = points_of(*read_sweep("severity"))
    stands = [point for point in points if point.stands]
    assert {point.baseline for point in stands} == {stands[0].id}
    for built, standing in zip(points, stands, strict=False):
        one, other = (parameters_of(point.scenario) for point in (built, standing))
        assert other.chosen.design.levers == one.chosen.design.levers
        assert (other.chosen.design.start.stands, other.chosen.coordination.start.stands) == (True, True)
        assert world_hash(built.scenario) == world_hash(standing.scenario)


@pytest.mark.parametrize(
    ("also", "message"),
    [
        ("standing: true\nfixed: {design.start_week: 2}\n", "by `standing`: a design begins only once"),
        ("standing: 1\n", "`standing`"),
    ],
)
def test_a_sweep_that_cannot_stand_is_refused(also: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=message):
        points_of(*read_sweep(write(tmp_path, GOOD + also)))


def test_what_is_set_changes_every_point(tmp_path: Path) -> None:
    points = points_of(*read_sweep(write(tmp_path, GOOD)), ["world.sales.reps=7"])
    assert {point.scenario.world.sales.reps.value for point in points} == {7.0}


def test_a_wait_beyond_the_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds 8 quarters"):
        points_of(*read_sweep(write(tmp_path, GOOD + "waiting: [8]\n")))


def test_a_sweep_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(ScenarioError, match=r"shipped: .*severity\.yaml"):
        read_sweep("sevrity.yaml")
