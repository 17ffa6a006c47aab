"""Resolved scenarios are read back from a results folder, which may come from a stranger: they extend no other file."""

from __future__ import annotations

from revsim.errors import ScenarioError
from revsim.scenario.check import checked
from revsim.scenario.merge import expand
from revsim.scenario.nodes import Mapping
from revsim.scenario.parse import fail, parse
from revsim.scenario.problems import Place
from revsim.scenario.scenario import Scenario

RULE = "a resolved scenario says all of it in one mapping"


def resolved_of(content: bytes, file: str) -> Scenario:
    """The scenario of a resolved file's bytes. Raises ScenarioError with the place of each fault."""
    try:
        node = parse(content.decode("utf-8-sig"), file)
    except UnicodeDecodeError:
        fail("E002", Place(file), "the file is not UTF-8", RULE)
    if not isinstance(node, Mapping):
        fail("E014", Place(file), "this is no mapping", RULE)
    if "extends" in node.items:
        fail("E012", node.keys["extends"], "a resolved scenario extends no other file", RULE)
    whole = expand(node, Scenario)
    assert isinstance(whole, Mapping), "a mapping stays one"
    scenario, _, problems = checked(whole, file)
    if scenario is None:
        raise ScenarioError([*problems])
    return scenario
