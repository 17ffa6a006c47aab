"""The numbers that one layer says, and where: `leaves(layer)` walks nodes as `walk` walks a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from revsim.scenario.assumption import Block
from revsim.scenario.nodes import Mapping, Node, Patch, Scalar, Sequence, is_number
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Items, Leaf, Part, Shape, members


class Said(NamedTuple):
    """A number as a layer says it; `node` is plain or a mapping."""

    address: str
    node: Node
    unit: str

    def part(self, name: str) -> float | None:
        """`value`, `low` or `high` as far as they are said."""
        node = self.node.items.get(name) if isinstance(self.node, Mapping) else self.node if name == "value" else None
        return float(node.value) if isinstance(node, Scalar) and is_number(node) else None  # type: ignore[arg-type]

    @property
    def has_source(self) -> bool:
        """Whether somebody vouches for it."""
        return isinstance(self.node, Mapping) and "source" in self.node.items


def leaves(layer: Node, block: type[Block] = Scenario, above: str = "") -> Iterator[Said]:
    """Every number of an expanded layer, in the file's order."""
    if isinstance(layer, Mapping):
        shapes = members(block)
        for key, node in layer.items.items():
            if key in shapes:
                yield from _of_field(node, shapes[key], f"{above}.{key}".removeprefix("."))


def lists(layer: Node, block: type[Block] = Scenario, above: str = "") -> Iterator[str]:
    """Addresses of the lists that a layer says anew."""
    if isinstance(layer, Mapping):
        for key, node in layer.items.items():
            shape, address = members(block).get(key), f"{above}.{key}".removeprefix(".")
            if isinstance(shape, Items) and isinstance(node, Sequence):
                yield address
            elif isinstance(shape, Part):
                yield from lists(node, shape.block, address)


def _of_field(node: Node, shape: Shape, address: str) -> Iterator[Said]:
    if isinstance(shape, Leaf):
        yield Said(address, node, str(shape.rule["unit"]))
    elif isinstance(shape, Part):
        yield from leaves(node, shape.block, address)
    elif isinstance(shape, Items) and isinstance(node, Patch):
        yield from leaves(node.item, shape.block, f"{address}[{node.index}]")
    elif isinstance(shape, Items) and isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from leaves(item, shape.block, f"{address}[{index}]")
