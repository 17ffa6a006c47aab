"""Files that are no scenario at all (a README, a table, a picture): told so, before what is no YAML in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from revsim.errors import ScenarioError
from revsim.scenario.problems import Problem, nearest
from revsim.scenario.scenario import Scenario

SWEEP_KEYS = ("sweep", "scenario", "factors", "fixed", "waiting", "standing")
KEYS = ("extends", *Scenario.model_fields, *SWEEP_KEYS)
KEY = re.compile(r"[{\s\"']*(\w+)[\"']?\s*:(?:\s|$)")
LINES = 5  # at the top; those that are empty or a comment not counted
NO_SCENARIO = "this is no scenario file, for nothing at its top is a key of one"
WAY_OUT = "name a scenario or a sweep; a scenario begins e.g. with `extends: status-quo.yaml`"


def looks_like_scenario(text: str) -> bool:
    """Whether a line at the top of a text begins with a key of a scenario or sweep, or one that is like it."""
    before = text.partition("\n```")[0]  # a page may show a scenario
    lines = (line for line in before.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    top = (KEY.match(line) for _, line in zip(range(LINES), lines, strict=False))
    return has_known_key(found[1] for found in top if found)


def has_known_key(words: Iterable[str]) -> bool:
    """Whether one of some keys is a scenario's or a sweep's, or like one."""
    return any(nearest(word, KEYS) is not None for word in words)


def told_as_other(error: ScenarioError) -> ScenarioError:
    """The same problems of a file that is no scenario."""
    told = [
        replace(one, message=f"{NO_SCENARIO}; {one.message}", hint=f"{one.hint}; or {WAY_OUT}")
        if isinstance(one, Problem)
        else one
        for one in error.problems
    ]
    return ScenarioError(told)
