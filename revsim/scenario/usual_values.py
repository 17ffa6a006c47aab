"""The value that the benchmark company has at an address: an example that fits where a bound alone would not."""

from __future__ import annotations

from functools import cache

from revsim.errors import ScenarioError
from revsim.scenario import shipped
from revsim.scenario.merge import expand, filled_from_today
from revsim.scenario.nodes import Mapping, Node, Scalar, Sequence, is_number
from revsim.scenario.parse import parse
from revsim.scenario.problems import Place
from revsim.scenario.scenario import Scenario
from revsim.scenario.sets import steps_of

BENCHMARK = "status-quo.yaml"


def usual_value(address: str) -> float | None:
    """The number at an address of the shipped status quo, None where it has none; of a longer list the last item's."""
    node = _node_at(address)
    value = node.items.get("value") if isinstance(node, Mapping) else node
    return float(value.value) if isinstance(value, Scalar) and is_number(value) else None  # type: ignore[arg-type]


def usual_for_all(address: str) -> float | None:
    """A number that is plausible for all parts of a dial: the first part's, within the range of each."""
    node = _node_at(address)
    if not isinstance(node, Mapping):
        return None
    parts = [f"{address}.{part}" for part in node.items]
    values = [value for part in parts if (value := usual_value(part)) is not None]
    lows = [low for part in parts if (low := usual_value(f"{part}.low")) is not None]
    highs = [high for part in parts if (high := usual_value(f"{part}.high")) is not None]
    return min(max([values[0], *lows]), *highs) if values and highs else next(iter(values), None)


def _node_at(address: str) -> Node | None:
    node: Node | None = _benchmark()
    try:
        steps = steps_of(address, Place(address))
    except ScenarioError:
        return None
    for name, index, _ in steps:
        node = node.items.get(name) if isinstance(node, Mapping) else None
        if index is not None:
            items = node.items if isinstance(node, Sequence) else ()
            node = items[min(index, len(items) - 1)] if items else None
    return node


@cache
def _benchmark() -> Node | None:
    path = shipped.find(BENCHMARK)
    if path is None:
        return None
    node = parse(path.read_text(encoding="utf-8"), BENCHMARK)
    expanded = expand(node, Scenario) if node is not None else None
    return filled_from_today(expanded) if isinstance(expanded, Mapping) else None
