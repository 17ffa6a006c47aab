"""Identity is content: what a scenario says to the simulation, and its hash.

Names, reasons, sources, units and ranges are left out; a number is its repr, and -0.0 is 0.0. A start that is
not said is week 1. Key order, comments and file layout cannot matter: the content comes from the scenario.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from revsim.scenario.assumption import Assumption, Block
from revsim.scenario.design import Start
from revsim.scenario.scenario import Scenario

LABELS = frozenset({"name", "why"})
CONTENT = ("calendar", "world", "design", "coordination", "heroics", "stress")
SHORT = 12  # characters of a hash that are enough to tell scenarios of one study apart


def content(scenario: Scenario) -> dict[str, Any]:
    """The values that matter to the simulation, as nested plain data."""
    said = {name: _content(getattr(scenario, name)) for name in CONTENT}
    for name in ("design", "coordination", "heroics"):
        block = getattr(scenario, name)
        if isinstance(block, Start) and block.start_week is None and block.when is None:
            said[name]["start_week"] = 1.0
    return said


def content_hash(scenario: Scenario) -> str:
    """SHA-256 of the content, in hexadecimal; equal for scenarios that simulate alike."""
    return _hash(content(scenario))


def world_hash(scenario: Scenario) -> str:
    """SHA-256 of calendar and world: scenarios that agree on it share their past."""
    said = content(scenario)
    return _hash({"calendar": said["calendar"], "world": said["world"]})


def _content(value: object) -> Any:  # noqa: ANN401 - nested plain data
    if isinstance(value, Assumption):
        return value.value + 0.0  # -0.0 + 0.0 is 0.0
    if isinstance(value, Block):
        fields = ((name, getattr(value, name)) for name in type(value).model_fields if name not in LABELS)
        return {name: _content(part) for name, part in fields if part is not None}
    if isinstance(value, (list, tuple)):
        return [_content(part) for part in value]
    return value


def _hash(data: object) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
