"""A complete scenario made from the schema alone, so that tests depend on no shipped number."""

from __future__ import annotations

from typing import Any

from revsim.scenario.assumption import Block
from revsim.scenario.scenario import Calendar, World
from revsim.scenario.shape import Items, Leaf, Part, Shape, members

SPECIAL = {"sandbag_above": 2, "sandbag_below": 1, "operations_share": 0.5, "managers_share": 0.25}


def minimal() -> dict[str, Any]:
    """Nested data of the smallest complete scenario: plain numbers, nothing optional."""
    data: dict[str, Any] = {"name": "Minimal", "calendar": _block(Calendar), "world": _block(World)}
    data["calendar"]["quarters"] = 8
    data["world"]["sales"]["stages"] = [_item(data["world"]["sales"]["stages"][0], n, norm_days=10 * n) for n in (1, 2)]
    source = data["world"]["demand"]["sources"][0]
    data["world"]["demand"]["sources"] = [_item(source, n, share=0.5) for n in (1, 2)]
    return data


def as_text(data: Any, depth: int = 0) -> str:
    """Nested data as YAML, one key a line, two spaces a level; every number and word on a line of its own."""
    lines = []
    indent = "  " * depth
    for key, value in data.items():
        if isinstance(value, dict) and value:
            lines += [f"{indent}{key}:", as_text(value, depth + 1)]
        elif isinstance(value, list):
            lines.append(f"{indent}{key}:")
            for item in value:
                text = as_text(item, depth + 2)
                lines.append(f"{indent}  - {text.lstrip()}")
        else:
            lines.append(f"{indent}{key}: {'{}' if value == {} else value}")
    return "\n".join(lines)


def _block(block: type[Block]) -> dict[str, Any]:
    shapes = members(block).items()
    return {name: _value(name, shape) for name, shape in shapes if not getattr(shape, "optional", False)}


def _item(item: dict[str, Any], number: int, **changes: float) -> dict[str, Any]:
    return {**item, "name": f"item {number}", **changes}


def _value(name: str, shape: Shape) -> Any:
    if isinstance(shape, Part):
        return _block(shape.block)
    if isinstance(shape, Items):
        return [_block(shape.block)]
    if isinstance(shape, Leaf):
        return SPECIAL.get(name, _number(shape))
    return shape.words[0] if shape.words else "EUR"


def _number(leaf: Leaf) -> float:
    rule = leaf.rule
    low = rule["ge"] if rule["ge"] is not None else rule["gt"]
    if low is None:
        return 0
    wanted = low + 1 if rule["le"] is None or rule["le"] > low + 1 else low + (rule["le"] - low) / 2
    return int(wanted) if float(wanted).is_integer() else wanted
