"""`check` says what `run` and `compare` refuse before anything is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.api import Scenario, plan_of
from revsim.cli.check_running import refusal
from revsim.errors import ScenarioError, UserError
from revsim.luck.purposes import GENERATIONS
from revsim.scenario.address import leaf_rule, replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.load import load
from revsim.settings import Settings
from tests.cli.conftest import Call

ONCE = Settings(1, 1, "auto", 1, None, (), 1)
TOO_MUCH = {
    "inquiries": ("world: {demand: {inquiries_per_week: 20000}}\ncalendar: {quarters: 80}\n", "inquiries_per_week"),
    "growth": ("world: {demand: {growth: 2}}\ncalendar: {quarters: 80}\n", "growth"),
    "turnover": (
        "world: {demand: {growth: 1}, sales: {exit_hazard: 19, vacancy_days: 0}}\ncalendar: {quarters: 80}\n",
        f"{GENERATIONS}",
    ),
}


def written(name: str, text: str) -> str:
    Path(name).write_text(f"extends: base.yaml\n{text}", encoding="utf-8")
    return name


@pytest.mark.parametrize("case", TOO_MUCH)
def test_what_no_replication_can_hold_is_a_problem_of_the_file_and_refused_by_run(case: str, revsim: Call) -> None:
    text, word = TOO_MUCH[case]
    name = written("big.yaml", text)
    answer = revsim("check", name, "--json")
    (problem,) = json.loads(answer.out)["problems"]
    assert (answer.code, problem["code"], problem["file"]) == (1, "E211", name)
    assert problem["line"] in {2, 3}
    assert word in problem["message"] + problem["hint"]
    assert json.loads(answer.out)["valid"] == []
    assert revsim("run", name, "--replications", "1", "--out", "x").code == 2
    assert not Path("x").exists()


def test_two_scenarios_of_one_name_are_warned_of_where_the_name_stands(revsim: Call) -> None:
    written("one.yaml", "name: Same\n")
    written("two.yaml", "design: {sponsored: 1}\nname: Same\n")
    answer = revsim("check", "one.yaml", "two.yaml", "--json")
    (warning,) = json.loads(answer.out)["warnings"]
    assert (answer.code, warning["code"], warning["file"], warning["line"]) == (0, "W006", "two.yaml", 3)
    assert revsim("compare", "one.yaml", "two.yaml", "--replications", "1").code == 2


def test_calendars_that_cannot_be_compared_are_warned_of(revsim: Call) -> None:
    written("short.yaml", "calendar: {quarters: 4}\n")
    answer = revsim("check", "base.yaml", "short.yaml", "--json")
    (warning,) = json.loads(answer.out)["warnings"]
    assert (answer.code, warning["code"], warning["file"], warning["line"]) == (0, "W007", "short.yaml", 2)
    assert "--set calendar.quarters=4" in warning["hint"]
    assert revsim("compare", "base.yaml", "short.yaml", "--replications", "1").code == 2
    answer = revsim("check", "base.yaml", "short.yaml", "--set", "calendar.quarters=4", "--json")
    assert json.loads(answer.out)["warnings"] == []


def test_a_sweep_whose_points_cannot_be_run_is_a_problem(revsim: Call) -> None:
    Path("wide.yaml").write_text(
        "sweep: Wide\nscenario: base.yaml\nfactors:\n  - {name: inquiries, address: world.demand.inquiries_per_week,"
        " low: 10, high: 20000, levels: [10, 20000]}\n",
        encoding="utf-8",
    )
    written("base80.yaml", "calendar: {quarters: 80}\n")
    text = Path("wide.yaml").read_text(encoding="utf-8").replace("scenario: base.yaml", "scenario: base80.yaml")
    Path("wide.yaml").write_text(text, encoding="utf-8")
    answer = revsim("check", "wide.yaml", "--json")
    assert answer.code == 1
    assert len(json.loads(answer.out)["problems"]) >= 1


@pytest.mark.parametrize("letter", ["\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u2029"])
@pytest.mark.parametrize(
    "where", ["name: {}", "why: {}", "world: {{currency: {}}}", "design: {{sponsored: {{value: 1, source: {}}}}}"]
)
def test_control_characters_of_text_are_refused_by_name(letter: str, where: str, revsim: Call) -> None:
    name = written("case.yaml", where.format(f'"a\\u{ord(letter):04x}b"') + "\n")
    (problem,) = json.loads(revsim("check", name, "--json").out)["problems"]
    assert problem["code"] == "E105"
    assert f"U+{ord(letter):04X}" in problem["message"]
    assert letter not in revsim("check", name).out


@pytest.mark.parametrize(
    "text",
    ["\u0645\u0631\u062d\u0628\u0627\u200f", "\u0915\u094d\u200d\u0937", "a\u200cb", "\U0001f469\u200d\U0001f4bb"],
)
def test_marks_and_joiners_of_other_scripts_may_stand_in_a_name(text: str, revsim: Call) -> None:
    written("case.yaml", f"name: {text}\n")
    assert revsim("check", "case.yaml").code == 0


BENCHMARK = load("status-quo.yaml")
NUMBERS = {address: leaf_rule(address) for address, number in walk(BENCHMARK) if isinstance(number, Assumption)}


def ends(address: str) -> list[float]:
    """The ends that a number's rule allows, and what lies just within."""
    rule = NUMBERS[address]
    low = rule["ge"] if rule["ge"] is not None else (rule["gt"] or 0.0) + (1.0 if rule["whole"] else 1e-9)
    high = rule["le"] if rule["le"] is not None else 1e12
    return [low, high, low + (1.0 if rule["whole"] else 0.01 * (min(high, 1e6) - low))]


odd = st.lists(st.sampled_from(sorted(NUMBERS)), min_size=1, max_size=6, unique=True).flatmap(
    lambda found: st.fixed_dictionaries({address: st.sampled_from(ends(address)) for address in found})
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(changes=odd)
def test_what_check_calls_right_is_not_refused_by_run(changes: dict[str, float]) -> None:
    """Extreme values within the schema: planning refuses exactly what check does."""
    try:
        changed = replace(BENCHMARK, changes)
    except ScenarioError:
        return  # told on loading
    if refusal(changed):
        with pytest.raises(UserError):
            plan_of([Scenario(changed, "x")], ONCE)
    else:
        plan_of([Scenario(changed, "x")], ONCE)
