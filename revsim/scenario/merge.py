"""Layers of nodes into one: mappings merge, lists replace, a value replaces the whole number.

A number in a later layer, plain or as a mapping with `value`, replaces all of the earlier one: its low, high and
source were said of another value. A plain number that is the earlier one says nothing new: range and source stay. A
mapping without `value` (`{low: 3}`) changes only what it names.
`start_week` in a later layer replaces an earlier `when`, and the other way round.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from revsim.scenario.assumption import Block
from revsim.scenario.nodes import (
    Mapping,
    Node,
    Patch,
    Scalar,
    Sequence,
    empty,
    is_nothing,
    is_number,
    with_item,
    without,
)
from revsim.scenario.problems import Problem
from revsim.scenario.shape import Items, Leaf, Part, Shape, has_start, is_dial_with_parts, members

STARTS = ("start_week", "when")


def expand(node: Node, block: type[Block]) -> Node:
    """A layer with short forms written out: one number for all parts of a dial, an empty block as `{}`."""
    if is_dial_with_parts(block) and not is_nothing(node):
        whole = isinstance(node, Scalar) or (isinstance(node, Mapping) and "value" in node.items)
        if whole:
            parts = members(block)
            return Mapping(dict.fromkeys(parts, node), dict.fromkeys(parts, node.place), node.place)
    if not isinstance(node, Mapping):
        return node
    shapes = members(block)
    items = {key: _expand_field(child, shapes.get(key)) for key, child in node.items.items()}
    return Mapping(items, node.keys, node.place)


def _expand_field(node: Node, shape: Shape | None) -> Node:
    if isinstance(shape, Part):
        if is_nothing(node):
            return node if shape.optional else empty(node.place)
        return expand(node, shape.block)
    if isinstance(shape, Items):
        if isinstance(node, Sequence):
            return Sequence(tuple(expand(item, shape.block) for item in node.items), node.place)
        if isinstance(node, Patch):
            return Patch(node.index, expand(node.item, shape.block), node.place)
    return node


def merge(base: Node, over: Node, block: type[Block], problems: list[Problem]) -> Node:
    """`over` laid upon `base`, both expanded; every value keeps its place."""
    if not (isinstance(base, Mapping) and isinstance(over, Mapping)):
        return over
    merged = base
    if has_start(block):
        said = [name for name in STARTS if not is_nothing(over.items.get(name))]
        if len(said) == 1:
            merged = without(merged, *(name for name in STARTS if name not in said))
    shapes, items, keys = members(block), {**merged.items}, {**merged.keys}
    for key, node in over.items.items():
        is_kept = False
        if key in items:
            items[key] = _merge_field(items[key], node, shapes.get(key), problems)
            is_kept = isinstance(items[key], Mapping) and not isinstance(shapes.get(key), Leaf)
        else:
            items[key] = _alone(node, problems)
        keys[key] = keys[key] if is_kept else over.keys[key]
    return Mapping(items, keys, merged.place)


def _merge_field(base: Node, over: Node, shape: Shape | None, problems: list[Problem]) -> Node:
    if isinstance(shape, Part):
        return merge(base, over, shape.block, problems)
    if isinstance(shape, Leaf):
        return _merge_leaf(base, over)
    if isinstance(over, Patch):
        if isinstance(shape, Items) and isinstance(base, Sequence) and over.index < len(base.items):
            changed = list(base.items)
            changed[over.index] = merge(changed[over.index], over.item, shape.block, problems)
            return Sequence(tuple(changed), base.place)
        _alone(over, problems, len(base.items) if isinstance(base, Sequence) else 0)
        return base
    return over


def _merge_leaf(base: Node, over: Node) -> Node:
    if is_number(over) and isinstance(base, Mapping) and _value_of(base) == _value_of(over):
        return base
    if not isinstance(over, Mapping):
        return _hiding(over, base)
    if "value" in over.items:
        return replace(over, items={**over.items, "value": _hiding(over.items["value"], base)})
    if isinstance(base, Scalar) and base.value is not None:
        base = Mapping({"value": base}, {"value": base.place}, base.place)
    if not isinstance(base, Mapping):
        return over
    return Mapping({**base.items, **over.items}, {**base.keys, **over.keys}, base.place)


def _hiding(node: Node, base: Node) -> Node:
    """What stands above a number; where it is no number itself, with that number, for who mends it."""
    below, value = _value_of(base), _value_of(node)
    is_finite = isinstance(value, (int, float)) and isfinite(value)
    if is_finite or not isinstance(node, (Scalar, Sequence)) or not isinstance(below, float):
        return node
    return replace(node, below=below)


def _value_of(node: Node) -> object:
    """The value of a number, plain or a mapping; None if it has none."""
    value = node.items.get("value") if isinstance(node, Mapping) else node
    return value.value if isinstance(value, Scalar) and is_number(value) else None


def _alone(node: Node, problems: list[Problem], length: int = 0) -> Node:
    """A node with nothing below it; a patch then has no list to change."""
    if not isinstance(node, Patch):
        return node
    hint = f"the list has items 0 to {length - 1}" if length else "this is no list, or the list is not there"
    problems.append(Problem("E108", node.place, f"there is no item [{node.index}] to change", hint))
    return Scalar(None, node.place)


def filled_from_today(root: Mapping) -> Mapping:
    """The scenario with what design, coordination and heroics leave unsaid taken from `world.today`.

    `start_week` and `when` are never taken: today's company has no start.
    """
    from revsim.scenario.scenario import Today  # noqa: PLC0415 - the schema's whole is built only when it is needed

    world = root.items.get("world")
    today = world.items.get("today") if isinstance(world, Mapping) else None
    filled = root
    for name, shape in members(Today).items():
        below = today.items.get(name) if isinstance(today, Mapping) else None
        above = root.items.get(name)
        if isinstance(below, Mapping) and isinstance(shape, Part):
            if above is None or is_nothing(above):
                above = empty(below.place)
            merged = merge(without(below, *STARTS), above, shape.block, [])
            filled = with_item(filled, name, merged, root.keys.get(name, below.place))
    return filled
