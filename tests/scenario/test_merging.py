"""What `extends`, `--set` and `world.today` make of layers."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.errors import ScenarioError
from revsim.scenario.address import get
from revsim.scenario.difference import origin_of
from revsim.scenario.load import load, load_with_origins
from tests.scenario.conftest import Write

HEAD = "extends: base.yaml\n"


def test_a_plain_number_over_a_mapping_forgets_range_and_source(write: Write) -> None:
    write(HEAD + "world: {sales: {reps: {value: 5, low: 4, high: 9, source: said}}}\n", "middle.yaml")
    reps = load(write("extends: middle.yaml\nworld: {sales: {reps: 7}}\n")).world.sales.reps
    assert (reps.value, reps.low, reps.high, reps.source) == (7, None, None, None)


def test_a_mapping_with_value_replaces_the_whole_number(write: Write) -> None:
    write(HEAD + "world: {sales: {reps: {value: 5, low: 4, high: 9}}}\n", "middle.yaml")
    reps = load(write("extends: middle.yaml\nworld: {sales: {reps: {value: 7, high: 8}}}\n")).world.sales.reps
    assert (reps.value, reps.low, reps.high) == (7, None, 8)


def test_a_mapping_without_value_changes_only_what_it_names(write: Write) -> None:
    write(HEAD + "world: {sales: {reps: {value: 5, low: 4, high: 9}}}\n", "middle.yaml")
    reps = load(write("extends: middle.yaml\nworld: {sales: {reps: {low: 3}}}\n")).world.sales.reps
    assert (reps.value, reps.low, reps.high) == (5, 3, 9)


def test_a_mapping_without_value_gives_a_plain_number_a_range(write: Write) -> None:
    reps = load(write(HEAD + "world: {sales: {reps: {high: 9}}}\n")).world.sales.reps
    assert (reps.value, reps.high) == (2, 9)


def test_lists_replace(write: Write) -> None:
    scenario = load(write(HEAD + "world: {demand: {sources: [{name: only, share: 1, fit: 0}]}}\n"))
    assert [source.name for source in scenario.world.demand.sources] == ["only"]


def test_a_dial_with_parts_takes_one_number_for_all(write: Write) -> None:
    handoffs = load(write(HEAD + "design: {owned_handoffs: {value: 0.9, low: 0.8}}\n")).design.owned_handoffs
    parts = (handoffs.marketing_to_sales, handoffs.sales_to_operations, handoffs.sales_to_customer)
    assert {(part.value, part.low) for part in parts} == {(0.9, 0.8)}


def test_one_part_of_a_dial_may_differ_in_a_later_layer(write: Write) -> None:
    write(HEAD + "design: {owned_handoffs: 0.9}\n", "middle.yaml")
    text = "extends: middle.yaml\ndesign: {owned_handoffs: {sales_to_customer: 0.2}}\n"
    handoffs = load(write(text)).design.owned_handoffs
    assert (handoffs.marketing_to_sales.value, handoffs.sales_to_customer.value) == (0.9, 0.2)


def test_a_dial_of_today_takes_one_number_for_all(write: Write) -> None:
    scenario = load(write(HEAD + "world: {today: {design: {shared_incentives: 0.7}}}\n"))
    assert scenario.world.today.design.shared_incentives.sales.value == 0.7


def test_what_a_choice_leaves_unsaid_is_as_today(write: Write) -> None:
    text = HEAD + "world: {today: {design: {sponsored: 0.3}}}\ndesign: {one_view_of_data: 0.8}\n"
    design = load(write(text)).design
    assert (design.sponsored.value, design.one_view_of_data.value) == (0.3, 0.8)


def test_today_set_on_the_command_line_reaches_the_choices(folder: Path) -> None:
    assert folder.is_dir()
    assert load("base.yaml", ["world.today.design.sponsored=0.3"]).design.sponsored.value == 0.3


@pytest.mark.parametrize(
    ("earlier", "later", "week"),
    [("start_week: 4", "when: {trust_below: 0.5}", None), ("when: {trust_below: 0.5}", "start_week: 4", 4)],
)
def test_the_later_start_replaces_the_earlier(earlier: str, later: str, week: int | None, write: Write) -> None:
    write(HEAD + f"design: {{{earlier}}}\n", "middle.yaml")
    design = load(write(f"extends: middle.yaml\ndesign: {{{later}}}\n")).design
    assert (None if design.start_week is None else design.start_week.value) == week
    assert (design.when is None) == (week is not None)


def test_nothing_takes_an_inherited_stress_away(write: Write) -> None:
    write(HEAD + "stress: {top_performer_leaves: {week: 3}}\n", "middle.yaml")
    assert (
        load(write("extends: middle.yaml\nstress: {top_performer_leaves: null}\n")).stress.top_performer_leaves is None
    )


def test_an_empty_block_changes_nothing(write: Write) -> None:
    assert load(write(HEAD + "design:\nworld:\n  sales:\n")).design == load("base.yaml").design


def test_names_and_reasons_are_not_inherited(write: Write) -> None:
    write(HEAD + "name: Middle\nwhy: because\n", "middle.yaml")
    scenario = load(write("extends: middle.yaml\n", "our-plan.yaml"))
    assert (scenario.name, scenario.why) == ("our-plan", "")


def test_a_name_that_is_not_said_is_from_the_file_itself(write: Write) -> None:
    loaded = load_with_origins(write(HEAD, "our-plan.yaml"))
    assert str(origin_of(loaded, "name")) == "our-plan.yaml:1:1"


def test_extends_is_relative_to_the_file(folder: Path, write: Write) -> None:
    (folder / "sub").mkdir()
    write("extends: ../base.yaml\nname: Sub\n", "sub/plan.yaml")
    loaded = load_with_origins(folder / "sub" / "plan.yaml")
    assert loaded.files == ("base.yaml", "sub/plan.yaml")


def test_extends_finds_a_shipped_scenario_by_name(write: Write) -> None:
    assert load(write("extends: status-quo.yaml\n")).world == load("status-quo").world


def test_a_local_file_goes_before_a_shipped_one(folder: Path, write: Write) -> None:
    (folder / "status-quo.yaml").write_text((folder / "base.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert load(write("extends: status-quo.yaml\n")).world == load("base.yaml").world


def test_every_value_keeps_its_origin(write: Write) -> None:
    loaded = load_with_origins(write(HEAD + "world:\n  sales:\n    reps: 7\n"), ["design.sponsored=0.4"])
    places = {address: str(origin_of(loaded, address)) for address in ("world.sales.reps", "design.sponsored")}
    assert places == {"world.sales.reps": "case.yaml:4:11", "design.sponsored": "<--set 1>:1:18"}


@pytest.mark.parametrize(
    ("assignment", "address", "value"),
    [
        ("world.sales.reps=30", "world.sales.reps", 30),
        ("world.sales.stages[0].effort_hours=3.5", "world.sales.stages[0].effort_hours", 3.5),
        ("stress.demand_shock={week: 5, weeks: 4, factor: 0.7}", "stress.demand_shock.factor", 0.7),
        ("design.shared_definitions=0.8", "design.shared_definitions.commit", 0.8),
    ],
)
def test_set_changes_the_value_at_a_path(assignment: str, address: str, value: float, folder: Path) -> None:
    assert folder.is_dir()
    assert get(load("base.yaml", [assignment]), address).value == value


def test_set_of_one_item_leaves_the_others(folder: Path) -> None:
    assert folder.is_dir()
    stages = load("base.yaml", ["world.sales.stages[0].effort_hours=3.5"]).world.sales.stages
    assert [stage.effort_hours.value for stage in stages] == [3.5, 1.0]


@pytest.mark.parametrize(
    ("assignment", "code", "column", "words"),
    [
        ("world.sales.reps", "E011", 1, "PATH=VALUE"),
        ("world..reps=3", "E011", 7, "world.sales.stages[0]"),
        ("world.sales.stages[9].effort_hours=3", "E108", 13, "0 to 1"),
        ("world.sales.reps[0]=3", "E103", 13, "plain number"),
        ("world.sales.repps=3", "E101", 13, "`reps`"),
        ("world.sales.reps=0", "E105", 18, "at least 1"),
        ("world.sales.reps=[1", "E004", 20, "brackets"),
        ("world.loops.trust=open", "E104", 19, "closed"),
        ("design.governance=1", "E103", 19, "cadence_weeks"),
        ("=3", "E011", 1, "`=3` has no path before `=`"),
        ("qualified_drift_sd=0.2", "E101", 1, "did you mean `world.definitions.qualified_drift_sd`?"),
        ("drift_sd=0.2", "E101", 1, "`world.definitions.qualified_drift_sd` and `world.definitions.commit_drift_sd`"),
        ("sales.reps=3", "E101", 1, "did you mean `world.sales.reps`?"),
        ("sponsored=1", "E101", 1, "`design.sponsored` or `world.today.design.sponsored`"),
    ],
)
def test_a_wrong_set_is_placed_by_its_number_and_column(
    assignment: str, code: str, column: int, words: str, folder: Path
) -> None:
    assert folder.is_dir()
    with pytest.raises(ScenarioError) as caught:
        load("base.yaml", ["name=ok", assignment])
    problem = caught.value.problems[0]
    assert str(problem).startswith(f"<--set 2>:1:{column}: error[{code}]")
    assert words in str(problem)
    assert len(caught.value.problems) == 1
