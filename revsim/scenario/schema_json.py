"""JSON Schema (2020-12) of scenario files, for editors.

A file with `extends` is checked against the schema without `required`, so an overlay shows no false
"missing property" while its misspelt keys are still found.
"""

from __future__ import annotations

import json
import re
from typing import Any

from revsim.docstrings import docstring_of
from revsim.scenario.assumption import Block
from revsim.scenario.meaning import CHOICES
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Items, Leaf, Part, Shape, bounds, is_dial_with_parts, members

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def scenario_schema() -> Schema:
    """The schema of a scenario file, whole (no `extends`) or overlay."""
    definitions: dict[str, Schema] = {}
    for block in _blocks(Scenario):
        for whole in (True, False):
            definitions[_name(block, whole=whole)] = _block_schema(block, whole=whole)
            for shape in members(block).values():
                if isinstance(shape, Leaf):
                    definitions[_number_name(shape, whole=whole)] = _number_schema(shape, whole=whole)
    overlay = definitions[_name(Scenario, whole=False)]["properties"]
    overlay["extends"] = {"type": "string", "minLength": 1, "description": "The scenario file that this one changes"}
    return {
        "$schema": DIALECT,
        "title": "revsim scenario",
        "description": docstring_of(Scenario),
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/{_name(Scenario, whole=False)}"},
        "else": {"$ref": f"#/$defs/{_name(Scenario, whole=True)}"},
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The schema as it is printed and kept in the repository."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def _blocks(block: type[Block]) -> list[type[Block]]:
    found = [block]
    for shape in members(block).values():
        if isinstance(shape, (Part, Items)):
            found += [inner for inner in _blocks(shape.block) if inner not in found]
    return found


def _name(block: type[Block], *, whole: bool) -> str:
    return block.__name__ if whole else f"{block.__name__}.overlay"


def _block_schema(block: type[Block], *, whole: bool) -> Schema:
    is_top = block is Scenario
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for name, shape in members(block).items():
        is_choice = is_top and name in (*CHOICES, "stress")
        properties[name] = _field_schema(shape, whole=whole and not is_choice)
        is_filled = is_choice or (is_top and name == "name") or getattr(shape, "optional", False)
        if not is_filled:
            required.append(name)
    kind: str | list[str] = "object" if whole or is_top else ["object", "null"]
    schema: Schema = {"type": kind, "description": docstring_of(block).strip(), "properties": properties}
    if whole and required:
        schema["required"] = required
    schema["additionalProperties"] = False
    return schema


def _field_schema(shape: Shape, *, whole: bool) -> Schema:
    if isinstance(shape, Leaf):
        return _number_ref(shape, whole=whole)
    if isinstance(shape, Part):
        part: Schema = {"$ref": f"#/$defs/{_name(shape.block, whole=whole)}"}
        if is_dial_with_parts(shape.block):
            first = next(iter(members(shape.block).values()))
            if isinstance(first, Leaf):
                every = Leaf("One dial for all parts", first.rule, optional=False)
                return {"description": shape.title, "anyOf": [part, _number_ref(every, whole=True)]}
        if shape.optional:
            return {"description": shape.title, "anyOf": [part, {"type": "null"}]}
        return {"description": shape.title, **part}
    if isinstance(shape, Items):
        # a list replaces the whole list below it, so its items are whole even in an overlay
        item = {"$ref": f"#/$defs/{_name(shape.block, whole=True)}"}
        return {"description": shape.title, "type": "array", "minItems": 1, "items": item}
    if shape.words:
        return {"description": shape.title, "enum": list(shape.words)}
    return {"description": shape.title, "type": "string"}


def _number_ref(leaf: Leaf, *, whole: bool) -> Schema:
    return {"description": leaf.title, "$ref": f"#/$defs/{_number_name(leaf, whole=whole)}"}


def _number_name(leaf: Leaf, *, whole: bool) -> str:
    """One definition serves all numbers of the same unit and bounds."""
    words = [str(leaf.rule["unit"]), bounds(leaf.rule), *(["optional"] * leaf.optional), *(["overlay"] * (not whole))]
    return "number." + re.sub(r"[^A-Za-z0-9.-]+", "_", ".".join(words))


def _number_schema(leaf: Leaf, *, whole: bool) -> Schema:
    rule = leaf.rule
    number: Schema = {"type": "integer" if rule["whole"] else "number"}
    for name, word in (("ge", "minimum"), ("gt", "exclusiveMinimum"), ("le", "maximum")):
        if rule[name] is not None:
            number[word] = rule[name]
    maybe = {**number, "type": [number["type"], "null"]}
    parts: dict[str, Schema] = {"value": number, "low": maybe, "high": maybe}
    parts["unit"] = {"enum": [rule["unit"], None]}
    parts["source"] = {"type": ["string", "null"]}
    mapping: Schema = {"type": "object", "properties": parts, "additionalProperties": False}
    if whole:
        mapping["required"] = ["value"]
    options = [number, mapping, {"type": "null"}] if leaf.optional else [number, mapping]
    return {"description": f"{rule['unit']}; {bounds(rule)}", "anyOf": options}
