"""The shipped scenario files: they load, differ in what they say, and every number says where it comes from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import revsim
from revsim.contract.of_scenario import parameters_of
from revsim.contract.sizes import sizes_for
from revsim.contract.trace import Kind
from revsim.errors import LuckExhausted
from revsim.luck.draw import draw
from revsim.scenario.address import walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.load import load
from revsim.scenario.scenario import Loops, Scenario
from revsim.scenario.shipped import names
from revsim.simulate import simulate

FOLDER = Path(__file__).parents[2] / "scenarios"
SHIPPED = names()
LEVERS = {
    "definitions": "design.shared_definitions.",
    "handoffs": "design.owned_handoffs.",
    "incentives": "design.shared_incentives.",
    "view": "design.one_view_of_data",
    "governance": "design.governance.",
}
SPONSORED = "design.sponsored"  # shields any build; a part of every lever file as it is of design.yaml
STRESSES = {
    "top_performer_leaves",
    "manager_leaves",
    "analyst_leaves",
    "target_tightened",
    "demand_shock",
    "new_segment",
    "system_migration",
}
EDGE = 1e-12


@cache
def scenario(name: str) -> Scenario:
    return load(FOLDER / name)


@cache
def numbers(name: str) -> dict[str, float | str]:
    """Address -> value, or word."""
    return {a: v.value if isinstance(v, Assumption) else v for a, v in walk(scenario(name))}


def changes(name: str, base: str = "status-quo.yaml") -> dict[str, float | str]:
    """What a file changes against another."""
    before = numbers(base)
    return {address: value for address, value in numbers(name).items() if before.get(address) != value}


def leaves(node: object, path: str = "") -> dict[str, dict[str, object]]:
    """The mappings of a YAML tree that hold a `value`, by path."""
    if isinstance(node, dict):
        if "value" in node:
            return {path: node}
        return {k: v for key, below in node.items() for k, v in leaves(below, f"{path}.{key}").items()}
    if isinstance(node, list):
        return {k: v for i, below in enumerate(node) for k, v in leaves(below, f"{path}[{i}]").items()}
    return {path: {"value": node}} if isinstance(node, (int, float)) and not isinstance(node, bool) else {}


def sourced(name: str) -> list[str]:
    """What is wrong with the numbers that a file states itself."""
    text = YAML(typ="safe").load((FOLDER / name).read_text(encoding="utf-8"))
    wrong = []
    for path, leaf in leaves(text).items():
        missing = {"value", "low", "high", "unit", "source"} - set(leaf)
        if missing:
            wrong.append(f"{path} lacks {sorted(missing)}")
        elif not str(leaf["source"]).strip():
            wrong.append(f"{path} has an empty source")
        elif not float(str(leaf["low"])) < float(str(leaf["high"])):
            wrong.append(f"{path}: low is not below high")
    return wrong


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_loads_says_why_and_points_editors_at_the_schema(name: str) -> None:
    first = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0]
    target = first.removeprefix("# yaml-language-server: $schema=")
    assert target != first
    assert ((FOLDER / name).parent / target).resolve() == (FOLDER / "scenario.schema.json").resolve()
    assert scenario(name).why


def test_no_two_shipped_files_share_a_name() -> None:
    found = [scenario(name).name for name in SHIPPED]
    assert len(set(found)) == len(found)


def test_the_files_that_the_readme_promises_are_there() -> None:
    wanted = {"status-quo", "coordination", "design", "one-moment", "heroics"}
    wanted |= {f"levers/{lever}" for lever in LEVERS}
    wanted |= {f"controls/{name}" for name in ("frictionless", "no-drift", "one-language")}
    wanted |= {f"controls/cut-{loop.replace('_', '-')}" for loop in Loops.model_fields}
    wanted |= {f"stress/{name.replace('_', '-')}" for name in (*STRESSES, "build_stalls")}
    wanted |= {"companies/olist", "companies/maven"}
    assert wanted <= {name.removesuffix(".yaml") for name in SHIPPED}


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_file_changes_its_lever_and_the_shield_of_the_build_only(lever: str) -> None:
    found = changes(f"levers/{lever}.yaml")
    own = [address for address in found if address.startswith(LEVERS[lever])]
    assert own
    assert set(found) == {*own, SPONSORED}


def test_design_is_the_union_of_the_lever_files() -> None:
    union: dict[str, float | str] = {}
    for lever in LEVERS:
        union |= changes(f"levers/{lever}.yaml")
    assert changes("design.yaml") == union


def test_one_moment_is_one_handoff_its_definition_its_review_and_the_shield() -> None:
    assert set(changes("one-moment.yaml")) == {
        "design.owned_handoffs.marketing_to_sales",
        "design.shared_definitions.qualified",
        "design.governance.cadence_weeks",
        SPONSORED,
    }


@pytest.mark.parametrize("loop", Loops.model_fields)
def test_a_cut_file_cuts_its_loop_and_nothing_else(loop: str) -> None:
    assert changes(f"controls/cut-{loop.replace('_', '-')}.yaml") == {f"world.loops.{loop}": "cut"}


@pytest.mark.parametrize("stress", sorted(STRESSES))
def test_a_stress_file_is_the_status_quo_under_one_stress(stress: str) -> None:
    found = changes(f"stress/{stress.replace('_', '-')}.yaml")
    assert found
    assert all(address.startswith(f"stress.{stress}.") for address in found)


def test_where_pressure_doubles_the_plan_alone_is_raised() -> None:
    assert set(changes("stress/pressure-doubles.yaml")) == {
        "stress.target_tightened.week",
        "stress.target_tightened.factor",
    }


def test_pressure_about_doubles_once_the_plan_is_raised() -> None:
    """Mean of the six quarters after the first that has the raised plan, six replications: 2.0 with a se of 0.05."""
    means = []
    for name in ("status-quo.yaml", "stress/pressure-doubles.yaml"):
        study = revsim.run(name, replications=6, workers=1, continuations=0)
        means.append(study.weeks.query("quarter >= 3")["pressure"].mean())
    assert 1.8 < means[1] / means[0] < 2.2


def test_the_stalled_build_is_the_design_that_stops() -> None:
    assert set(changes("stress/build-stalls.yaml", "design.yaml")) == {"stress.build_stalls.at_share"}


@pytest.mark.parametrize("name", ["status-quo.yaml", *(n for n in SHIPPED if n.startswith(("stress/", "companies/")))])
def test_every_number_has_value_low_high_unit_and_source(name: str) -> None:
    assert sourced(name) == []


def test_every_number_of_the_company_is_stated_in_the_status_quo() -> None:
    """No default of the schema stands where the file is silent."""
    bare = [a for a, v in walk(scenario("status-quo.yaml")) if isinstance(v, Assumption) and v.source is None]
    assert bare == []


def test_a_fictitious_company_says_so() -> None:
    assert "FICTITIOUS" in scenario("companies/maven.yaml").why
    text = YAML(typ="safe").load((FOLDER / "companies/maven.yaml").read_text(encoding="utf-8"))
    fitted = [str(leaf["source"]) for leaf in leaves(text).values() if "(C" in str(leaf["source"])]
    assert fitted
    assert all("fictitious" in source.lower() for source in fitted)


@pytest.mark.parametrize("name", ["companies/olist.yaml", "companies/maven.yaml"])
def test_a_fitted_company_runs_and_wins_something(name: str) -> None:
    """Two quarters: what the first one brings in is decided in the second."""
    short = load(FOLDER / name, ["calendar.warmup_quarters=1", "calendar.quarters=1"])
    parameters = parameters_of(short)
    sizes = sizes_for(parameters)
    for _ in range(10):
        try:
            trace = simulate(parameters, draw(1, 0, sizes))
            break
        except LuckExhausted as short_of:
            sizes = sizes._replace(**{short_of.entity: max(short_of.wanted, 2 * getattr(sizes, short_of.entity))})
    assert len(trace.of(Kind.WON).time) > 50


def test_the_severity_sweep_runs_between_no_design_and_full_design() -> None:
    """A sweep is no scenario; its addresses are those of a scenario's dials."""
    text = YAML(typ="safe").load((FOLDER / "sweeps/severity.yaml").read_text(encoding="utf-8"))
    assert not any(name.startswith("sweeps/") for name in SHIPPED)
    (factor,) = text["factors"]
    assert factor["levels"][0] == 0
    assert factor["levels"][-1] == pytest.approx(1.0, abs=EDGE)
    for level in (0.0, 1.0):
        sets = [f"{one['address']}={one['from'] + level * (one['to'] - one['from'])}" for one in factor["sets"]]
        sets += [f"{address}={value}" for address, value in text["fixed"].items()]
        file = (FOLDER / "sweeps" / text["scenario"]).resolve()
        assert load(file, sets).design.one_view_of_data.value == 1.0 - level
