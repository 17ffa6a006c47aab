"""What is valid and yet unlikely to be meant: a block whose key stands there with nothing behind it."""

from __future__ import annotations

from collections.abc import Iterator

from revsim.scenario.assumption import Block
from revsim.scenario.nodes import Mapping, Node, Patch, Sequence, is_nothing
from revsim.scenario.problems import Problem
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Items, Part, members

LEFT_EMPTY = "W001"


def left_empty(layer: Node, block: type[Block] = Scenario, above: str = "") -> Iterator[Problem]:
    """A warning for each block of one layer that says nothing; `{}` and what may be absent are said on purpose."""
    if not isinstance(layer, Mapping):
        return
    for key, node in layer.items.items():
        shape = members(block).get(key)
        address = f"{above}.{key}".removeprefix(".")
        if isinstance(shape, Part) and is_nothing(node):
            if not shape.optional:
                message = f"`{address}` is left empty, so it changes nothing"
                yield Problem(LEFT_EMPTY, layer.keys[key], message, "say what it holds, or delete it", address)
        elif isinstance(shape, Part):
            yield from left_empty(node, shape.block, address)
        elif isinstance(shape, Items):
            yield from _within_items(node, shape.block, address)


def _within_items(node: Node, block: type[Block], address: str) -> Iterator[Problem]:
    if isinstance(node, Patch):
        yield from left_empty(node.item, block, f"{address}[{node.index}]")
    for index, item in enumerate(node.items if isinstance(node, Sequence) else ()):
        yield from left_empty(item, block, f"{address}[{index}]")
