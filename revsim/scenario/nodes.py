"""What a scenario file says, with the place of every key and value.

Three kinds of node: `Scalar`, `Mapping`, `Sequence`; and `Patch`, which `--set` makes for `stages[0]`.
Nodes are never changed; layers are merged into new ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from unicodedata import normalize

from revsim.paths import readable
from revsim.scenario.problems import Place, quoted

KINDS = {bool: "true/false", int: "a number", float: "a number", str: "text", type(None): "nothing"}


@dataclass(frozen=True)
class Scalar:
    """One value: text, number, true/false or nothing; `below` is the number of a lower layer where this is none."""

    value: str | float | bool | None
    place: Place
    below: float | None = None


@dataclass(frozen=True)
class Mapping:
    """Keys and their nodes; `keys` holds the place of each key."""

    items: dict[str, Node]
    keys: dict[str, Place]
    place: Place


@dataclass(frozen=True)
class Sequence:
    """A list; `below` as of Scalar."""

    items: tuple[Node, ...]
    place: Place
    below: float | None = None


@dataclass(frozen=True)
class Patch:
    """A change of one item of a list that a lower layer holds."""

    index: int
    item: Node
    place: Place


Node = Scalar | Mapping | Sequence | Patch


def empty(place: Place) -> Mapping:
    """A mapping without keys."""
    return Mapping({}, {}, place)


def with_item(mapping: Mapping, key: str, node: Node, place: Place | None = None) -> Mapping:
    """The mapping with one key added or changed."""
    return Mapping({**mapping.items, key: node}, {**mapping.keys, key: place or node.place}, mapping.place)


def without(mapping: Mapping, *names: str) -> Mapping:
    """The mapping without some keys."""
    return Mapping(
        {key: node for key, node in mapping.items.items() if key not in names},
        {key: place for key, place in mapping.keys.items() if key not in names},
        mapping.place,
    )


def in_one_form(node: Mapping) -> Mapping:
    """The mapping with each text in Unicode's composed form, so that what looks alike is the same; keys stay."""
    items = {key: _composed(child) for key, child in node.items.items()}
    return node if all(items[key] is child for key, child in node.items.items()) else replace(node, items=items)


def _composed(node: Node) -> Node:
    if isinstance(node, Mapping):
        return in_one_form(node)
    if isinstance(node, Sequence):
        parts = tuple(_composed(part) for part in node.items)
        return (
            node
            if all(one is other for one, other in zip(parts, node.items, strict=True))
            else replace(node, items=parts)
        )
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.value.isascii():
        return node
    text = normalize("NFC", readable(node.value))
    return node if text == node.value else replace(node, value=text)


def plain(node: Node) -> object:
    """The node as plain Python data."""
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(child) for child in node.items]
    return node.value if isinstance(node, Scalar) else None


def is_number(node: Node) -> bool:
    """Whether the node is a plain number."""
    return isinstance(node, Scalar) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)


def is_nothing(node: Node | None) -> bool:
    """Whether the node is absent or empty (`key:` with nothing behind it)."""
    return node is None or (isinstance(node, Scalar) and node.value is None)


def kind(node: Node) -> str:
    """What the node is, in words."""
    if isinstance(node, Scalar):
        return KINDS[type(node.value)]
    return "a mapping" if isinstance(node, Mapping) else "a list"


def shown(node: Node) -> str:
    """The node's value as a message prints it."""
    if isinstance(node, Scalar) and node.value is not None:
        return quoted(f"{node.value:g}" if isinstance(node.value, float) else node.value)
    return kind(node)


def from_python(value: object, place: Place) -> Node:
    """Nodes for a Python value (numbers, text, dicts, lists); TypeError for anything else."""
    if isinstance(value, dict):
        items = {str(key): from_python(child, place) for key, child in value.items()}
        return Mapping(items, dict.fromkeys(items, place), place)
    if isinstance(value, (list, tuple)):
        return Sequence(tuple(from_python(child, place) for child in value), place)
    if value is None or isinstance(value, (str, bool)):
        return Scalar(value, place)
    if isinstance(value, int):
        return Scalar(value, place)
    if hasattr(value, "__float__"):
        return Scalar(float(value), place)
    msg = f"a value of type {type(value).__name__} cannot stand in a scenario; give a number, text, dict or list"
    raise TypeError(msg)
