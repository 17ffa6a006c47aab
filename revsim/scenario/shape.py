"""The shape of a scenario, read off the schema classes: leaf, block, list, word or text."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from revsim.scenario.assumption import Block, broken_rule, rule_of
from revsim.scenario.design import Start


@dataclass(frozen=True, eq=False)
class Leaf:
    """A number; `rule` holds unit, ge, gt, le and whole."""

    title: str
    rule: dict[str, Any]
    optional: bool


@dataclass(frozen=True, eq=False)
class Part:
    """A block within a block; may be absent if `optional`."""

    title: str
    block: type[Block]
    optional: bool


@dataclass(frozen=True, eq=False)
class Items:
    """A list of blocks."""

    title: str
    block: type[Block]


@dataclass(frozen=True, eq=False)
class Word:
    """One of a few words, or any text if `words` is empty."""

    title: str
    words: tuple[str, ...]
    optional: bool


Shape = Leaf | Part | Items | Word


@cache
def members(block: type[Block]) -> dict[str, Shape]:
    """The shape of each field of a block, in the schema's order."""
    shapes: dict[str, Shape] = {}
    for name, field in block.model_fields.items():
        title, optional, rule = field.title or name, not field.is_required(), rule_of(field)
        kind, listed = _without_none(field.annotation), None
        if get_origin(kind) is list:
            listed = get_args(kind)[0]
        if rule is not None:
            shapes[name] = Leaf(title, rule, optional)
        elif listed is not None:
            shapes[name] = Items(title, listed)
        elif isinstance(kind, type) and issubclass(kind, Block):
            shapes[name] = Part(title, kind, optional)
        else:
            shapes[name] = Word(title, get_args(kind) if get_origin(kind) is Literal else (), optional)
    return shapes


def _without_none(annotation: Any) -> Any:  # noqa: ANN401 - a type expression
    if get_origin(annotation) in {Union, types.UnionType}:
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


@cache
def is_dial_with_parts(block: type[Block]) -> bool:
    """Whether all parts are dials of the same kind, so that one number may stand for all."""
    return all(isinstance(part, Leaf) and part.rule["unit"] == "dial" for part in members(block).values())


def has_start(block: type[Block]) -> bool:
    """Whether the block holds `start_week` and `when`, of which one excludes the other."""
    return issubclass(block, Start)


def wanted(rule: dict[str, Any]) -> str:
    """What a number must be, in words: `a number, 0 to 1 (a dial)`, `a number, 1 or more, whole (people)`."""
    allowed = bounds(rule)
    unit = "a dial" if rule["unit"] == "dial" else rule["unit"]
    return "a number" + ("" if allowed == "any number" else f", {allowed}") + f" ({unit})"


def example(rule: dict[str, Any]) -> str:
    """A number that may stand there: 0.5 for a dial, 4 for whole ones."""
    tried = (4.0, 1.0, 12.0) if rule["whole"] else (0.5, 1.5, 24.0)
    return f"{next((one for one in tried if broken_rule(one, rule) is None), rule['ge'] or rule['le'] or 1):g}"


def bounds(rule: dict[str, Any]) -> str:
    """The bounds of a number in words: `1 to 500, whole`."""
    low = f"{rule['ge']:g}" if rule["ge"] is not None else None
    above = f"above {rule['gt']:g}" if rule["gt"] is not None else None
    high = f"{rule['le']:g}" if rule["le"] is not None else None
    if low is not None:
        words = f"{low} to {high}" if high is not None else f"{low} or more"
    elif above is not None:
        words = f"{above}, at most {high}" if high is not None else above
    else:
        words = f"at most {high}" if high is not None else "any number"
    return words + (", whole" if rule["whole"] else "")
