"""`--set PATH=VALUE` as a layer of nodes, by the same parser and with the same messages."""

from __future__ import annotations

import re
from dataclasses import replace

from revsim.errors import ScenarioError
from revsim.scenario.nodes import Mapping, Node, Patch, Scalar, Sequence
from revsim.scenario.parse import fail, parse
from revsim.scenario.problems import Place, Problem, quoted

STEP = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?:\[(?P<index>[0-9]{1,4})\])?")
Step = tuple[str, int | None, int]  # name, index in a list, column


def steps_of(path: str, place: Place) -> list[Step]:
    """The steps of `world.sales.stages[0].effort_hours`; ScenarioError if it is no path."""
    steps: list[Step] = []
    column = place.column
    for word in path.split("."):
        found = STEP.fullmatch(word)
        if found is None:
            here = place._replace(column=column, length=max(1, len(word)))
            fail("E011", here, f"{quoted(word)} is no step of a path", "write e.g. world.sales.stages[0].effort_hours")
        index = found["index"]
        steps.append((found["name"], None if index is None else int(index), column))
        column += len(word) + 1
    return steps


def layer_of(assignment: str, number: int, begins: int = 0) -> Mapping:
    """The layer that the n-th `--set` makes, its path beginning at `begins`; located as `<--set n>:1:column`.

    Raises ScenarioError.
    """
    place = Place(f"<--set {number}>", 1, 1, max(1, len(assignment)), assignment)
    path, equals, value = assignment[begins:].partition("=")
    if not equals:
        fail("E011", place, f"{quoted(assignment)} has no `=`", "write PATH=VALUE, e.g. design.owned_handoffs=0.9")
    if not path.strip():
        fail("E011", place, f"{quoted(assignment)} has no path before `=`", "write e.g. design.owned_handoffs=0.9")
    start = begins + len(path) + 1
    try:
        node = parse(value, place.file)
    except ScenarioError as error:
        moved = [_moved_problem(problem, start, assignment) for problem in error.problems]
        raise ScenarioError([*moved]) from None
    node = Scalar(None, place) if node is None else _moved(node, start, assignment)
    if not begins:
        return nested(path.rstrip(), place, node)
    return nested(path.strip(), place._replace(column=1 + begins + len(path) - len(path.lstrip())), node)


def nested(path: str, place: Place, node: Node) -> Mapping:
    """`node` inside a mapping for each step of `path`."""
    for name, index, column in reversed(steps_of(path, place)):
        here = place._replace(column=column, length=len(name))
        if index is not None:
            node = Patch(index, node, here)
        node = Mapping({name: node}, {name: here}, here)
    return node if isinstance(node, Mapping) else Mapping({}, {}, place)


def _shifted(place: Place, by: int, text: str) -> Place:
    return place._replace(column=place.column + (by if place.line == 1 else 0), text=text)


def _moved(node: Node, by: int, text: str) -> Node:
    place = _shifted(node.place, by, text)
    if isinstance(node, Mapping):
        items = {key: _moved(child, by, text) for key, child in node.items.items()}
        return Mapping(items, {key: _shifted(where, by, text) for key, where in node.keys.items()}, place)
    if isinstance(node, Sequence):
        return Sequence(tuple(_moved(child, by, text) for child in node.items), place)
    return replace(node, place=place)


def _moved_problem(problem: object, by: int, text: str) -> object:
    return replace(problem, place=_shifted(problem.place, by, text)) if isinstance(problem, Problem) else problem
