"""The schema for editors: current, and of one mind with the loader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from revsim.scenario import shipped
from revsim.scenario.load import load
from revsim.scenario.nodes import plain
from revsim.scenario.parse import parse
from revsim.scenario.schema_json import DIALECT, scenario_schema, schema_text
from tests.scenario.minimal import minimal

SCHEMA = scenario_schema()
KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int, float),
    "null": (type(None),),
}


def fits(data: Any, schema: dict[str, Any]) -> bool:
    """Whether data fit a schema: the few words of JSON Schema that ours uses."""
    if "if" in schema and not fits(data, schema["then"] if fits(data, schema["if"]) else schema["else"]):
        return False
    if "$ref" in schema and not fits(data, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]):
        return False
    if "anyOf" in schema and not any(fits(data, option) for option in schema["anyOf"]):
        return False
    if "enum" in schema and data not in schema["enum"]:
        return False
    kinds = schema.get("type", [])
    named = [kinds] if isinstance(kinds, str) else kinds
    if named and (isinstance(data, bool) or not any(isinstance(data, KINDS[kind]) for kind in named)):
        return False
    return _number_fits(data, schema, named) and _parts_fit(data, schema)


def _number_fits(data: Any, schema: dict[str, Any], kinds: list[str]) -> bool:
    if not isinstance(data, (int, float)):
        return True
    is_whole = "integer" not in kinds or float(data).is_integer()
    above = data > schema.get("exclusiveMinimum", float("-inf"))
    return is_whole and above and schema.get("minimum", data) <= data <= schema.get("maximum", data)


def _parts_fit(data: Any, schema: dict[str, Any]) -> bool:
    if isinstance(data, list):
        return all(fits(item, schema.get("items", {})) for item in data)
    if not isinstance(data, dict):
        return True
    known = schema.get("properties", {})
    if set(schema.get("required", [])) - set(data):
        return False
    if schema.get("additionalProperties") is False and set(data) - set(known):
        return False
    return all(fits(value, known[key]) for key, value in data.items() if key in known)


def test_the_schema_in_the_repository_is_current() -> None:
    kept = shipped.folder() / "scenario.schema.json"
    assert kept.read_text(encoding="utf-8") == schema_text(), "run: revsim schema > scenarios/scenario.schema.json"


def test_the_schema_is_of_the_current_dialect_and_every_reference_leads_somewhere() -> None:
    assert SCHEMA["$schema"] == DIALECT
    text = json.dumps(SCHEMA)
    names = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert names <= set(SCHEMA["$defs"])


def test_the_minimal_scenario_fits() -> None:
    assert fits(minimal(), SCHEMA)


@pytest.mark.parametrize("name", shipped.names())
def test_every_shipped_scenario_fits_loads_and_points_at_the_schema(name: str) -> None:
    path = shipped.folder() / name
    text = path.read_text(encoding="utf-8")
    up = "../" * name.count("/")
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={up}scenario.schema.json"
    node = parse(text, name)
    assert node is not None
    assert fits(plain(node), SCHEMA)
    assert load(path).name


@pytest.mark.parametrize(
    "overlay",
    [
        {},
        {"design": {"owned_handoffs": 0.9}},
        {"design": {"owned_handoffs": {"value": 0.9, "low": 0.8}}},
        {"design": {"governance": {"evidence": 1}}},
        {"design": None},
        {"stress": {"demand_shock": None}},
        {"world": {"sales": {"reps": {"low": 1}}}},
    ],
    ids=str,
)
def test_an_overlay_misses_nothing(overlay: dict[str, Any]) -> None:
    assert fits({"extends": "base.yaml", **overlay}, SCHEMA)


@pytest.mark.parametrize(
    "overlay",
    [
        {"desing": {}},
        {"design": {"owned_handoff": 0.9}},
        {"design": {"owned_handoffs": 9}},
        {"design": {"governance": 0.5}},
        {"world": {"sales": {"reps": 2.5}}},
        {"world": {"sales": {"reps": "24"}}},
        {"world": {"loops": {"trust": "open"}}},
        {"world": {"sales": {"reps": {"value": 3, "lo": 1}}}},
    ],
    ids=str,
)
def test_a_mistake_in_an_overlay_is_still_found(overlay: dict[str, Any]) -> None:
    assert not fits({"extends": "base.yaml", **overlay}, SCHEMA)


def test_a_file_without_extends_must_be_complete() -> None:
    assert not fits({"name": "x", "calendar": {"quarters": 8}}, SCHEMA)


def test_shipped_scenarios_are_found_with_and_without_folder_and_ending(tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    found = {shipped.find(name) for name in ("status-quo", "status-quo.yaml", "scenarios/status-quo.yaml")}
    assert found == {shipped.folder() / "status-quo.yaml"}


@pytest.mark.parametrize("name", ["", "/", "../pyproject", "nothing", "/etc/passwd"])
def test_no_other_file_is_a_shipped_scenario(name: str) -> None:
    assert shipped.find(name) is None
