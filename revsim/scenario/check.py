"""A merged tree of nodes against the schema and the rules of meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pydantic import ValidationError

from revsim.scenario.assumption import Block
from revsim.scenario.log_odds import Lookup
from revsim.scenario.meaning import CHOICES, node_at, number_at, problems_of_meaning
from revsim.scenario.merge import filled_from_today
from revsim.scenario.messages import problems_of_schema
from revsim.scenario.nodes import Mapping, Node, Scalar, Sequence, in_one_form, is_nothing, is_number, plain, shown
from revsim.scenario.number_hints import way_out_of
from revsim.scenario.problems import Problem
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Items, Leaf, Part, Shape, members, wanted


def checked(root: Mapping, root_file: str) -> tuple[Scenario | None, Mapping, list[Problem]]:
    """The scenario of a merged tree (None if anything is wrong), the filled tree, and all problems."""
    filled = in_one_form(filled_from_today(root))
    loose = list(_loose_numbers(filled, Scenario, "", partial(number_at, filled)))
    problems = list(loose)
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(plain(_without_nothing(filled, Scenario)))
    except ValidationError as errors:
        # of a number that is text in parts, pydantic's view is guesswork
        told = {problem.address.rpartition(".")[0] for problem in loose}
        found = problems_of_schema(errors.errors(include_url=False, include_input=False), filled, root_file)
        problems += [problem for problem in found if told.isdisjoint(_above(problem.address))]
    problems += problems_of_meaning(filled)
    problems = _without_echoes(problems, filled)
    return (None if problems else scenario), filled, problems


def _without_nothing(node: Node, block: type[Block]) -> Node:
    """The tree without numbers that may be absent and are said to be (`start_week: null`)."""
    if not isinstance(node, Mapping):
        return node
    items: dict[str, Node] = {}
    for key, child in node.items.items():
        shape = members(block).get(key)
        if isinstance(shape, Leaf) and shape.optional and is_nothing(child):
            continue
        items[key] = _without_nothing(child, shape.block) if isinstance(shape, Part) else child
    return Mapping(items, node.keys, node.place)


def _above(address: str) -> set[str]:
    return {address, address.rpartition(".")[0]}


def _loose_numbers(node: Node, block: type[Block], address: str, number: Lookup) -> Iterator[Problem]:
    """Text and true/false where a number's mapping wants a number: pydantic alone would convert them."""
    if isinstance(node, Mapping):
        for name, shape in members(block).items():
            if name in node.items:
                yield from _loose_field(node.items[name], shape, f"{address}.{name}".removeprefix("."), number)


def _loose_field(node: Node, shape: Shape, address: str, number: Lookup) -> Iterator[Problem]:
    if isinstance(shape, Part):
        yield from _loose_numbers(node, shape.block, address, number)
    elif isinstance(shape, Items) and isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _loose_numbers(item, shape.block, f"{address}[{index}]", number)
    elif isinstance(shape, Leaf) and isinstance(node, Mapping):
        for part in ("value", "low", "high"):
            given = node.items.get(part)
            absent = given is None or (part != "value" and isinstance(given, Scalar) and given.value is None)
            if not absent and given is not None and not is_number(given):
                where = f"{address}.{part}"
                message = f"`{where}` = {shown(given)}: must be {wanted(shape.rule)}"
                hint = way_out_of(given, shape.rule, where, number)
                yield Problem("E103", given.place, message, hint, where)


def _without_echoes(problems: list[Problem], root: Mapping) -> list[Problem]:
    """Drop what is only missing at the top because `world.today` misses it."""
    said = {problem.address for problem in problems}
    no_today = not isinstance(node_at(root, "world.today"), Mapping)

    def is_echo(problem: Problem) -> bool:
        if problem.code != "E102" or problem.address.partition(".")[0] not in CHOICES:
            return False
        parts = problem.address.split(".")
        above = {"world.today." + ".".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
        return no_today or not above.isdisjoint(said)

    ordered = sorted(problems, key=lambda problem: not problem.address.startswith("world."))
    return [problem for problem in ordered if not is_echo(problem)]
