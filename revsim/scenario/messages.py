"""What pydantic finds wrong, told with the file's place, the value, the rule and the way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence as Many
from functools import partial
from typing import Any
from unicodedata import category

from revsim.scenario.assumption import Assumption, Block
from revsim.scenario.meaning import number_at
from revsim.scenario.nodes import Mapping, Node, Scalar, Sequence, shown
from revsim.scenario.number_hints import way_out_of
from revsim.scenario.odd_characters import has_curly_quote, name_of, odd_in
from revsim.scenario.paths import path_given, successors, whole_paths
from revsim.scenario.problems import MOST_TOLD, Place, Problem, nearest, quoted
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import (
    Items,
    Leaf,
    Part,
    Shape,
    Word,
    bounds,
    is_dial_with_parts,
    members,
    wanted,
)
from revsim.scenario.usual_values import usual_for_all

Loc = tuple[int | str, ...]
PARTS_AT_FAULT = {"outside_range": "value", "wrong_unit": "unit"}
NO_COMMAS = "a comma in braces ends a number: write 60000, not 60,000"
STRAIGHT = 'write straight quotes: "..."'
LEAF_KEYS = tuple(Assumption.model_fields)


def address_of(loc: Loc) -> str:
    """`("world", "stages", 0)` as `world.stages[0]`."""
    text = ""
    for step in loc:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def locate(root: Mapping, loc: Loc) -> tuple[Place, Node, bool]:
    """Place of the key (or item) at `loc`, its node, and whether all of `loc` was found."""
    node: Node = root
    place = root.place
    for step in loc:
        if isinstance(node, Mapping) and step in node.items:
            place, node = node.keys[str(step)], node.items[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
        else:
            return place, node, False
    return place, node, True


def names_at(loc: Loc) -> tuple[str, ...]:
    """The names that the schema knows at `loc`."""
    block: type[Block] = Scenario
    for step in loc:
        if isinstance(step, int):
            continue
        shape = members(block).get(step)
        if isinstance(shape, Leaf):
            return LEAF_KEYS
        if not isinstance(shape, (Part, Items)):
            return ()
        block = shape.block
    return tuple(members(block)) + (("extends",) if block is Scenario else ())


def problems_of_schema(errors: Many[Any], root: Mapping, root_file: str) -> list[Problem]:
    """Each of pydantic's errors as a Problem; those of a kind beyond what is told have a place, and are counted."""
    last: dict[str, Problem] = {}
    counts: Counter[str] = Counter()
    problems = []
    for error in errors:
        kind = str(error["type"])
        counts[kind] += 1
        if counts[kind] <= MOST_TOLD:
            last[kind] = problem_of(error, root, root_file)
            problems.append(last[kind])
        else:
            problems.append(Problem(last[kind].code, locate(root, tuple(error["loc"]))[0], ""))
    return problems


def problem_of(error: Any, root: Mapping, root_file: str) -> Problem:  # noqa: ANN401 - pydantic's ErrorDetails
    """One of pydantic's errors as a Problem."""
    loc: Loc = tuple(error["loc"])
    context = error.get("ctx", {})
    part = context.get("part") or PARTS_AT_FAULT.get(error["type"])
    if part is not None:
        loc = (*loc, part)
    place, node, _ = locate(root, loc)
    address = address_of(loc)
    what = str(error["type"])
    if what == "extra_forbidden":
        return _unknown(loc, place)
    if what == "missing":
        return _missing(loc, root, root_file)
    if what == "two_starts":
        hint = "keep one: a week, or a condition"
        start = node.keys.get("start_week", place) if isinstance(node, Mapping) else place
        return Problem("E201", start, f"`{address}` {error['msg']}", hint, address)
    if what in {"out_of_bounds", "outside_range", "wrong_unit"}:
        code = {"out_of_bounds": "E105", "outside_range": "E106", "wrong_unit": "E107"}[what]
        address = address_of(tuple(error["loc"]))
        where = node.place if isinstance(node, Scalar) else place
        return Problem(code, where, f"`{address}`: {error['msg']}", _bounds_hint(what, context, loc), address)
    return _wrong(what, error, loc, root)


def _bounds_hint(what: str, context: dict[str, Any], loc: Loc) -> str:
    if what == "out_of_bounds":
        shape = _shape_at(loc[:-1])
        return f"allowed: {bounds(shape.rule)}" if isinstance(shape, Leaf) else ""
    if what == "wrong_unit":
        return f"write `{context['unit']}`, or leave the unit out"
    return "widen the range or change the value"


def _unknown(loc: Loc, place: Place) -> Problem:
    name, inside = str(loc[-1]), loc[:-1]
    known = names_at(inside)
    whole = whole_paths(path_given(place) or name)
    former = successors(address_of(loc)) or (() if whole else successors(path_given(place)))
    near = nearest(name, known)
    if name.isdigit() and isinstance(_shape_at(inside), (Part, type(None))):
        return Problem("E101", place, f"unknown key {quoted(name)}", NO_COMMAS, address_of(loc))
    odd = odd_in(name)
    if odd is not None or (near is None and has_curly_quote(name)):
        message = f"unknown key {quoted(name)}" + (f": {odd.name} stands in it" if odd else "")
        return Problem("E101", place, message, odd.way_out if odd else STRAIGHT, address_of(loc))
    # the very word, elsewhere in the schema, says more than a word that is like it
    meant = whole or ([near] if near else [])
    hint = f"did you mean {' or '.join(f'`{one}`' for one in meant)}?" if meant else f"known here: {', '.join(known)}"
    if former:
        hint = f"it is two numbers now, each in its own unit: {' and '.join(f'`{one}`' for one in former)}"
    block = f" in `{address_of(inside)}`" if inside else ""
    return Problem("E101", place, f"unknown key {quoted(name)}{block}", hint, address_of(loc))


def _missing(loc: Loc, root: Mapping, root_file: str) -> Problem:
    place, _, _ = locate(root, loc[:-1])
    hint = f"add it to {root_file}"
    if loc in {("world",), ("calendar",)}:
        hint += ", or start from a complete scenario: `extends: status-quo.yaml`"
    return Problem("E102", place, f"`{address_of(loc)}` is missing", hint, address_of(loc))


def _wrong(what: str, error: Any, loc: Loc, root: Mapping) -> Problem:  # noqa: ANN401 - pydantic's ErrorDetails
    _, node, _ = locate(root, loc)
    address = address_of(loc)
    start = f"`{address}` = {shown(node)}"
    if what in {"not_a_number", "finite_number"}:
        return _no_number(what, loc, node, root)
    if what == "literal_error":
        shape = _shape_at(loc)
        words = shape.words if isinstance(shape, Word) else ()
        near = nearest(str(getattr(node, "value", "")), words)
        hint = f"did you mean `{near}`?" if near else "take one of these"
        return Problem("E104", node.place, f"{start}: must be one of {', '.join(words)}", hint, address)
    if what.startswith("model"):
        return _no_block(loc, node)
    if what == "string_type":
        return Problem("E103", node.place, f"{start}: must be text", "put it in quotes", address)
    if what == "list_type":
        return Problem("E103", node.place, f"{start}: must be a list", "write each item on a line with `- `", address)
    if what.startswith("float"):
        return Problem("E103", node.place, f"{start}: must be a number", "write a plain number", address)
    if what == "string_pattern_mismatch":
        return _no_plain_text(node, address)
    rule = str(error["msg"]).replace("Input should be", "must be").replace(" after validation", "")
    return Problem("E105", node.place, f"{start}: {rule[:1].lower()}{rule[1:]}", "change it to fit", address)


def _no_plain_text(node: Node, address: str) -> Problem:
    """Text with characters that would move a terminal's cursor, end a line or make a table unreadable."""
    text = str(node.value) if isinstance(node, Scalar) else ""
    odd = next((one for one in text if category(one) in {"Cc", "Zl", "Zp"}), "\N{REPLACEMENT CHARACTER}")
    message = f"`{address}` = {shown(node)}: {name_of(odd)} may not stand in it"
    return Problem("E105", node.place, message, "delete it: only characters that are printed may stand here", address)


def _no_number(what: str, loc: Loc, node: Node, root: Mapping) -> Problem:
    """Something else where a number belongs, or one that is not finite (then `loc` ends with its part)."""
    shape = _shape_at(loc if what == "not_a_number" else loc[:-1])
    assert isinstance(shape, Leaf), "only numbers are refused so"
    address, must = address_of(loc), f"must be {wanted(shape.rule)}"
    if what == "finite_number":
        address, code = address_of(loc[:-1]) if loc[-1] == "value" else address, "E105"
        must = must.replace("a number", "a finite number", 1)
    else:
        must, code = f"{must}, or a mapping with {', '.join(LEAF_KEYS)}", "E103"
    hint = way_out_of(node, shape.rule, address, partial(number_at, root))
    return Problem(code, node.place, f"`{address}` = {shown(node)}: {must}", hint, address)


def _no_block(loc: Loc, node: Node) -> Problem:
    """Something else where a block belongs; a dial with parts takes one number for all of them too."""
    shape, parts = _shape_at(loc), ", ".join(names_at(loc))
    must, hint = "must be a mapping", f"give its parts one by one: {parts}"
    if isinstance(shape, Part) and is_dial_with_parts(shape.block):
        must = "must be one number from 0 to 1 for all parts, or a mapping with a number for each"
        usual = usual_for_all(address_of(loc))
        hint = f"write {0.5 if usual is None else usual:g}, or name the parts: {parts}"
    odd = odd_in(node.value) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    address = address_of(loc)
    message = f"`{address}` = {shown(node)}: {must}" + (f"; {odd.name} stands in it" if odd else "")
    return Problem("E103", node.place, message, odd.way_out if odd else hint, address)


def _shape_at(loc: Loc) -> Shape | None:
    """The shape of the field at `loc`, None if the schema has none there."""
    block: type[Block] = Scenario
    shape: Shape | None = None
    for step in loc:
        if isinstance(step, int):
            continue
        shape = members(block).get(step)
        if isinstance(shape, (Part, Items)):
            block = shape.block
    return shape
