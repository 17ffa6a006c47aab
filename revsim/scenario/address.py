"""Values by address: `world.sales.stages[0].effort_hours`. Used by sweeps, reports and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Changes
from typing import Any

from revsim.errors import ScenarioError, UserError
from revsim.scenario.assumption import Assumption, Block
from revsim.scenario.check import checked
from revsim.scenario.merge import expand, merge
from revsim.scenario.nodes import Mapping, from_python
from revsim.scenario.paths import successors
from revsim.scenario.problems import Place, Problem, in_order, nearest
from revsim.scenario.scenario import Scenario
from revsim.scenario.sets import nested, steps_of
from revsim.scenario.shape import Items, Leaf, Part, Word, members
from revsim.scenario.text import as_data

IDENTITY = ("name", "why")
CHOICES = ("design", "coordination", "heroics")


def walk(scenario: Scenario) -> Iterator[tuple[str, Assumption | str]]:
    """Every value of a scenario with its address, in the schema's order; what is not said is left out.

    Numbers come as Assumption, words (`world.loops.trust`, names of stages) as str. The scenario's own
    name and reason are no values.
    """
    for address, value in walk_block(scenario):
        if address not in IDENTITY:
            yield address, value


def walk_block(block: Block, prefix: str = "") -> Iterator[tuple[str, Assumption | str]]:
    """The values below one block, their addresses beginning with `prefix`."""
    for name in type(block).model_fields:
        yield from _walk_value(getattr(block, name), f"{prefix}.{name}" if prefix else name)


def _walk_value(value: object, address: str) -> Iterator[tuple[str, Assumption | str]]:
    if isinstance(value, (Assumption, str)):
        yield address, value
    elif isinstance(value, Block):
        yield from walk_block(value, address)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk_value(item, f"{address}[{index}]")


def get(scenario: Scenario, address: str) -> Any:  # noqa: ANN401 - Assumption, str, Block, list or None
    """What stands at an address: Assumption, str, Block, list, or None if it is not said; UserError if unknown."""
    value: Any = scenario
    for name, index, _ in steps_of(address, _place_of(address)):
        known = tuple(type(value).model_fields) if isinstance(value, (Block, Assumption)) else ()
        if name not in known:
            raise UserError(_no_such(address, name, known))
        value = getattr(value, name)
        if index is not None:
            if not isinstance(value, list) or index >= len(value):
                length = len(value) if isinstance(value, list) else 0
                msg = f"`{address}`: there is no item [{index}] of {name}; it has {length} items"
                raise UserError(msg)
            value = value[index]
    return value


def leaf_of(address: str) -> Leaf | Word:
    """Title, unit and bounds of the value at an address; UserError if it is a block or unknown."""
    block: type[Block] = Scenario
    shape: Any = None
    for name, _, _ in steps_of(address, _place_of(address)):
        known = members(block) if shape is None or isinstance(shape, (Part, Items)) else {}
        if name not in known:
            raise UserError(_no_such(address, name, tuple(known)))
        shape = known[name]
        if isinstance(shape, (Part, Items)):
            block = shape.block
    if not isinstance(shape, (Leaf, Word)):
        msg = f"`{address}` is a block, no single value; its parts are {', '.join(members(block))}"
        raise UserError(msg)
    return shape


def leaf_rule(address: str) -> dict[str, Any]:
    """Unit and bounds (unit, ge, gt, le, whole) of the number at an address; UserError if it is no number."""
    shape = leaf_of(address)
    if not isinstance(shape, Leaf):
        msg = f"`{address}` is text, no number"
        raise UserError(msg)
    return shape.rule


def replace(scenario: Scenario, changes: Changes[str, Any], name: str | None = None) -> Scenario:
    """The scenario with some values changed, by the rules of a file that extends it; ScenarioError as of `load`.

    A number replaces value, range and source of what it changes (one that is the same changes nothing); a dict
    without `value` changes its parts; a dial with parts takes a number for all. A choice that equals today's follows
    a change of `world.today`.
    """
    root: Mapping = _nodes_of(scenario)
    problems: list[Problem] = []
    for address, value in (changes if name is None else {**changes, "name": name}).items():
        place = _place_of(address)
        try:
            change = expand(nested(address, place, from_python(value, place)), Scenario)
        except TypeError as error:
            raise UserError(f"`{address}`: {error}") from None
        merged = merge(root, change, Scenario, problems)
        root = merged if isinstance(merged, Mapping) else root
    changed, _, more = checked(root, "<replace>")
    if changed is None or problems:
        raise ScenarioError([*in_order([*problems, *more])])
    return changed


def _nodes_of(scenario: Scenario) -> Mapping:
    """The scenario as nodes, without the choices that equal today's: they are filled from today again."""
    data = as_data(scenario)
    for choice in CHOICES:
        data[choice] = _differing(data[choice], data["world"]["today"][choice])
    node = from_python(data, Place("<scenario>"))
    return node if isinstance(node, Mapping) else Mapping({}, {}, Place("<scenario>"))


def _differing(chosen: dict[str, Any], today: dict[str, Any]) -> dict[str, Any]:
    differing: dict[str, Any] = {}
    for key, value in chosen.items():
        below = today.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and "value" not in value:
            differing[key] = _differing(value, below)
        elif value != below:
            differing[key] = value
    return differing


def _place_of(address: str) -> Place:
    return Place(f"<{address}>")


def _no_such(address: str, name: str, known: tuple[str, ...]) -> str:
    near, former = nearest(name, known), successors(address)
    if former:
        return f"`{address}`: it is two numbers now: {' and '.join(f'`{one}`' for one in former)}"
    hint = f"did you mean `{near}`?" if near else f"known here: {', '.join(known) or 'nothing, this is a value'}"
    return f"`{address}`: there is no `{name}`; {hint}"
