"""A resolved scenario as YAML text that is itself a scenario file, and as plain data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from revsim.printable import visible_line
from revsim.scenario.assumption import Assumption, Block
from revsim.scenario.design import Stress
from revsim.scenario.nodes import Mapping, Node, Sequence
from revsim.scenario.parse import resolve
from revsim.scenario.problems import Place
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import has_start

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ %/.()+-]*")

BEYOND_ASCII = re.compile(r"[^ -~]")


def as_data(scenario: Scenario) -> dict[str, Any]:
    """The scenario as nested dicts: plain numbers where nothing but the value is known."""
    return {name: _data(value) for name, value in _said(scenario)}


def as_yaml(scenario: Scenario, origins: Mapping | None = None) -> str:
    """The resolved scenario as a file; with its nodes, each value's line ends with its origin, `# file:line`."""
    lines = list(_block(scenario, origins, 0))
    return "\n".join(lines) + "\n"


def _said(block: Block) -> Iterator[tuple[str, Any]]:
    """The block's fields; what is absent is left out where nothing could fill it in again."""
    may_be_absent = has_start(type(block)) or isinstance(block, Stress)
    for name in type(block).model_fields:
        value = getattr(block, name)
        if value != "" and (value is not None or not may_be_absent):
            yield name, value


def _data(value: object) -> Any:  # noqa: ANN401 - nested plain data
    if isinstance(value, Assumption):
        said = dict(_assumed(value))
        return said if len(said) > 1 else said["value"]
    if isinstance(value, Block):
        return {name: _data(part) for name, part in _said(value)}
    return [_data(part) for part in value] if isinstance(value, list) else value


def _assumed(value: Assumption) -> Iterator[tuple[str, Any]]:
    for name in Assumption.model_fields:
        part = getattr(value, name)
        if part is not None:
            yield name, int(part) if isinstance(part, float) and part.is_integer() and abs(part) < 1e15 else part  # noqa: PLR2004


def _block(block: Block, nodes: Node | None, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name, value in _said(block):
        node = nodes.items.get(name) if isinstance(nodes, Mapping) else None
        if isinstance(value, Block):
            inner = list(_block(value, node, depth + 1))
            yield f"{indent}{name}:" + ("" if inner else " {}")
            yield from inner
        elif isinstance(value, list):
            yield f"{indent}{name}:"
            items = node.items if isinstance(node, Sequence) else ()
            for index, item in enumerate(value):
                inner = list(_block(item, items[index] if index < len(items) else None, depth + 2))
                yield f"{indent}  - {inner[0].lstrip()}"
                yield from inner[1:]
        else:
            place = origin(node) if nodes is not None else None
            yield f"{indent}{name}: {_value(value)}" + (f"  # {visible_line(place.origin)}" if place else "")


def origin(node: Node | None) -> Place | None:
    """Where a value was said: for a number's mapping, where its value stands."""
    if isinstance(node, Mapping):
        node = node.items.get("value", node)
    return None if node is None else node.place


def _value(value: object) -> str:
    data = _data(value)
    if isinstance(data, dict):
        return "{" + ", ".join(f"{name}: {scalar(part)}" for name, part in data.items()) + "}"
    return scalar(data)


def scalar(value: object) -> str:
    """One YAML scalar; text in quotes where plain text would mean something else."""
    if isinstance(value, str):
        is_safe = PLAIN.fullmatch(value) and value == value.strip() and isinstance(resolve(value), str)
        return value if is_safe else BEYOND_ASCII.sub(_escaped, json.dumps(value, ensure_ascii=False))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004
    return "null" if value is None else str(value)


def _escaped(character: re.Match[str]) -> str:
    return character[0] if character[0].isprintable() else f"\\U{ord(character[0]):08x}"
