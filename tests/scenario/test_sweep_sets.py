"""A `--set` on what a sweep sets itself would change nothing: it is refused where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.errors import ScenarioError
from revsim.scenario.grid import points_of
from revsim.scenario.problems import Problem
from revsim.scenario.sweep import read_sweep
from revsim.studies.sweep import sweep
from tests.cli.conftest import Call
from tests.cli.conftest import revsim as revsim  # noqa: PLC0414 - a fixture

TEXT = """sweep: S
scenario: [status-quo.yaml, design.yaml]
factors:
  - name: m
    levels: [0, 1]
    sets: [{address: design.owned_handoffs, from: 1, to: 0}]
  - name: hours
    levels: [0, 1]
    sets: [{address: "world.sales.stages[0].effort_hours", from: 1, to: 2}]
  - name: pay
    levels: [0, 1]
    sets: [{address: design.shared_incentives.sales, from: 1, to: 0}]
fixed: {world.sales.reps: 20}
waiting: [1]
"""
REFUSED = {  # a --set: the column of the key that overlaps
    "design.owned_handoffs=0.5": 8,
    "design.owned_handoffs.marketing_to_sales=0.5": 23,
    "design={owned_handoffs: {sales_to_customer: 0.5}}": 26,
    "design.shared_incentives=0.5": 8,
    "world.sales.stages[0].effort_hours=3": 23,
    "world.sales.stages[0].effort_hours.value=3": 36,
    "world.sales.stages=[]": 13,
    "world.sales.reps=3": 13,
    "Design:world.sales.reps=3": 20,
    "design.yaml:world.sales.reps=3": 25,
    "design.start_week=14": 8,
    "Status quo:design.start_week=14": 19,
    "design.when={week: 3}": 14,
}
TAKEN = (
    "world.sales.stages[1].effort_hours=3",
    "design.shared_incentives.marketing=0.5",
    "world.demand.growth=1.02",
    "Design:design.start_week=14",  # only the first scenario waits
    "world.today.design.owned_handoffs=0.2",
)


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "s.yaml").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "s.yaml")


@pytest.mark.parametrize(("text", "column"), REFUSED.items())
def test_a_set_on_what_the_sweep_sets_is_refused_with_its_place(text: str, column: int, file: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        points_of(*read_sweep(file), ["world.demand.growth=1.02", text])
    told = [one for one in caught.value.problems if isinstance(one, Problem) and one.code == "E212"]
    assert [str(one.place) for one in told] == [f"<--set 2>:1:{column}"]


@pytest.mark.parametrize("text", TAKEN)
def test_a_set_beside_what_the_sweep_sets_is_taken(text: str, file: str) -> None:
    assert len(points_of(*read_sweep(file), [text])) == 2 * 2 * 2 * 2 + 1


def test_from_python_it_is_refused_too(file: str) -> None:
    with pytest.raises(ScenarioError, match="E212"):
        sweep(file, sets=["design.owned_handoffs=0.5"])


@pytest.mark.parametrize("command", ["check", "sweep"])
def test_both_commands_refuse_it_and_say_nothing_else_of_it(command: str, revsim: Call) -> None:
    Path("s.yaml").write_text(TEXT, encoding="utf-8")
    answer = revsim(command, "s.yaml", "--set", "design.owned_handoffs=0.5")
    assert answer.code == (1 if command == "check" else 2)
    said = answer.out + answer.err
    assert said.startswith("<--set 1>:1:8: error[E212]")
    assert "equal in all" not in said
