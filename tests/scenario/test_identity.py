"""A scenario is its content: what changes the hash, and what cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.scenario.address import replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.canonical import content, content_hash, world_hash
from revsim.scenario.load import load
from revsim.scenario.text import as_yaml
from tests.scenario.conftest import Write
from tests.scenario.minimal import as_text, minimal


def shuffled(data: Any, draw: st.DrawFn) -> Any:
    if isinstance(data, dict):
        return {key: shuffled(data[key], draw) for key in draw(st.permutations(list(data)))}
    return [shuffled(item, draw) for item in data] if isinstance(data, list) else data


@st.composite
def retold(draw: st.DrawFn) -> str:
    """The minimal scenario with its keys in another order and comments strewn in."""
    lines = as_text(shuffled(minimal(), draw)).splitlines()
    return "\n".join(line + ("  # said" if draw(st.booleans()) and not line.endswith(":") else "") for line in lines)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=retold())
def test_key_order_and_comments_never_change_the_hash(text: str, folder: Path) -> None:
    (folder / "retold.yaml").write_text(text, encoding="utf-8")
    assert content_hash(load("retold.yaml")) == content_hash(load("base.yaml"))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Other"},
        {"why": "Because"},
        {"world.sales.reps.low": 1},
        {"world.sales.reps.source": "said"},
        {"world.sales.reps.unit": "people"},
        {"world.sales.stages[0].name": "Demo"},
        {"design.start_week": 1},
        {"world.buyers.value_sigma": 1.0},
    ],
    ids=str,
)
def test_labels_ranges_and_sources_are_no_content(change: dict[str, Any], folder: Path) -> None:
    assert folder.is_dir()
    base = load("base.yaml")
    assert content_hash(replace(base, change)) == content_hash(base)


def test_minus_zero_is_zero(folder: Path) -> None:
    assert folder.is_dir()
    base = load("base.yaml", ["world.marketing.bought_fit=0"])
    assert content_hash(replace(base, {"world.marketing.bought_fit": -0.0})) == content_hash(base)


def test_every_number_is_content(folder: Path) -> None:
    assert folder.is_dir()
    base = load("base.yaml", ["stress.demand_shock={week: 5, weeks: 4, factor: 0.7}", "design.start_week=3"])
    numbers = [address for address, value in walk(base) if isinstance(value, Assumption)]
    said = str(content(base)).count(".")  # every number is a float and has one point
    assert len(numbers) > 200
    assert said == len(numbers) + 2  # coordination and heroics start in week 1


def test_design_is_no_part_of_the_world(folder: Path) -> None:
    assert folder.is_dir()
    base = load("base.yaml")
    other = replace(base, {"design.owned_handoffs": 0.9})
    assert world_hash(other) == world_hash(base)
    assert content_hash(other) != content_hash(base)


def test_today_and_calendar_are_part_of_the_world(folder: Path) -> None:
    assert folder.is_dir()
    base = load("base.yaml")
    for change in ({"world.today.design.sponsored": 0.9}, {"calendar.quarters": 4}):
        assert world_hash(replace(base, change)) != world_hash(base)


def test_the_resolved_file_is_a_scenario_of_equal_content_and_knowledge(write: Write) -> None:
    said = 'extends: status-quo.yaml\nname: "yes: \\u2014 \\U0001F600"\nwhy: "1.0"\ndesign: {start_week: 3}\n'
    scenario = load(write(said))
    assert load(write(as_yaml(scenario), "resolved.yaml")) == scenario


def test_the_resolved_file_keeps_a_condition_that_was_taken_away(write: Write) -> None:
    sets = ["world.today.coordination.resets.when={trust_below: 0.5}", "coordination.resets.when=null"]
    scenario = load("base.yaml", sets)
    assert load(write(as_yaml(scenario), "resolved.yaml")) == scenario


def test_hashes_are_the_same_in_every_process(folder: Path) -> None:
    assert folder.is_dir()
    assert content_hash(load("base.yaml")) == content_hash(load("base.yaml"))
    assert len(content_hash(load("base.yaml"))) == 64
