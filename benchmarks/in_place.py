"""Numbers of a scenario file changed where they stand: all else, comments and layout too, stays to the byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

STEP = re.compile(r"(?P<name>[a-z_0-9]+)(?:\[(?P<index>\d+)\])?")
NUMBER = re.compile(r"[-+0-9.eE_]+")


def number_text(value: float) -> str:
    """As people write it: 24, 0.35, 85000."""
    return f"{value:.0f}" if value == round(value) else f"{value:.6g}"


def with_numbers(text: str, values: Mapping[str, float]) -> str:
    """The file's text with other values at some addresses. Raises KeyError for an address that it does not state."""
    root = YAML().load(text)
    lines = text.splitlines(keepends=True)
    # from behind, so that a longer number does not move the places of those that follow in its line
    places = sorted(((_place(root, address), value) for address, value in values.items()), reverse=True)
    for (line, column), value in places:
        there = NUMBER.match(lines[line], column)
        assert there is not None, "a number stands there"
        lines[line] = lines[line][:column] + number_text(value) + lines[line][there.end() :]
    return "".join(lines)


def _place(root: Any, address: str) -> tuple[int, int]:  # noqa: ANN401 - a tree of ruamel's
    """Line and column of the number at an address, `value` in its mapping or alone."""
    node = root
    *before, last = [(step["name"], step["index"]) for step in STEP.finditer(address)]
    for name, index in before:
        node = node[name] if index is None else node[name][int(index)]
    name = last[0]
    if isinstance(node[name], dict):
        node, name = node[name], "value"
    line, column = node.lc.value(name)
    return int(line), int(column)
