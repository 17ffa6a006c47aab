"""What differs between two scenarios after inheritance, with the origin of each value."""

from __future__ import annotations

from dataclasses import dataclass

from revsim.scenario.address import leaf_of, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.canonical import world_hash
from revsim.scenario.load import Loaded
from revsim.scenario.nodes import Mapping, Node, Sequence
from revsim.scenario.problems import Place
from revsim.scenario.sets import steps_of
from revsim.scenario.shape import Leaf
from revsim.scenario.text import origin, scalar


@dataclass(frozen=True)
class Difference:
    """One address at which two scenarios differ; an empty value or origin is one that is not said."""

    address: str
    title: str
    unit: str
    first: float | str | None
    second: float | str | None
    first_origin: str
    second_origin: str

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        first, second = ("" if value is None else scalar(value) for value in (self.first, self.second))
        return (self.address, self.title, self.unit, first, second, self.first_origin, self.second_origin)


def differences(first: Loaded, second: Loaded) -> list[Difference]:
    """The rows that differ in value, in the schema's order; ranges and sources alone make no row."""
    left, right = _values(first), _values(second)
    addresses = list(dict.fromkeys([*left, *right]))
    return [
        _row(address, (left.get(address), right.get(address)), (first, second))
        for address in addresses
        if left.get(address) != right.get(address)
    ]


def worlds_differ(first: Loaded, second: Loaded) -> bool:
    """Whether the two do not share their past: differences in outcome are then no effect of design alone."""
    return world_hash(first.scenario) != world_hash(second.scenario)


def _values(loaded: Loaded) -> dict[str, float | str]:
    pairs = walk(loaded.scenario)
    return {address: value.value if isinstance(value, Assumption) else value for address, value in pairs}


def _row(address: str, values: tuple[float | str | None, ...], loaded: tuple[Loaded, Loaded]) -> Difference:
    shape = leaf_of(address)
    unit = str(shape.rule["unit"]) if isinstance(shape, Leaf) else ""
    places = []
    for value, one in zip(values, loaded, strict=True):
        place = origin_of(one, address) if value is not None else None
        places.append(place.origin if place else "")
    return Difference(address, shape.title, unit, values[0], values[1], places[0], places[1])


def origin_of(loaded: Loaded, address: str) -> Place | None:
    """Where the value at an address was said; None if nowhere."""
    node: Node | None = loaded.nodes
    for name, index, _ in steps_of(address, Place(address)):
        node = node.items.get(name) if isinstance(node, Mapping) else None
        if index is not None:
            node = node.items[index] if isinstance(node, Sequence) and index < len(node.items) else None
    return origin(node)
